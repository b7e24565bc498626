/* SPDX-License-Identifier: GPL-3.0-or-later */
/* by_hand_layers.c -- W4 to W7, whose layers are wide enough for vectors of units: numbers lie
 * [row][unit], weights [input][unit], and where there is a way back through them once more
 * [unit][input]. All is one product of matrices, compiled for each size; where it can, a gradient
 * never leaves the registers in which it is summed, and is learnt from there. */
#include "by_hand.h"

#define CONSTANT_SIZES static inline __attribute__((always_inline))
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif
#define FOR_EACH(i, n) UNROLL for (size_t i = 0; i < (n); i++)
#define BETA1 0.9
#define BETA2 0.999
#define EPSILON 1e-8

enum { TALLEST = 8, WIDEST = 4 };

/* How weights learn from their gradient: by gradient descent, or as Adam does. */
struct rule {
	bool adam;
	double rate, bias1, bias2;
};

/* c = a b, or what c learns from that. Shapes: a [rows][inner], of any strides; b [inner][cols];
 * c [rows][cols]. */
struct product {
	size_t rows, cols, inner, a_row, a_col;
	const double *a, *b;
	double *c;
	const double *bias;      /* [cols] what the sums start from, or NULL */
	bool add;                /* they start from c */
	const struct rule *rule; /* NULL: c is set */
	double *m, *v;           /* as c, of Adam */
};

#define LANES 8
#include "tile.h"
#define LANES 4
#include "tile.h"
#define LANES 2
#include "tile.h"
#define LANES 1
#include "tile.h"

CONSTANT_SIZES void multiply(const struct product *p)
{
	if (p->cols % (8 * WIDEST) == 0)
		tiles_8(p, WIDEST, 4);
	else if (p->cols % 16 == 0)
		tiles_8(p, 2, 8);
	else if (p->cols % 8 == 0)
		tiles_8(p, 1, 8);
	else if (p->cols % 4 == 0)
		tiles_4(p, p->cols / 4, p->cols > 8 ? 4 : 8);
	else if (p->cols % 2 == 0)
		tiles_2(p, 1, 8);
	else
		tiles_1(p, 1, 8);
}

/* Some of the rows of a batch, as a layer's input or output. Shapes: [n][width]. */
CONSTANT_SIZES void forward(size_t n, size_t inputs, size_t units, const double *x,
			    const double *weights, const double *biases, double *z)
{
	multiply(&(struct product){.rows = n,
				   .cols = units,
				   .inner = inputs,
				   .a = x,
				   .a_row = inputs,
				   .a_col = 1,
				   .b = weights,
				   .bias = biases,
				   .c = z});
}

/* What a layer hands to its inputs. Shapes: back [units][inputs]. */
CONSTANT_SIZES void backward(size_t n, size_t inputs, size_t units, const double *dz,
			     const double *back, double *dx)
{
	forward(n, units, inputs, dz, back, NULL, dx);
}

/* The sum of dz over the rows. */
CONSTANT_SIZES void sum_rows(size_t n, size_t units, const double *dz, double *sum)
{
	static const double one = 1.0;
	multiply(&(struct product){
	    .rows = 1, .cols = units, .inner = n, .a = &one, .b = dz, .c = sum, .add = true});
}

CONSTANT_SIZES void learn(size_t n, const struct rule *rule, const double *g, double *w, double *m,
			  double *v)
{
	for (size_t k = 0; k < n; k++) {
		if (!rule->adam) {
			w[k] -= rule->rate * g[k];
			continue;
		}
		m[k] = BETA1 * m[k] + (1.0 - BETA1) * g[k];
		v[k] = BETA2 * v[k] + (1.0 - BETA2) * (g[k] * g[k]);
		w[k] -= rule->rate * (m[k] / rule->bias1) / (sqrt(v[k] / rule->bias2) + EPSILON);
	}
}

CONSTANT_SIZES void transpose(size_t rows, size_t cols, const double *from, double *to)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < cols; j++)
			to[j * rows + i] = from[i * cols + j];
}

CONSTANT_SIZES void tanh_of(size_t n, double *z)
{
	for (size_t k = 0; k < n; k++)
		z[k] = real_tanh(z[k]);
}

