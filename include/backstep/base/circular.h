/* SPDX-License-Identifier: GPL-3.0-or-later */
/* circular.h -- sine and cosine, the same bits on every machine.
 *
 * libm's differ between machines; these are made of + - * / alone. */
#ifndef BACKSTEP_BASE_CIRCULAR_H
#define BACKSTEP_BASE_CIRCULAR_H

#define CIRCULAR_MAX 1024.0 /* the largest angle, in radians, that they take */
#define CIRCULAR_PI 0x1.921fb54442d18p+1

/* Within 2 ulp of the true value for |x| <= CIRCULAR_MAX; NaN for every other x. */
double circular_sin(double x);
double circular_cos(double x);

#endif
