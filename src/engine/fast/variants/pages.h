/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.h -- the ops that have loops here, as rows, and before them the elementwise ones: each op's
 * page, for its value and slope, and after it the template; part of variant.h. To add one of those:
 * its lines, and its row. */
#define FUNCTIONS_ONLY

#include "../../ops/op_identity.c"
#define OP identity
#include "unary.h"
#include "../../ops/op_step.c"
#define OP step
#include "unary.h"
#include "../../ops/op_sign.c"
#define OP sign
#include "unary.h"
#include "../../ops/op_sigmoid.c"
#define OP sigmoid
#include "unary.h"
#include "../../ops/op_tanh.c"
#define OP tanh
#include "unary.h"
#include "../../ops/op_relu.c"
#define OP relu
#include "unary.h"
#include "../../ops/op_leaky_relu.c"
#define OP leaky_relu
#include "unary.h"
#include "../../ops/op_elu.c"
#define OP elu
#include "unary.h"
#include "../../ops/op_softplus.c"
#define OP softplus
#include "unary.h"
#include "../../ops/op_silu.c"
#define OP silu
#include "unary.h"
#include "../../ops/op_gelu.c"
#define OP gelu
#include "unary.h"

#include "../../ops/op_smoothing.c"
#define OP others
#include "unary.h"
#define OP all
#include "unary.h"

#include "../../ops/op_residual.c"
#define OP residual
#include "pair.h"
#undef OP

#include "../../ops/op_losses.c"
#define OP half_squared_error
#include "loss.h"
#define OP squared_error
#include "loss.h"
#define OP error
#include "loss.h"

#include "../../ops/op_losses_absolute.c"
#define OP absolute_error
#include "loss.h"
#define OP huber
#include "loss.h"

#include "../../ops/op_losses_entropy.c"
#define OP binary_cross_entropy
#include "loss.h"
#define OP binary_cross_entropy_logits
#include "loss.h"
#define OP cross_entropy
#include "loss.h"

#define PASSES(name) .forward = name##_forward, .backward = name##_backward
#define BY_ELEMENT(op_, name) .op = &op_, PASSES(name), .fused = &name##_fused, .shows_grads = true
#define LOSS(op_, name) .op = &op_, PASSES(name), .terms = name##_terms, .shows_grads = true
#define ADDS(op_, name) .op = &op_, PASSES(name), .shows_values = true, .shows_grads = true

static const struct fast_op ops[] = {
    {ADDS(op_product, product)},
    {ADDS(op_bias, bias)},
    {ADDS(op_affine, affine)},
    {ADDS(op_sum, sum)},
    {ADDS(op_mean, mean)},
    {.op = &op_softmax, PASSES(softmax)},
    {.op = &op_softmax_cross_entropy, PASSES(entropy)},
    {BY_ELEMENT(op_identity, identity)},
    {BY_ELEMENT(op_step, step)},
    {BY_ELEMENT(op_sign, sign)},
    {BY_ELEMENT(op_sigmoid, sigmoid)},
    {BY_ELEMENT(op_tanh, tanh)},
    {BY_ELEMENT(op_relu, relu)},
    {BY_ELEMENT(op_leaky_relu, leaky_relu)},
    {BY_ELEMENT(op_elu, elu)},
    {BY_ELEMENT(op_softplus, softplus)},
    {BY_ELEMENT(op_silu, silu)},
    {BY_ELEMENT(op_gelu, gelu)},
    {BY_ELEMENT(op_smoothing_others, others)},
    {BY_ELEMENT(op_smoothing_all, all)},
    {.op = &op_residual, PASSES(residual), .shows_grads = true},
    {LOSS(op_half_squared_error, half_squared_error), .shows_values = true},
    {LOSS(op_squared_error, squared_error), .shows_values = true},
    {LOSS(op_error, error)},
    {LOSS(op_absolute_error, absolute_error)},
    {LOSS(op_huber, huber)},
    {LOSS(op_binary_cross_entropy, binary_cross_entropy)},
    {LOSS(op_binary_cross_entropy_logits, binary_cross_entropy_logits)},
    {LOSS(op_cross_entropy, cross_entropy)},
    {0},
};