CONSTANT_SIZES void through_tanh(size_t n, const double *y, double *dy)
{
	for (size_t k = 0; k < n; k++)
		dy[k] *= 1.0 - y[k] * y[k];
}

/* Half the squares of the errors of n numbers; d is share of the errors. */
CONSTANT_SIZES double half_squares(size_t n, const double *y, const double *t, double share,
				   double *d)
{
	double sums[8] = {0.0}, sum = 0.0;
	for (size_t k = 0; k < n; k++) {
		double error = y[k] - t[k];
		d[k] = share * error;
		sums[k % 8] += error * error;
	}
	for (size_t k = 0; k < 8; k++)
		sum += sums[k];
	return 0.5 * sum;
}

/* The weights that a layer learns by. Shapes: x [n][inputs], dz [n][units]. */
CONSTANT_SIZES void weights_learn(size_t n, size_t inputs, size_t units, const double *x,
				  const double *dz, const struct rule *rule, double *w, double *m,
				  double *v)
{
	multiply(&(struct product){.rows = inputs,
				   .cols = units,
				   .inner = n,
				   .a = x,
				   .a_row = 1,
				   .a_col = inputs,
				   .b = dz,
				   .c = w,
				   .rule = rule,
				   .m = m,
				   .v = v});
}

CONSTANT_SIZES void biases_learn(size_t n, size_t units, const double *dz, const struct rule *rule,
				 double *b, double *m, double *v)
{
	double sum[128] = {0.0};
	sum_rows(n, units, dz, sum);
	learn(units, rule, sum, b, m, v);
}

static struct rule adam_rule(double rate, size_t t)
{
	return (struct rule){.adam = true,
			     .rate = rate,
			     .bias1 = 1.0 - real_whole_power(BETA1, t),
			     .bias2 = 1.0 - real_whole_power(BETA2, t)};
}

/* W4: 784-128-10, whose ten outputs lie in rows of twelve: the last two have weights of 0 and are
 * left out where the exponentials are added. */
enum { PIXELS = 784, HIDDEN = 128, CLASSES = 10, OUTPUTS = 12, DIGITS = 5984, BATCH = 32 };
/* Inputs whose weights to a panel of units stay in the first-level cache. */
enum { PART = 56 };

static struct {
	double w[3][PIXELS * HIDDEN], b[3][HIDDEN]; /* themselves, then Adam's m and v */
	double v[3][HIDDEN * OUTPUTS], c[3][OUTPUTS], back[OUTPUTS * HIDDEN];
	double t[DIGITS][OUTPUTS];
	const double *x;
	size_t n_updates;
} w4;

static void w4_start(const struct workload *workload)
{
	const double *p = workload->theta, *second = p + HIDDEN * (PIXELS + 1);
	memset(&w4, 0, sizeof w4);
	w4.x = workload->x;
	transpose(HIDDEN, PIXELS, p, w4.w[0]);
	memcpy(w4.b[0], p + HIDDEN * PIXELS, sizeof w4.b[0]);
	memcpy(w4.back, second, CLASSES * HIDDEN * sizeof(double));
	transpose(OUTPUTS, HIDDEN, w4.back, w4.v[0]);
	memcpy(w4.c[0], second + CLASSES * HIDDEN, CLASSES * sizeof(double));
	for (size_t r = 0; r < DIGITS; r++)
		memcpy(w4.t[r], workload->t + r * CLASSES, CLASSES * sizeof(double));
}

/* The sums of the hidden units: a panel of them and a part of the inputs at a time. */
static void w4_hidden(const double *x, double *z)
{
	for (size_t n = 0; n < BATCH; n++)
		memcpy(z + n * HIDDEN, w4.b[0], HIDDEN * sizeof *z);
	for (size_t k = 0; k < PIXELS; k += PART)
		multiply(&(struct product){.rows = BATCH,
					   .cols = HIDDEN,
					   .inner = PART,
					   .a = x + k,
					   .a_row = PIXELS,
					   .a_col = 1,
					   .b = w4.w[0] + k * HIDDEN,
					   .c = z,
					   .add = true});
}

