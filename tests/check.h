/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check.h -- what every test includes: cmocka with its prerequisites, and comparison of doubles
 * (cmocka 1.1.5 compares floats only: 0.3 and 0.3 + 1e-9 would pass at 1e-12). */
#ifndef BACKSTEP_TESTS_CHECK_H
#define BACKSTEP_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* |got - wanted| <= tolerance * max(1, |got|, |wanted|); NaN never passes. */
static inline void check_near(double got, double wanted, double tolerance, const char *what,
			      const char *file, int line)
{
	double scale = fmax(1.0, fmax(fabs(got), fabs(wanted)));
	if (fabs(got - wanted) <= tolerance * scale)
		return;
	print_error("%s: got %.17g, wanted %.17g (tolerance %g)\n", what, got, wanted, tolerance);
	_fail(file, line);
}

/* |got - wanted| <= tolerance * |wanted|: for values far from 1. */
static inline void check_relative(double got, double wanted, double tolerance, const char *what,
				  const char *file, int line)
{
	if (fabs(got - wanted) <= tolerance * fabs(wanted))
		return;
	print_error("%s: got %.17g, wanted %.17g (relative tolerance %g)\n", what, got, wanted,
		    tolerance);
	_fail(file, line);
}

#define assert_near(got, wanted, tolerance) \
	check_near((got), (wanted), (tolerance), #got, __FILE__, __LINE__)
#define assert_relative(got, wanted, tolerance) \
	check_relative((got), (wanted), (tolerance), #got, __FILE__, __LINE__)
/* Bit for bit (so 0 and -0 differ). */
#define assert_same_bits(got, wanted)                              \
	do {                                                       \
		double got_ = (got), wanted_ = (wanted);           \
		assert_memory_equal(&got_, &wanted_, sizeof got_); \
	} while (0)

#endif
