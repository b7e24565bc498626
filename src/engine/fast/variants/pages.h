/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.h -- the elementwise ops that have loops here: each op's page, for its value and slope, and
 * after it the templates; part of variant.h. To add one: its lines, and its row at the end. */
#define FUNCTIONS_ONLY

#include "../../ops/op_identity.c"
#define OP identity
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_step.c"
#define OP step
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_sign.c"
#define OP sign
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_sigmoid.c"
#define OP sigmoid
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_tanh.c"
#define OP tanh
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_relu.c"
#define OP relu
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_leaky_relu.c"
#define OP leaky_relu
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_elu.c"
#define OP elu
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_softplus.c"
#define OP softplus
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_silu.c"
#define OP silu
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_gelu.c"
#define OP gelu
#include "unary.h"
#include "layer.h"
#undef OP

#include "../../ops/op_smoothing.c"
#define OP others
#include "unary.h"
#undef OP
#define OP all
#include "unary.h"
#undef OP

#include "../../ops/op_residual.c"
#define OP residual
#include "pair.h"
#undef OP

#include "../../ops/op_losses.c"
#define OP half_squared_error
#include "pair.h"
#include "loss.h"
#undef OP
#define OP squared_error
#include "pair.h"
#include "loss.h"
#undef OP
#define OP error
#include "pair.h"
#include "loss.h"
#undef OP

#include "../../ops/op_losses_absolute.c"
#define OP absolute_error
#include "pair.h"
#include "loss.h"
#undef OP
#define OP huber
#include "pair.h"
#include "loss.h"
#undef OP

#include "../../ops/op_losses_entropy.c"
#define OP binary_cross_entropy
#include "pair.h"
#include "loss.h"
#undef OP
#define OP binary_cross_entropy_logits
#include "pair.h"
#include "loss.h"
#undef OP
#define OP cross_entropy
#include "pair.h"
#include "loss.h"
#undef OP

#define OP_ROW(op_, name) \
	.op = &op_, .forward = name##_forward, .backward = name##_backward, .shows_grads = true

static const struct fast_op ops[] = {
    {OP_ROW(op_identity, identity), .fused = &identity_fused},
    {OP_ROW(op_step, step), .fused = &step_fused},
    {OP_ROW(op_sign, sign), .fused = &sign_fused},
    {OP_ROW(op_sigmoid, sigmoid), .fused = &sigmoid_fused},
    {OP_ROW(op_tanh, tanh), .fused = &tanh_fused},
    {OP_ROW(op_relu, relu), .fused = &relu_fused},
    {OP_ROW(op_leaky_relu, leaky_relu), .fused = &leaky_relu_fused},
    {OP_ROW(op_elu, elu), .fused = &elu_fused},
    {OP_ROW(op_softplus, softplus), .fused = &softplus_fused},
    {OP_ROW(op_silu, silu), .fused = &silu_fused},
    {OP_ROW(op_gelu, gelu), .fused = &gelu_fused},
    {OP_ROW(op_smoothing_others, others)},
    {OP_ROW(op_smoothing_all, all)},
    {OP_ROW(op_residual, residual)},
    {OP_ROW(op_half_squared_error, half_squared_error), .fused = &half_squared_error_fused,
     .shows_values = true},
    {OP_ROW(op_squared_error, squared_error), .fused = &squared_error_fused, .shows_values = true},
    {OP_ROW(op_error, error), .fused = &error_fused},
    {OP_ROW(op_absolute_error, absolute_error), .fused = &absolute_error_fused},
    {OP_ROW(op_huber, huber), .fused = &huber_fused},
    {OP_ROW(op_binary_cross_entropy, binary_cross_entropy), .fused = &binary_cross_entropy_fused},
    {OP_ROW(op_binary_cross_entropy_logits, binary_cross_entropy_logits),
     .fused = &binary_cross_entropy_logits_fused},
    {OP_ROW(op_cross_entropy, cross_entropy), .fused = &cross_entropy_fused},
    {0},
};
