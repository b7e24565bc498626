/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_topic.h -- what lessons are about: the headings of the list, in the order of teaching.
 *
 * To add a topic: a row here; the key `topic` of a lesson, its guide and the list read it. */
#ifndef BACKSTEP_LESSON_LESSON_TOPIC_H
#define BACKSTEP_LESSON_LESSON_TOPIC_H

#include "backstep/base/i18n.h"

/* Calls X with each topic: its constant, its word in a lesson, its title. */
#define LESSON_TOPICS(X)                                           \
	X(START, "start", N_("First steps"))                       \
	X(NEURONS, "neurons", N_("Neurons and gates"))             \
	X(GRAPHS, "graphs", N_("The chain rule in graphs"))        \
	X(NETWORKS, "networks", N_("Backpropagation in networks")) \
	X(ACTIVATIONS, "activations", N_("Activations"))           \
	X(SOFTMAX, "softmax", N_("Softmax and its losses"))        \
	X(OPTIMIZERS, "optimizers", N_("Optimizers"))              \
	X(DEPTH, "depth", N_("Deep networks"))                     \
	X(REGULARISATION, "regularisation", N_("Regularisation"))  \
	X(DATA, "data", N_("Training with data"))                  \
	X(ARCHITECTURES, "architectures", N_("Sequences, attention, convolution"))

#define TOPIC(name, word, title) TOPIC_##name,
enum lesson_topic { LESSON_TOPICS(TOPIC) N_TOPICS, TOPIC_NONE = N_TOPICS };
#undef TOPIC

/* [N_TOPICS] and NULL: what lessons call them. */
extern const char *const lesson_topic_words[];
/* [N_TOPICS + 1] N_(): the last is the heading of lessons that name none. */
extern const char *const lesson_topic_titles[];

#endif
