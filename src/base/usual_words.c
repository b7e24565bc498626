/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usual_words.c -- what others call what is known by another word here: "did you mean" finds these
 * as it finds slips of the finger. To add one: a row. */
#include "usual_words.h"

#include <string.h>

static const struct {
	const char *usual, *here;
} rows[] = {
    {"logistic", "sigmoid"},
    {"linear", "identity"},
    {"heaviside", "step"},
    {"threshold", "step"},
    {"signum", "sign"},
    {"swish", "silu"},
    {"mse", "mean-squared-error"},
    {"mae", "absolute-error"},
    {"bce", "binary-cross-entropy"},
    {"categorical-crossentropy", "cross-entropy"},
    {"nll", "cross-entropy"},
    {"sgd", "gd"},
    {"learning-rate", "rate"},
    {"lr", "rate"},
    {"eta", "rate"},
    {"alpha", "rate"},
    {"beta", "momentum"},
    {"mu", "momentum"},
    {"rho", "decay"},
    {"eps", "epsilon"},
    {"weight-decay", "decay"},
    {"he", "he-normal"},
    {"kaiming", "he-normal"},
    {"glorot", "xavier-uniform"},
    {"xavier", "xavier-uniform"},
    {"ln", "log"},
    {"sigma", "sigmoid"},
    {"conv2d", "conv"},
    {"maxpool", "max_pool"},
    {"max-pool2d", "max_pool"},
    {"batch-size", "batch"},
    {"momentum", "with"},
    {"beta1", "with"},
    {"beta2", "with"},
    {"epsilon", "with"},
};

/* Equal but for capitals, and _ for -. */
static bool is_same(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char c = *a == '_' ? '-' : (char)(*a >= 'A' && *a <= 'Z' ? *a - 'A' + 'a' : *a);
		if (c != *b)
			return false;
	}
	return *a == *b;
}

bool text_is_usual(const char *word, const char *here)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (is_same(word, rows[i].usual) && strcmp(here, rows[i].here) == 0)
			return true;
	return false;
}
