/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step.h -- one step: one fact about the update, as symbols, as numbers and as a value.
 *
 * Everything the screen, the console, scripts, the machine-readable trace and the tests show of a
 * step is in struct step; they differ only in how they print it. */
#ifndef BACKSTEP_TRACE_STEP_H
#define BACKSTEP_TRACE_STEP_H

#include "backstep/engine/trainer.h"
#include "backstep/formula/formula.h"
#include "backstep/trace/place.h"

/* Owns: nothing; formulas lie in the arena that step_make was given, texts of why and the
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
	struct formula *left;   /* ∂ŷ₁/∂sum_ŷ₁; NULL for COMMIT */
	struct formula *rule;   /* ŷ₁ (1 − ŷ₁) */
	double value;           /* 0 for COMMIT */
	struct formula *so_far; /* FACTOR behind the first: the product of the factors up to here */
	double so_far_value;
	const char *stage; /* STAGE: whose number it is; else NULL */
	const char *why;   /* one line, N_() */
	bool replaces;     /* STAGE: of an earlier number, g <- ...; else g = ... */
	bool idle;         /* STAGE: nothing changes here; why says it */
	bool reused;       /* this number was computed earlier in this update */
	bool at_kink;      /* FACTOR, DELTA: a convention, there is no derivative here */
	bool finite;
};

/* What a step is made from. The passes must have been computed (trainer_prepare). */
struct step_source {
	const struct trainer *trainer;
	const struct plan *plan;
	struct chain_finder *finder;
};

/* Only the step's number: cheap, no formulas. 0 for COMMIT. */
double step_value(const struct step_source *source, const struct place *place);

/* The whole step. number and update are the caller's to fill. Errors: STATUS_NO_MEMORY. */
enum status step_make(const struct step_source *source, const struct place *place,
		      struct arena *arena, struct step *step, struct error *err);

/* The gradient of one example's own loss with respect to a parameter, from the passes' unit
 * gradients. */
double step_example_gradient(const struct model *model, size_t param, size_t n);

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

/* What a stage's number is called: norm, E_reg, norm_sum_n1 (of a unit). */
void step_stage_name(const struct trainer *trainer, size_t entry, size_t unit,
		     char name[LABEL_TEXT]);
/* What the number is called that an op carries beside its value: this and the element's name. */
#define STEP_CARRY_PREFIX "run_"

/* The rule by which element e of an op's node is computed. NULL on lack of memory. */
struct formula *step_value_rule(struct arena *arena, const struct node *node, size_t e);
/* The product of the first n factors of the chain found last, and its number. */
struct formula *step_chain_product(struct arena *arena, const struct chain_finder *finder,
				   size_t n);
double step_chain_value(const struct chain_finder *finder, size_t n);

/* Whether the step gives what keeps a value another one: w <- ..., not w = ... */
static inline bool step_is_assignment(const struct step *step)
{
	enum step_kind kind = step->place.kind;
	return kind == STEP_WEIGHT || kind == STEP_AHEAD || kind == STEP_CARRY || step->replaces;
}

/* Appends one line: left = rule = numbers = value, leaving out what would repeat. */
void step_print(const struct step *step, const struct formula_style *style, struct strbuf *out);
/* Appends "0.684929 · 0.194809 = 0.133430" for a step that has so_far. */
void step_print_so_far(const struct step *step, const struct formula_style *style,
		       struct strbuf *out);
/* Appends "backward · w5 · path 1 of 2 · factor 2 of 5" in the current language. */
void step_print_heading(const struct step *step, const struct formula_style *style,
			struct strbuf *out);
/* Appends the step as the line console and transcripts show it: heading, equation, running
 * product, what is special about it; each on its line. */
void step_print_report(const struct step *step, const struct formula_style *style,
		       struct strbuf *out);
/* The phase's name in the current language. */
const char *phase_title(enum phase phase);
/* The phase that name names: in English, or as the titles of another language of the program, whose
 * accents may be left out. Returns false where it names none. */
bool phase_find(const char *name, enum phase *phase);
/* Appends a number as the style writes it (a real minus sign in Unicode). */
void step_print_number(double value, const struct formula_style *style, struct strbuf *out);

#endif
