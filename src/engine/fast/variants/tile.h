/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tile.h -- template: the tile of rows x (vectors of type OP, of OP_LANES numbers) of a product, at
 * c[i][j]. rows and vectors are constants at every call, so that the loops over them vanish and
 * sum[][] is registers. */
#include "names.h"

INLINE void NAME(tile)(const struct product *p, size_t i, size_t j, size_t rows, size_t vectors)
{
	const double *a = p->a + i * p->a_row, *b = p->b + j;
	const size_t a_row = p->a_row, a_col = p->a_col, b_row = p->b_row;
	double *c = p->c + i * p->c_row + j;
	OP sum[TALL][4];
	FOR_EACH (r, rows)
		FOR_EACH (v, vectors)
			sum[r][v] = -(OP){0};
	if (p->add)
		FOR_EACH (r, rows)
			FOR_EACH (v, vectors)
				sum[r][v] = *(const OP *)(c + r * p->c_row + v * OP_LANES);
	for (size_t k = 0; k < p->inner; k++, a += a_col, b += b_row) {
		OP x[4];
		FOR_EACH (v, vectors)
			x[v] = *(const OP *)(b + v * OP_LANES);
		FOR_EACH (r, rows)
			FOR_EACH (v, vectors)
				sum[r][v] += a[r * a_row] * x[v];
	}
	if (p->bias)
		FOR_EACH (r, rows)
			FOR_EACH (v, vectors)
				sum[r][v] += p->bias[(i + r) * p->bias_row];
	FOR_EACH (r, rows)
		FOR_EACH (v, vectors)
			*(OP *)(c + r * p->c_row + v * OP_LANES) = sum[r][v];
}

#undef OP
#undef OP_LANES
