/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_fann.c -- the five workloads in FANN 2 (double), for comparison.
 *
 * FANN knows neither softmax nor Adam nor an unbounded ReLU, and clips derivatives: it is a
 * reference of speed, not of digits. W4 has sigmoid outputs and gradient descent, W2 a linear
 * piece. Usage: backstep-bench-fann [W1 ... W5] */
#include <doublefann.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/workloads.h"

enum { N_RUNS = 5 };

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static enum fann_activationfunc_enum activation_of(const char *name)
{
	if (!name)
		return FANN_LINEAR;
	return strcmp(name, "sigmoid") == 0 ? FANN_SIGMOID
	       : strcmp(name, "tanh") == 0  ? FANN_SIGMOID_SYMMETRIC
					    : FANN_LINEAR_PIECE;
}

/* FANN's connections run through the units, each with its inputs and then its bias. */
static void set_weights(struct fann *net, const struct workload *w)
{
	struct fann_connection *connections = calloc(w->n_params, sizeof *connections);
	if (!connections)
		return;
	fann_get_connection_array(net, connections);
	size_t at = 0, first = 0;
	for (size_t k = 1; k < w->row->n_sizes; k++) {
		size_t inputs = w->row->sizes[k - 1], units = w->row->sizes[k];
		for (size_t unit = 0; unit < units; unit++, at += inputs + 1) {
			for (size_t i = 0; i < inputs; i++)
				connections[at + i].weight = w->theta[first + unit * inputs + i];
			connections[at + inputs].weight = w->theta[first + units * inputs + unit];
		}
		first += units * (inputs + 1);
	}
	fann_set_weight_array(net, connections, (unsigned int)w->n_params);
	free(connections);
}

static struct fann *new_net(const struct workload *w)
{
	const struct workload_row *row = w->row;
	unsigned int sizes[WORKLOAD_MAX_SIZES];
	for (size_t k = 0; k < row->n_sizes; k++)
		sizes[k] = (unsigned int)row->sizes[k];
	struct fann *net = fann_create_standard_array((unsigned int)row->n_sizes, sizes);
	bool softmax = strcmp(row->loss, "softmax-cross-entropy") == 0;
	fann_set_activation_function_hidden(net, activation_of(row->hidden));
	fann_set_activation_function_output(net, softmax ? FANN_SIGMOID : activation_of(row->last));
	/* 1 / (1 + exp(-2 s x)) and tanh(s x) */
	fann_set_activation_steepness_hidden(net, strcmp(row->hidden, "sigmoid") ? 1.0 : 0.5);
	fann_set_activation_steepness_output(
	    net, softmax || (row->last && strcmp(row->last, "sigmoid") == 0) ? 0.5 : 1.0);
	fann_set_training_algorithm(net,
				    row->batch == 1 ? FANN_TRAIN_INCREMENTAL : FANN_TRAIN_BATCH);
	fann_set_train_error_function(net, FANN_ERRORFUNC_LINEAR);
	fann_set_learning_rate(net, (float)row->rate);
	set_weights(net, w);
	return net;
}

/* The rows as FANN wants them, one data set for each batch. Returns how many. */
static size_t new_batches(const struct workload *w, struct fann_train_data ***batches)
{
	const struct workload_row *row = w->row;
	size_t n_in = row->sizes[0], n_out = row->sizes[row->n_sizes - 1];
	size_t n = row->n_rows / row->batch;
	*batches = calloc(n, sizeof **batches);
	for (size_t k = 0; *batches && k < n; k++) {
		(*batches)[k] = fann_create_train((unsigned int)row->batch, (unsigned int)n_in,
						  (unsigned int)n_out);
		for (size_t i = 0; i < row->batch; i++) {
			size_t r = k * row->batch + i;
			memcpy((*batches)[k]->input[i], w->x + r * n_in, n_in * sizeof(double));
			memcpy((*batches)[k]->output[i], w->t + r * n_out, n_out * sizeof(double));
		}
	}
	return n;
}

static void train(struct fann *net, struct fann_train_data **batches, size_t n_batches, size_t n)
{
	if (batches[0]->num_data == 1)
		for (size_t k = 0; k < n; k++)
			fann_train(net, batches[0]->input[0], batches[0]->output[0]);
	else
		for (size_t k = 0, batch = 0; k < n;
		     k++, batch = batch + 1 < n_batches ? batch + 1 : 0)
			fann_train_epoch(net, batches[batch]);
}

static int measure(const struct workload_row *row)
{
	struct workload w;
	struct fann_train_data **batches = NULL;
	double rates[N_RUNS];
	if (!workload_fill(&w, row))
		return 1;
	size_t n_batches = new_batches(&w, &batches);
	for (size_t run = 0; batches && run < N_RUNS; run++) {
		struct fann *net = new_net(&w);
		/* large networks take long enough for less to be measured */
		size_t n = w.n_params > 1000 ? row->n_timed / 8 : row->n_timed;
		train(net, batches, n_batches, n / 8 + 1);
		double start = seconds();
		train(net, batches, n_batches, n);
		rates[run] = (double)(n * row->units_per_update) / (seconds() - start);
		fann_destroy(net);
	}
	for (size_t k = 0; batches && k < n_batches; k++)
		fann_destroy_train(batches[k]);
	qsort(rates, N_RUNS, sizeof *rates, compare);
	if (batches)
		printf("%s fann %.6g %s\n", row->name, rates[N_RUNS / 2], row->unit);
	fflush(stdout);
	free(batches);
	workload_free(&w);
	return batches == NULL;
}

int main(int argc, char **argv)
{
	int failed = 0;
	for (const struct workload_row *row = workload_rows; row->name; row++) {
		bool wanted = argc == 1;
		for (int k = 1; k < argc; k++)
			wanted = wanted || strcmp(argv[k], row->name) == 0;
		if (wanted)
			failed |= measure(row);
	}
	return failed;
}
