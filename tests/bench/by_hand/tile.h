/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tile.h -- template: rows x (vectors of LANES numbers) of a product, at c[i][j], whose sums stay
 * in registers; and what becomes of them. */
#define JOIN_(name, lanes) name##_##lanes
#define JOIN(name, lanes) JOIN_(name, lanes)
#define NAME(name) JOIN(name, LANES)
#define VECTOR NAME(vector)

typedef double VECTOR __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

CONSTANT_SIZES VECTOR NAME(root)(VECTOR x)
{
	for (size_t k = 0; k < LANES; k++)
		x[k] = sqrt(x[k]);
	return x;
}

CONSTANT_SIZES void NAME(learn)(const struct product *p, size_t e, VECTOR g)
{
	const struct rule *rule = p->rule;
	VECTOR *w = (VECTOR *)(p->c + e);
	if (!rule->adam) {
		*w -= rule->rate * g;
		return;
	}
	VECTOR *m = (VECTOR *)(p->m + e), *v = (VECTOR *)(p->v + e);
	*m = BETA1 * *m + (1.0 - BETA1) * g;
	*v = BETA2 * *v + (1.0 - BETA2) * (g * g);
	*w -= rule->rate * (*m / rule->bias1) / (NAME(root)(*v / rule->bias2) + EPSILON);
}

CONSTANT_SIZES void NAME(tile)(const struct product *p, size_t i, size_t j, size_t rows,
			       size_t vectors)
{
	const double *a = p->a + i * p->a_row, *b = p->b + j;
	VECTOR sum[TALLEST][WIDEST];
	FOR_EACH (r, rows)
		FOR_EACH (v, vectors) {
			size_t at = j + v * LANES;
			sum[r][v] = p->add    ? *(VECTOR *)(p->c + (i + r) * p->cols + at)
				    : p->bias ? *(const VECTOR *)(p->bias + at)
					      : (VECTOR){0.0};
		}
	for (size_t k = 0; k < p->inner; k++, a += p->a_col, b += p->cols)
		FOR_EACH (r, rows)
			FOR_EACH (v, vectors)
				sum[r][v] += a[r * p->a_row] * *(const VECTOR *)(b + v * LANES);
	FOR_EACH (r, rows)
		FOR_EACH (v, vectors) {
			size_t e = (i + r) * p->cols + j + v * LANES;
			if (p->rule)
				NAME(learn)(p, e, sum[r][v]);
			else
				*(VECTOR *)(p->c + e) = sum[r][v];
		}
}

CONSTANT_SIZES void NAME(tiles)(const struct product *p, size_t vectors, size_t tall)
{
	for (size_t j = 0; j < p->cols; j += vectors * LANES) {
		size_t i = 0;
		for (; i + tall <= p->rows; i += tall)
			NAME(tile)(p, i, j, tall, vectors);
		if (i < p->rows)
			NAME(tile)(p, i, j, p->rows % tall, vectors);
	}
}

#undef JOIN_
#undef JOIN
#undef NAME
#undef VECTOR
#undef LANES
