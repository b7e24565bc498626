/* SPDX-License-Identifier: GPL-3.0-or-later */
/* networks.h -- the networks that tests of the engine and of the trace work on, built in C.
 *
 * Not lessons: nothing here reads a file, so a broken reader cannot break these tests. To add a
 * network: one function that fills struct network. */
#ifndef BACKSTEP_TESTS_NETWORKS_H
#define BACKSTEP_TESTS_NETWORKS_H

#include <string.h>

#include "backstep/base/random.h"
#include "backstep/engine/layer_dense.h"
#include "backstep/trace/stepper.h"

/* A network with its data and its optimizer. Owns: the model, in whose arena the data lies too. */
struct network {
	struct model *model;
	struct optimizer optimizer;
	struct dataset data;
	double *x, *t; /* of data, to be written */
	size_t batch;
	const char *maker; /* the function that made it, and its seed: for witness.h */
	uint64_t seed;
};

/* The 2-2-2 sigmoid example: w1..w8 = .1 .. .8, shared biases B1 = .25 and B2 = .35, one row,
 * half the squared error, gradient descent with rate .6, trained w5..w8, w1..w4, B1, B2.
 * Source: B. Vázquez, IIMAS-UNAM, Redes neuronales, "Retropropagación". */
enum { W1, W2, W3, W4, B1, W5, W6, W7, W8, B2 };
enum status network_222(struct network *net);

/* Whether a step's place is of the kind called name. */
static inline bool place_is(const struct place *place, const char *name)
{
	return strcmp(place->class->name, name) == 0;
}

/* XOR solved by ReLU units: W all 1, c = (0, -1), w = (1, -2), four rows in one batch, mean
 * squared error. Source: I. Goodfellow, Y. Bengio, A. Courville, Deep Learning (2016), 6.1. */
enum status network_xor(struct network *net);

/* OR by a perceptron: w = (.5, .5), b = -.5, rate .5, one row a batch; form names the rule. */
enum status network_or(struct network *net, const char *form);

/* Two perceptrons side by side that share their bias: what makes a rule's sum over units visible.
 */
enum status network_two_perceptrons(struct network *net);

/* 1 to 4 dense layers, 1 to 6 wide, any activation (or none) in each, any kind of bias, any loss,
 * 1 to 5 rows in any batch, any optimizer that learns from the gradient, in about half of them
 * stages around it; weights may share parameters, some may not be trained. After a layer there may
 * be dropout, batch or layer normalisation, and the end of a residual block. What "any" is, is a
 * list in networks_choice.c: a new row of a registry changes no network. */
enum status network_random(struct network *net, uint64_t seed);

/* The same, and the first layer has the activation, or the network the loss with this term. */
enum status network_random_with(struct network *net, uint64_t seed, const struct op *wanted);
/* The same, and the stage is in force. */
enum status network_random_stage(struct network *net, uint64_t seed, enum stage_id id);

/* Gives a network any optimizer and form that learns from the gradient, and in about half of the
 * cases stages around it. */
void network_random_optimizer(struct random *r, struct network *net);
/* Makes targets from 0 to 1 such as the loss compares with: parts of 1, or one 1. */
void network_fit_targets(struct network *net);

/* A computational graph of any gates, on scalars, vectors and a matrix of parameters, each of which
 * may serve several times; with a loss, or with its last gate as what is derived. */
enum status network_random_graph(struct network *net, uint64_t seed);
/* The same, and its first gate is the op wherever that takes what it is given. */
enum status network_random_graph_with(struct network *net, uint64_t seed, const struct op *wanted);

/* Dense layers of sizes[0] inputs, sizes[1] units and so on, all with one activation and a bias
 * per unit, n_rows random rows, half the squared error. */
enum status network_dense(struct network *net, const size_t *sizes, size_t n_sizes,
			  const struct op *activation, size_t n_rows, size_t batch);
/* 784-128-10 sigmoid units, and 20 layers of 16: both in batches of one row out of three. */
enum status network_784_128_10(struct network *net);
enum status network_deep(struct network *net);

/* What a sheet of exercises has: one or two hidden layers of two or three units, one to three rows,
 * usual activations, losses and optimizers, numbers with one or two decimals. */
enum status network_exercise(struct network *net, uint64_t seed);

void network_free(struct network *net);

/* A stepper at the start of the network's walk. */
enum status network_walk(const struct network *net, struct stepper *stepper, enum chain_form chain);

#endif