/* The cross-entropy of a row; d becomes its gradient, which is share of that of the batch. */
static double w4_loss(const double *z, const double *t, double *d)
{
	double max = z[0], sum = 0.0, loss = 0.0, y[OUTPUTS];
	for (size_t k = 1; k < CLASSES; k++)
		max = z[k] > max ? z[k] : max;
	for (size_t k = 0; k < OUTPUTS; k++)
		y[k] = real_exp(z[k] - max);
	for (size_t k = 0; k < CLASSES; k++)
		sum += y[k];
	double log_sum = max + real_log(sum);
	for (size_t k = 0; k < CLASSES; k++) {
		loss += t[k] * (log_sum - z[k]);
		d[k] = (y[k] / sum - t[k]) / BATCH;
	}
	for (size_t k = CLASSES; k < OUTPUTS; k++)
		d[k] = 0.0;
	return loss;
}

static double w4_update(const double *x, const double (*t)[OUTPUTS], const struct rule *rule)
{
	static _Alignas(64) double h[BATCH * HIDDEN], dh[BATCH * HIDDEN], z[BATCH * OUTPUTS],
	    dz[BATCH * OUTPUTS];
	double loss = 0.0;
	w4_hidden(x, h);
	for (size_t k = 0; k < BATCH * HIDDEN; k++)
		h[k] = h[k] > 0.0 ? h[k] : 0.0;
	forward(BATCH, HIDDEN, OUTPUTS, h, w4.v[0], w4.c[0], z);
	for (size_t n = 0; n < BATCH; n++)
		loss += w4_loss(z + n * OUTPUTS, t[n], dz + n * OUTPUTS);
	backward(BATCH, HIDDEN, OUTPUTS, dz, w4.back, dh);
	for (size_t k = 0; k < BATCH * HIDDEN; k++)
		dh[k] = h[k] > 0.0 ? dh[k] : 0.0;
	weights_learn(BATCH, HIDDEN, OUTPUTS, h, dz, rule, w4.v[0], w4.v[1], w4.v[2]);
	biases_learn(BATCH, OUTPUTS, dz, rule, w4.c[0], w4.c[1], w4.c[2]);
	transpose(HIDDEN, OUTPUTS, w4.v[0], w4.back);
	weights_learn(BATCH, PIXELS, HIDDEN, x, dh, rule, w4.w[0], w4.w[1], w4.w[2]);
	biases_learn(BATCH, HIDDEN, dh, rule, w4.b[0], w4.b[1], w4.b[2]);
	return loss / BATCH;
}

static double w4_train(size_t n)
{
	double loss = 0.0;
	for (size_t k = 0; k < n; k++) {
		size_t row = w4.n_updates++ * BATCH % DIGITS;
		struct rule rule = adam_rule(1e-3, w4.n_updates);
		loss += w4_update(w4.x + row * PIXELS, w4.t + row, &rule);
	}
	return loss / (double)n;
}

const struct by_hand by_hand_w4 = {"W4", w4_start, w4_train};

/* W5: 2-[16]x20-1. */
enum { DEPTH = 20, WIDTH = 16, POINTS = 1024, GROUP = 32 };

static struct {
	double first[2 * WIDTH], w[DEPTH][WIDTH * WIDTH], b[DEPTH][WIDTH], last[WIDTH], c[1];
	double back[DEPTH][WIDTH * WIDTH]; /* w and back [0] are not used */
	const double *x, *t;
	size_t n_updates;
} w5;

static void w5_start(const struct workload *workload)
{
	const double *p = workload->theta;
	memset(&w5, 0, sizeof w5);
	w5.x = workload->x;
	w5.t = workload->t;
	transpose(WIDTH, 2, p, w5.first);
	p += 3 * WIDTH;
	for (size_t k = 1; k < DEPTH; k++, p += WIDTH * (WIDTH + 1)) {
		memcpy(w5.back[k], p, sizeof w5.back[k]);
		transpose(WIDTH, WIDTH, p, w5.w[k]);
	}
	memcpy(w5.last, p, sizeof w5.last);
}

