/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unary_list.h -- the functions of one number that have a kernel for arrays, as a list for
 * UNARY(name, value in terms of x, slope in terms of x and y = value).
 *
 * To add one: a row. It must be free of branches (?: between computed values is none) and use
 * nothing but arithmetic and real.h; then it vectorises, and every variant gives the same bits. */
UNARY(exp, real_exp(x), y)
UNARY(log, real_log(x), 1.0 / x)
UNARY(sigmoid, real_sigmoid(x), y *(1.0 - y))
UNARY(tanh, real_tanh(x), 1.0 - y * y)
UNARY(softplus, real_softplus(x), real_sigmoid(x))
UNARY(silu, x *real_sigmoid(x), real_sigmoid(x) + y * (1.0 - real_sigmoid(x)))
UNARY(relu, x<0.0 ? 0.0 : x, x> 0.0 ? 1.0 : 0.0)
