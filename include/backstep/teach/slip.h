/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slip.h -- the mistakes that people make in a step: each a rewriting of its formula.
 *
 * A class is one idea that one sentence can correct. It is a row: how it rewrites a formula, how
 * common it is, what is asked to point at the idea, what is said. None knows a lesson. Two rules
 * keep the catalogue honest, and both look at the board with other numbers at its roots: what gives
 * the right number there too is no slip; two rewritings that agree there too are one mistake.
 *
 * To add a class: a row in a file of src/teach/slips/ and a line in slip_list.h. */
#ifndef BACKSTEP_TEACH_SLIP_H
#define BACKSTEP_TEACH_SLIP_H

#include "backstep/lesson/lesson.h"
#include "backstep/teach/board.h"

/* Where a slip was made. */
enum slip_scope {
	SLIP_HERE,       /* in the asked formula */
	SLIP_SHOWN,      /* a number off the board was given instead */
	SLIP_DEEP,       /* in one formula that it rests on, and carried through */
	SLIP_EVERYWHERE, /* in all formulas of a kind that it rests on */
};

/* A formula in which a slip is looked for: the asked one, or one that it rests on. */
struct slip_site {
	struct formula *tree;
	enum step_task task;
	enum phase phase;
	struct entry *of, *wrt;
	bool is_update, is_slope, is_derivative;
	bool is_mean; /* about the rows of the batch together: 1/2 there is the mean of two */
};

struct slips;

struct slip_class {
	const char *name;  /* as scripts and lessons write it */
	double prior;      /* how common it is beside the others, 2 to 10 */
	const char *says;  /* what was done, after "that comes out when ...", N_() */
	const char *nudge; /* a question that points at the idea and has no number, N_() */
	const char *title; /* for lists: "the sum where the unit belongs", N_() */
	/* Calls slip_try with every rewriting of slips->site.tree that is this mistake. */
	void (*make)(struct slips *slips);
	/* A number off the board: tried for the asked step only. */
	bool is_shown;
	/* Also made in formulas that the asked one rests on. */
	bool is_deep;
	/* The formula of one site where the mistake is made everywhere, in way number variant, of
	 * which there are n_everywhere; NULL: this site stays as it is. */
	struct formula *(*everywhere)(struct slips *slips, const struct slip_site *site,
				      size_t variant);
	size_t n_everywhere;
};

/* Every class, in the order of slip_list.h, then NULL. */
extern const struct slip_class *const slip_registry[];

/* One slip at this question. */
struct slip {
	const struct slip_class *class;
	enum slip_scope scope;
	struct formula *tree; /* HERE, SHOWN: the asked formula rewritten; DEEP: that of below */
	struct entry *below;  /* DEEP */
	/* EVERYWHERE: [n_cone + 1] of each formula of the cone, and of the asked one; NULL: it
	 * stays as it is */
	struct formula **trees;
	double value, shifted;
	const struct lesson_text *words; /* the lesson's own for the class; NULL: there are none */
	/* Where one number was taken for another: taken stands where meant belongs. NULL elsewhere.
	 */
	struct entry *meant, *taken;
};

/* The slips of a question. Owns: nothing; they lie in the board's arena. */
struct slips {
	struct arena *arena;
	struct board *board;
	struct slip
	    *items; /* [n_items] those that make a difference, no two of which are the same */
	size_t n_items;
	struct slip *made; /* [n_made] every rewriting, whatever the numbers are */
	size_t n_made, capacity;
	/* While a class is asked for its rewritings: */
	const struct slip_class *class;
	enum slip_scope scope;
	struct slip_site site;
	struct entry *below, *meant, *taken;
	bool hides;
	bool failed;
};

/* Appends what was done, after "that comes out when": the sum stands where the unit belongs; with
 * names where one number was taken for another: (w₆ for w₇). */
void slip_tell(const struct slip *slip, const struct formula_style *style, struct strbuf *out);
/* Appends the formula that the slip worked out, with its numbers put in, and the number that it
 * gives. */
void slip_show(const struct slips *slips, const struct slip *slip,
	       const struct formula_style *style, struct strbuf *out);

#endif