static double w5_update(const double *x, const double *t)
{
	static const struct rule rule = {.rate = 0.01};
	static _Alignas(64) double y[DEPTH][GROUP * WIDTH], d[2][GROUP * WIDTH], z[GROUP],
	    dz[GROUP];
	forward(GROUP, 2, WIDTH, x, w5.first, w5.b[0], y[0]);
	tanh_of(GROUP * WIDTH, y[0]);
	for (size_t k = 1; k < DEPTH; k++) {
		forward(GROUP, WIDTH, WIDTH, y[k - 1], w5.w[k], w5.b[k], y[k]);
		tanh_of(GROUP * WIDTH, y[k]);
	}
	forward(GROUP, WIDTH, 1, y[DEPTH - 1], w5.last, w5.c, z);
	tanh_of(GROUP, z);
	double loss = half_squares(GROUP, z, t, 1.0 / GROUP, dz);
	through_tanh(GROUP, z, dz);
	backward(GROUP, WIDTH, 1, dz, w5.last, d[DEPTH % 2]);
	weights_learn(GROUP, WIDTH, 1, y[DEPTH - 1], dz, &rule, w5.last, NULL, NULL);
	biases_learn(GROUP, 1, dz, &rule, w5.c, NULL, NULL);
	for (size_t k = DEPTH; k-- > 1;) {
		double *now = d[(k + 1) % 2], *next = d[k % 2];
		through_tanh(GROUP * WIDTH, y[k], now);
		backward(GROUP, WIDTH, WIDTH, now, w5.back[k], next);
		weights_learn(GROUP, WIDTH, WIDTH, y[k - 1], now, &rule, w5.w[k], NULL, NULL);
		biases_learn(GROUP, WIDTH, now, &rule, w5.b[k], NULL, NULL);
		transpose(WIDTH, WIDTH, w5.w[k], w5.back[k]);
	}
	through_tanh(GROUP * WIDTH, y[0], d[1]);
	weights_learn(GROUP, 2, WIDTH, x, d[1], &rule, w5.first, NULL, NULL);
	biases_learn(GROUP, WIDTH, d[1], &rule, w5.b[0], NULL, NULL);
	return loss / GROUP;
}

static double w5_train(size_t n)
{
	double loss = 0.0;
	for (size_t k = 0; k < n; k++) {
		size_t row = w5.n_updates++ * GROUP % POINTS;
		loss += w5_update(w5.x + 2 * row, w5.t + row);
	}
	return loss / (double)n;
}

const struct by_hand by_hand_w5 = {"W5", w5_start, w5_train};

/* W6: 24-8-2, all 200 rows. */
enum { W6_ROWS = 200, W6_INPUTS = 24, W6_UNITS = 8, W6_OUTPUTS = 2 };

static struct {
	double w[W6_INPUTS * W6_UNITS], b[W6_UNITS];
	double v[W6_UNITS * W6_OUTPUTS], c[W6_OUTPUTS], back[W6_OUTPUTS * W6_UNITS];
	const double *x, *t;
} w6;

static void w6_start(const struct workload *workload)
{
	const double *p = workload->theta;
	memset(&w6, 0, sizeof w6);
	w6.x = workload->x;
	w6.t = workload->t;
	transpose(W6_UNITS, W6_INPUTS, p, w6.w);
	memcpy(w6.back, p + W6_UNITS * (W6_INPUTS + 1), sizeof w6.back);
	transpose(W6_OUTPUTS, W6_UNITS, w6.back, w6.v);
}

static double w6_update(void)
{
	static const struct rule rule = {.rate = 0.1};
	static _Alignas(64) double h[W6_ROWS * W6_UNITS], dh[W6_ROWS * W6_UNITS],
	    y[W6_ROWS * W6_OUTPUTS], d[W6_ROWS * W6_OUTPUTS];
	forward(W6_ROWS, W6_INPUTS, W6_UNITS, w6.x, w6.w, w6.b, h);
	tanh_of(W6_ROWS * W6_UNITS, h);
	forward(W6_ROWS, W6_UNITS, W6_OUTPUTS, h, w6.v, w6.c, y);
	double loss = half_squares(W6_ROWS * W6_OUTPUTS, y, w6.t, 1.0 / W6_ROWS, d);
	backward(W6_ROWS, W6_UNITS, W6_OUTPUTS, d, w6.back, dh);
	through_tanh(W6_ROWS * W6_UNITS, h, dh);
	weights_learn(W6_ROWS, W6_UNITS, W6_OUTPUTS, h, d, &rule, w6.v, NULL, NULL);
	biases_learn(W6_ROWS, W6_OUTPUTS, d, &rule, w6.c, NULL, NULL);
	transpose(W6_UNITS, W6_OUTPUTS, w6.v, w6.back);
	weights_learn(W6_ROWS, W6_INPUTS, W6_UNITS, w6.x, dh, &rule, w6.w, NULL, NULL);
	biases_learn(W6_ROWS, W6_UNITS, dh, &rule, w6.b, NULL, NULL);
	return loss / W6_ROWS;
}

