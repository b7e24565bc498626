/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal_candidates.h -- what completion found, shown above the prompt. */
#ifndef BACKSTEP_TUI_TERMINAL_CANDIDATES_H
#define BACKSTEP_TUI_TERMINAL_CANDIDATES_H

#include <stddef.h>

#include "backstep/base/strbuf.h"
#include "backstep/view/grid.h"

/* Owns: text, every candidate terminated. Starts as = {0}. */
struct terminal_candidates {
	struct strbuf text;
	size_t n_candidates;
	int columns; /* of the widest */
};

void terminal_candidates_clear(struct terminal_candidates *candidates);
void terminal_candidates_add(struct terminal_candidates *candidates, const char *candidate);
void terminal_candidates_free(struct terminal_candidates *candidates);

/* Draws the candidates in the rows above the last one; some where there is no room for all. */
void terminal_candidates_draw(const struct terminal_candidates *candidates, struct grid *grid);

#endif
