/* SPDX-License-Identifier: GPL-3.0-or-later */
/* descend.h -- gradient descent that looks at its numbers; part of variant.h. */

/* Math: w = w - rate * g. Returns whether all of w [n] are finite: so they are if their sum is, in
 * so many vectors that no addition waits for another. */
static bool descend(size_t n, double rate, const double *restrict g, double *restrict w)
{
	enum { SUMS = 4 };
	wide sums[SUMS] = {{0.0}};
	double sum = 0.0;
	size_t p = 0;
	for (; p + SUMS * LANES <= n; p += SUMS * LANES) {
		FOR_EACH (s, SUMS) {
			wide *at = (wide *)(w + p + s * LANES);
			*at -= rate * *(const wide *)(g + p + s * LANES);
			sums[s] += *at;
		}
	}
	for (; p < n; p++) {
		w[p] -= rate * g[p];
		sum += w[p];
	}
	FOR_EACH (s, SUMS)
		FOR_EACH (lane, LANES)
			sum += sums[s][lane];
	return sum - sum == 0.0 || numbers_many_are_finite(n, w);
}
