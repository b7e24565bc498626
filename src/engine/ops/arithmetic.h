/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arithmetic.h -- what the gates of a computational graph share.
 *
 * Their arguments may be data [units][examples] or parameters [units][1]: a parameter serves every
 * example. An argument of a single unit serves every unit of the other one. Gates are small: their
 * loops call a function for each element, which layers (elementwise.h) do not.
 *
 * To add a gate of one or two arguments: ARITHMETIC writes its functions out of three expressions,
 * ARITHMETIC_ROW the fields of its row. */
#ifndef BACKSTEP_ENGINE_ARITHMETIC_H
#define BACKSTEP_ENGINE_ARITHMETIC_H

#include "backstep/engine/graph.h"

/* What one element of a gate is computed from: its arguments, its value, its attributes. */
struct gate {
	double a, b, y;
	const double *attributes;
};

/* Rows: those of the longest argument. Errors: STATUS_BAD_INPUT. */
enum status arithmetic_infer(struct node *node, struct error *err);
/* The element of an argument that output i is computed from. */
size_t arithmetic_element(const struct node *node, size_t slot, size_t i);
struct range arithmetic_inputs(const struct node *node, size_t i, size_t slot);
void arithmetic_forward(struct node *node, double (*value)(const struct gate *gate));
/* slopes: one for each slot. */
void arithmetic_backward(struct node *node, double (*const slopes[])(const struct gate *gate));
double arithmetic_partial(const struct node *node, size_t i, size_t slot, size_t j,
			  double (*const slopes[])(const struct gate *gate));

/* The expressions are in terms of a, b, y and p, the attributes. */
#define ARITHMETIC(op, value_expr, slope_a_expr, slope_b_expr)                               \
	ARITHMETIC_FUNCTION(op##_value, value_expr)                                          \
	ARITHMETIC_FUNCTION(op##_slope_a, slope_a_expr)                                      \
	ARITHMETIC_FUNCTION(op##_slope_b, slope_b_expr)                                      \
	static double (*const op##_slopes[])(const struct gate *gate) = {op##_slope_a,       \
									 op##_slope_b};      \
	static void op##_forward(struct node *node)                                          \
	{                                                                                    \
		arithmetic_forward(node, op##_value);                                        \
	}                                                                                    \
	static void op##_backward(struct node *node)                                         \
	{                                                                                    \
		arithmetic_backward(node, op##_slopes);                                      \
	}                                                                                    \
	static double op##_partial(const struct node *node, size_t i, size_t slot, size_t j) \
	{                                                                                    \
		return arithmetic_partial(node, i, slot, j, op##_slopes);                    \
	}

#define ARITHMETIC_FUNCTION(name, expr)                       \
	static double name(const struct gate *gate)           \
	{                                                     \
		double a = gate->a, b = gate->b, y = gate->y; \
		const double *p = gate->attributes;           \
		(void)a, (void)b, (void)y, (void)p;           \
		return expr;                                  \
	}

#define ARITHMETIC_ROW(op)                                                           \
	.family = OP_ARITHMETIC, .infer = arithmetic_infer, .forward = op##_forward, \
	.backward = op##_backward, .inputs = arithmetic_inputs, .partial = op##_partial

#endif