static double w6_train(size_t n)
{
	double loss = 0.0;
	for (size_t k = 0; k < n; k++)
		loss += w6_update();
	return loss / (double)n;
}

const struct by_hand by_hand_w6 = {"W6", w6_start, w6_train};

/* W7: 4-32-16-4, all 10,000 rows, SOME of them at a time so that their numbers stay in the cache.
 */
enum { W7_ROWS = 10000, SOME = 80, IN = 4, FIRST = 32, SECOND = 16, OUT = 4 };

/* Of all layers, in one piece so that Adam is one loop over all of it. */
struct w7_params {
	double w[IN * FIRST], b[FIRST], v[FIRST * SECOND], c[SECOND], u[SECOND * OUT], d[OUT];
};

static struct {
	struct w7_params params, m, v, grad;
	double v_back[SECOND * FIRST], u_back[OUT * SECOND];
	const double *x, *t;
	size_t n_updates;
} w7;

static void w7_start(const struct workload *workload)
{
	const double *p = workload->theta;
	memset(&w7, 0, sizeof w7);
	w7.x = workload->x;
	w7.t = workload->t;
	transpose(FIRST, IN, p, w7.params.w);
	p += FIRST * (IN + 1);
	transpose(SECOND, FIRST, p, w7.params.v);
	p += SECOND * (FIRST + 1);
	transpose(OUT, SECOND, p, w7.params.u);
}

CONSTANT_SIZES void weights_add(size_t n, size_t inputs, size_t units, const double *x,
				const double *dz, double *dw, double *db)
{
	multiply(&(struct product){.rows = inputs,
				   .cols = units,
				   .inner = n,
				   .a = x,
				   .a_row = 1,
				   .a_col = inputs,
				   .b = dz,
				   .c = dw,
				   .add = true});
	sum_rows(n, units, dz, db);
}

static double w7_rows(const double *x, const double *t)
{
	static _Alignas(64) double h[SOME * FIRST], g[SOME * SECOND], y[SOME * OUT],
	    dh[SOME * FIRST], dg[SOME * SECOND], dy[SOME * OUT];
	const struct w7_params *p = &w7.params;
	struct w7_params *grad = &w7.grad;
	forward(SOME, IN, FIRST, x, p->w, p->b, h);
	tanh_of(SOME * FIRST, h);
	forward(SOME, FIRST, SECOND, h, p->v, p->c, g);
	tanh_of(SOME * SECOND, g);
	forward(SOME, SECOND, OUT, g, p->u, p->d, y);
	double loss = half_squares(SOME * OUT, y, t, 1.0 / W7_ROWS, dy);
	backward(SOME, SECOND, OUT, dy, w7.u_back, dg);
	weights_add(SOME, SECOND, OUT, g, dy, grad->u, grad->d);
	through_tanh(SOME * SECOND, g, dg);
	backward(SOME, FIRST, SECOND, dg, w7.v_back, dh);
	weights_add(SOME, FIRST, SECOND, h, dg, grad->v, grad->c);
	through_tanh(SOME * FIRST, h, dh);
	weights_add(SOME, IN, FIRST, x, dh, grad->w, grad->b);
	return loss;
}

static double w7_train(size_t n)
{
	double loss = 0.0;
	for (size_t k = 0; k < n; k++) {
		struct rule rule = adam_rule(1e-3, ++w7.n_updates);
		memset(&w7.grad, 0, sizeof w7.grad);
		transpose(FIRST, SECOND, w7.params.v, w7.v_back);
		transpose(SECOND, OUT, w7.params.u, w7.u_back);
		for (size_t row = 0; row < W7_ROWS; row += SOME)
			loss += w7_rows(w7.x + row * IN, w7.t + row * OUT);
		learn(sizeof w7.grad / sizeof(double), &rule, w7.grad.w, w7.params.w, w7.m.w,
		      w7.v.w);
	}
	return loss / W7_ROWS / (double)n;
}

const struct by_hand by_hand_w7 = {"W7", w7_start, w7_train};
