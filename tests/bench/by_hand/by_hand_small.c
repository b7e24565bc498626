/* SPDX-License-Identifier: GPL-3.0-or-later */
/* by_hand_small.c -- W1 to W3, networks so small that an update never leaves the registers. */
#include "by_hand.h"

typedef double pair __attribute__((vector_size(16)));
typedef double four __attribute__((vector_size(32)));

static inline pair sigmoid_pair(pair x)
{
	return (pair){real_sigmoid(x[0]), real_sigmoid(x[1])};
}

/* W1: 2-2-2, one row. A vector is what goes into, or comes out of, both units of a layer. */
static struct {
	pair x, t;                               /* of both inputs, of both outputs */
	pair w_0, w_1, w_bias, v_0, v_1, v_bias; /* w_0: of both units from input 0 */
} w1;

static void w1_start(const struct workload *workload)
{
	const double *x = workload->x, *t = workload->t, *p = workload->theta;
	w1.x = (pair){x[0], x[1]};
	w1.t = (pair){t[0], t[1]};
	w1.w_0 = (pair){p[0], p[2]};
	w1.w_1 = (pair){p[1], p[3]};
	w1.w_bias = (pair){p[4], p[5]};
	w1.v_0 = (pair){p[6], p[8]};
	w1.v_1 = (pair){p[7], p[9]};
	w1.v_bias = (pair){p[10], p[11]};
}

static double w1_train(size_t n)
{
	const double rate = workload_find("W1")->rate;
	const pair x = w1.x, t = w1.t;
	pair w_0 = w1.w_0, w_1 = w1.w_1, w_bias = w1.w_bias;
	pair v_0 = w1.v_0, v_1 = w1.v_1, v_bias = w1.v_bias;
	double sum = 0.0;
	for (size_t k = 0; k < n; k++) {
		pair h = sigmoid_pair(w_0 * x[0] + w_1 * x[1] + w_bias);
		pair y = sigmoid_pair(v_0 * h[0] + v_1 * h[1] + v_bias), error = y - t;
		sum += 0.5 * (error[0] * error[0] + error[1] * error[1]);
		pair dz = error * (y * (1.0 - y)), to_0 = v_0 * dz, to_1 = v_1 * dz;
		pair dh = (pair){to_0[0] + to_0[1], to_1[0] + to_1[1]} * (h * (1.0 - h));
		pair step = rate * dz, hidden_step = rate * dh;
		v_0 -= step * h[0];
		v_1 -= step * h[1];
		v_bias -= step;
		w_0 -= hidden_step * x[0];
		w_1 -= hidden_step * x[1];
		w_bias -= hidden_step;
	}
	w1.w_0 = w_0, w1.w_1 = w_1, w1.w_bias = w_bias;
	w1.v_0 = v_0, w1.v_1 = v_1, w1.v_bias = v_bias;
	return sum / (double)n;
}

const struct by_hand by_hand_w1 = {"W1", w1_start, w1_train};

/* W2: 2-2-1, the four rows of XOR. A vector is one number of all four. */
static struct {
	four x[2], t;
	double w[2][2], w_bias[2], v[2], v_bias;
} w2;

static void w2_start(const struct workload *workload)
{
	const double *x = workload->x, *t = workload->t, *p = workload->theta;
	for (size_t j = 0; j < 2; j++)
		w2.x[j] = (four){x[j], x[2 + j], x[4 + j], x[6 + j]};
	w2.t = (four){t[0], t[1], t[2], t[3]};
	memcpy(w2.w, p, sizeof w2.w);
	memcpy(w2.w_bias, p + 4, sizeof w2.w_bias);
	memcpy(w2.v, p + 6, sizeof w2.v);
	w2.v_bias = p[8];
}

/* x where from is above 0, else 0. */
static inline four where_positive(four from, four x)
{
	for (size_t k = 0; k < 4; k++)
		x[k] = from[k] > 0.0 ? x[k] : 0.0;
	return x;
}

static inline double sum_four(four x)
{
	pair halves = {x[0] + x[2], x[1] + x[3]};
	return halves[0] + halves[1];
}

