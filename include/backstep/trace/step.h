/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.h -- one step: one fact about the update, as symbols, as numbers and as a value.
 *
 * Everything the screen, the console, scripts, the machine-readable trace and the tests show of a
 * step is in struct step; they differ only in how they print it. */
#ifndef BACKSTEP_TRACE_STEP_H
#define BACKSTEP_TRACE_STEP_H

#include "backstep/engine/trainer.h"
#include "backstep/trace/chain.h"
#include "backstep/trace/walk.h"

/* Owns: nothing; formulas and links lie in the arena that step_make was given, texts of why and the
 * model's names elsewhere. */
struct step {
	uint64_t number; /* from 1, through all updates */
	uint64_t update; /* from 1 */
	size_t example;  /* row of the data, from 1; 0: about the whole batch */
	size_t n_rows;   /* of the data */
	struct place place;
	/* ASCII names, "" where they do not apply: the value's or delta's unit, the parameter, and
	 * what is derived with respect to what. */
	char name[LABEL_TEXT], param[LABEL_TEXT], of[LABEL_TEXT], wrt[LABEL_TEXT];
	struct formula *left;   /* ∂ŷ₁/∂sum_ŷ₁; NULL where there is no number */
	struct formula *rule;   /* ŷ₁ (1 − ŷ₁) */
	double value;           /* 0 where there is none */
	struct chain chain;     /* that the place's path is; no links: on none */
	struct formula *so_far; /* after the first factor: the product of the factors up to here */
	double so_far_value;
	const char *stage; /* whose number it is, or NULL */
	const char *why;   /* one line, N_() */
	const char *note;  /* what a lesson's note is kept by; NULL: by the unit or the parameter */
	const char *form;  /* of the rule, where the first update uses it first; or NULL */
	bool assigns;      /* it takes the place of an earlier number: w <- ...; else w = ... */
	bool idle;         /* the stage changes nothing here; why says it */
	bool reused;       /* this number was computed earlier in this update */
	bool at_kink;      /* a convention: there is no derivative here */
	bool finite;
};

/* What a step is made from. The passes must have been computed (trainer_prepare). */
struct step_source {
	const struct trainer *trainer;
	const struct plan *plan;
	size_t most_terms; /* longer sums are shortened; 0: those that are too long to be read */
};
enum {
	STEP_WHOLE_TERMS = 128, /* of what a person could add up */
	STEP_ALL_TERMS = 4096,  /* of what a program takes apart */
};

/* Only the step's number: cheap, no formulas. 0 where there is none. */
double step_value(const struct step_source *source, const struct place *place);

/* The symbol of an element, of a parameter, of an example's loss and of the batch's, bound to
 * their numbers. name (may be NULL) gets the ASCII name. In a coupled graph the symbol of what an
 * example has says which row it is of: y(3). */
struct formula *step_element_symbol(struct arena *arena, const struct node *node, size_t e,
				    char name[LABEL_TEXT]);
/* The same without the row that it has in a coupled graph. */
struct formula *step_unit_symbol(struct arena *arena, const struct node *node, size_t e,
				 char name[LABEL_TEXT]);
struct formula *step_param_symbol(struct arena *arena, const struct model *model, size_t param,
				  char name[LABEL_TEXT]);

/* What the number is called that an op carries beside its value: this and the element's name. */
#define STEP_CARRY_PREFIX "run_"

/* The rule by which element e of an op's node is computed. NULL on lack of memory. */
struct formula *step_value_rule(struct arena *arena, const struct node *node, size_t e);
/* Appends one line: left = rule = numbers = value, leaving out what would repeat. */
void step_print(const struct step *step, const struct formula_style *style, struct strbuf *out);
/* Appends "0.684929 · 0.194809 = 0.133430" for a step that has so_far. */
void step_print_so_far(const struct step *step, const struct formula_style *style,
		       struct strbuf *out);
/* Appends what of the heading comes after phase and row, with param for the parameter's name. */
void step_print_subject(const struct step *step, const char *param,
			const struct formula_style *style, struct strbuf *out);
/* What a lesson's note about the step is kept by: "" where there is no name for it. */
const char *step_note(const struct step_source *source, const struct step *step);
/* What of the network the step is about: edges, elements, parameters. */
enum lit step_lights_edge(const struct step_source *source, const struct step *step,
			  const struct link *edge);
enum lit step_lights_element(const struct step_source *source, const struct step *step,
			     const struct node *node, size_t e);
enum lit step_lights_param(const struct step *step, size_t param);
/* Appends the step as the line console and transcripts show it: heading, equation, running
 * product, what is special about it; each on its line. */
void step_print_report(const struct step *step, const struct formula_style *style,
		       struct strbuf *out);
/* Appends a number as the style writes it (a real minus sign in Unicode). */
void step_print_number(double value, const struct formula_style *style, struct strbuf *out);

#endif