static double w2_train(size_t n)
{
	const double step = workload_find("W2")->rate * 2.0 / 4.0;
	const four x0 = w2.x[0], x1 = w2.x[1], t = w2.t;
	double w00 = w2.w[0][0], w01 = w2.w[0][1], w10 = w2.w[1][0], w11 = w2.w[1][1];
	double b0 = w2.w_bias[0], b1 = w2.w_bias[1], v0 = w2.v[0], v1 = w2.v[1], c = w2.v_bias;
	four sum = {0.0};
	for (size_t k = 0; k < n; k++) {
		four z0 = w00 * x0 + w01 * x1 + b0, z1 = w10 * x0 + w11 * x1 + b1;
		four h0 = where_positive(z0, z0), h1 = where_positive(z1, z1);
		four error = v0 * h0 + v1 * h1 + c - t;
		sum += error * error;
		four d = step * error, dv0 = d * h0, dv1 = d * h1;
		four d0 = where_positive(z0, v0 * d), d1 = where_positive(z1, v1 * d);
		w00 -= sum_four(d0 * x0);
		w01 -= sum_four(d0 * x1);
		w10 -= sum_four(d1 * x0);
		w11 -= sum_four(d1 * x1);
		b0 -= sum_four(d0);
		b1 -= sum_four(d1);
		v0 -= sum_four(dv0);
		v1 -= sum_four(dv1);
		c -= sum_four(d);
	}
	w2.w[0][0] = w00, w2.w[0][1] = w01, w2.w[1][0] = w10, w2.w[1][1] = w11;
	w2.w_bias[0] = b0, w2.w_bias[1] = b1, w2.v[0] = v0, w2.v[1] = v1, w2.v_bias = c;
	return sum_four(sum) / 4.0 / (double)n;
}

const struct by_hand by_hand_w2 = {"W2", w2_start, w2_train};

/* W3: 4-5-1, all 1372 rows, LANES of them at a time; the gradients stay in registers. */
enum { LANES = 8, ROWS = 1372, GROUPS = (ROWS + LANES - 1) / LANES, INPUTS = 4, UNITS = 5 };
typedef double lanes __attribute__((vector_size(8 * LANES)));

static struct {
	lanes x[GROUPS][INPUTS], t[GROUPS], used[GROUPS]; /* used: 1, or 0 after the last row */
	double w[UNITS][INPUTS], w_bias[UNITS], v[UNITS], v_bias;
} w3;

static void w3_start(const struct workload *workload)
{
	const double *p = workload->theta;
	memset(&w3, 0, sizeof w3);
	for (size_t r = 0; r < ROWS; r++) {
		for (size_t j = 0; j < INPUTS; j++)
			w3.x[r / LANES][j][r % LANES] = workload->x[INPUTS * r + j];
		w3.t[r / LANES][r % LANES] = workload->t[r];
		w3.used[r / LANES][r % LANES] = 1.0;
	}
	memcpy(w3.w, p, sizeof w3.w);
	memcpy(w3.w_bias, p + 20, sizeof w3.w_bias);
	memcpy(w3.v, p + 25, sizeof w3.v);
	w3.v_bias = p[30];
}

static inline lanes sigmoid_lanes(lanes x)
{
	lanes y;
	for (size_t k = 0; k < LANES; k++)
		y[k] = real_sigmoid(x[k]);
	return y;
}

static inline double sum_lanes(lanes x)
{
	double sum = 0.0;
	for (size_t k = 0; k < LANES; k++)
		sum += x[k];
	return sum;
}

/* Sums over the rows. */
struct w3_sums {
	lanes w[UNITS][INPUTS], w_bias[UNITS], v[UNITS], v_bias, loss;
};

static inline void w3_rows(size_t g, struct w3_sums *sums)
{
	lanes h[UNITS], z = (lanes){0.0} + w3.v_bias;
	for (size_t o = 0; o < UNITS; o++) {
		lanes sum = (lanes){0.0} + w3.w_bias[o];
		for (size_t j = 0; j < INPUTS; j++)
			sum += w3.w[o][j] * w3.x[g][j];
		h[o] = sigmoid_lanes(sum);
		z += w3.v[o] * h[o];
	}
	lanes y = sigmoid_lanes(z), error = (y - w3.t[g]) * w3.used[g];
	lanes dz = error * (y * (1.0 - y));
	sums->loss += error * error;
	sums->v_bias += dz;
	for (size_t o = 0; o < UNITS; o++) {
		lanes dh = w3.v[o] * dz * (h[o] * (1.0 - h[o]));
		sums->v[o] += dz * h[o];
		sums->w_bias[o] += dh;
		for (size_t j = 0; j < INPUTS; j++)
			sums->w[o][j] += dh * w3.x[g][j];
	}
}

static double w3_train(size_t n)
{
	const double step = workload_find("W3")->rate / ROWS;
	double loss = 0.0;
	for (size_t k = 0; k < n; k++) {
		struct w3_sums sums = {0};
		for (size_t g = 0; g < GROUPS; g++)
			w3_rows(g, &sums);
		loss += 0.5 * sum_lanes(sums.loss) / ROWS;
		w3.v_bias -= step * sum_lanes(sums.v_bias);
		for (size_t o = 0; o < UNITS; o++) {
			w3.v[o] -= step * sum_lanes(sums.v[o]);
			w3.w_bias[o] -= step * sum_lanes(sums.w_bias[o]);
			for (size_t j = 0; j < INPUTS; j++)
				w3.w[o][j] -= step * sum_lanes(sums.w[o][j]);
		}
	}
	return loss / (double)n;
}

const struct by_hand by_hand_w3 = {"W3", w3_start, w3_train};
