/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_slope.c -- the function of one number that the step is about, an activation or a loss,
 * and its slope, with the number at hand marked on both. */
#include "../plot.h"

#include <math.h>
#include <string.h>

enum { BESIDE_COLUMNS = 46, GAP = 1, TEXT_POINTS = 9, SAMPLES = 240 /* even: the middle is one */ };

/* A function of slot 0 of an elementwise op; what else it reads stays as it is. */
struct function {
	const struct node *node;
	size_t e;
	double x, other;      /* the number at hand; the second slot's */
	bool is_known, hides; /* hides: somebody is being asked */
};

static double value_of(const struct function *f, double x)
{
	const struct op *op = f->node->op;
	return op->value ? op->value(x, f->node->attributes)
			 : op->value2(x, f->other, f->node->attributes);
}

static double slope_of(const struct function *f, double x)
{
	const struct op *op = f->node->op;
	return op->value ? op->slope(x, value_of(f, x), f->node->attributes)
			 : op->slope2(x, f->other, value_of(f, x), f->node->attributes, 0);
}

/* Whether an op is a curve that is worth looking at. */
static bool is_curve(const struct node *node)
{
	return node && node->op &&
	       (node->op->family == OP_ACTIVATION || node->op->family == OP_LOSS) &&
	       (node->op->value || node->op->value2);
}

/* The element that the step is about: the factor's, else the unit's own. */
static bool find_node(const struct session *session, struct function *f)
{
	const struct step *step = &session->step;
	const struct place *place = &step->place;
	if (!session->has_step)
		return false;
	f->node = place->node;
	f->e = place->element;
	if (place->factor < step->chain.n_links && place->factor < place->n_factors) {
		const struct link *link = &step->chain.links[place->factor];
		f->node = link->slot == 0 ? link->node : NULL;
		f->e = link->i;
	}
	return is_curve(f->node);
}

static bool function_make(const struct session *session, struct function *f)
{
	const struct stepper *stepper = &session->stepper;
	*f = (struct function){0};
	if (!find_node(session, f))
		return false;
	const struct op *op = f->node->op;
	size_t j = op->inputs(f->node, f->e, 0).first;
	const struct ref ref = ref_unit(f->node->inputs[0], j);
	const struct value x = value_get(stepper, &ref);
	f->x = x.value;
	f->is_known = x.known && isfinite(x.value);
	f->hides = stepper->asked != 0;
	if (op->n_slots > 1 && !op->value)
		f->other = f->node->inputs[1]->value[op->inputs(f->node, f->e, 1).first];
	return true;
}

static const char *missing(const struct session *session)
{
	struct function f;
	return function_make(session, &f)
		   ? NULL
		   : N_("a slope is to be seen at an activation and at a loss; here there is none");
}

static void title(const struct session *session, struct strbuf *out)
{
	struct function f;
	struct arena *arena = arena_new();
	if (function_make(session, &f)) {
		size_t j = f.node->op->inputs(f.node, f.e, 0).first;
		strbuf_addf(out, _("%s and its slope: %s of %s"), f.node->op->name,
			    unit_name(session, arena, f.node, f.e),
			    unit_name(session, arena, f.node->inputs[0], j));
	}
	arena_free(arena);
}

static double curve_value(const void *ctx, double x)
{
	return value_of(ctx, x);
}

static double curve_slope(const void *ctx, double x)
{
	return slope_of(ctx, x);
}

/* The part of the axis that is drawn: where the function bends, and the number at hand. */
static void find_range(const struct function *f, double *middle, double *reach)
{
	bool is_loss = f->node->op->family == OP_LOSS;
	*middle = is_loss ? f->other : 0.0;
	*reach = is_loss ? 1.0 : 6.0;
	if (f->is_known)
		*reach = fmax(*reach, 1.25 * fabs(f->x - *middle));
}

static void draw_one(struct drawing *d, const struct function *f, struct rect where, bool is_slope)
{
	double (*y)(const void *, double) = is_slope ? curve_slope : curve_value;
	double middle, reach, low = INFINITY, high = -INFINITY;
	struct plot plot;
	find_range(f, &middle, &reach);
	for (int k = 0; k <= SAMPLES; k++) {
		double at = y(f, middle + reach * (2 * k - SAMPLES) / SAMPLES);
		low = isfinite(at) ? fmin(low, at) : low;
		high = isfinite(at) ? fmax(high, at) : high;
	}
	if (!(low <= high))
		return;
	grid_text(d->grid, where.row, where.column, style_bold,
		  is_slope ? _("its slope") : f->node->op->name);
	where.row++;
	where.rows--;
	plot_begin(&plot, d, where, middle - reach, middle + reach, fmin(low, 0.0), high, false);
	plot_curve(&plot, y, f, is_slope ? style_input : style_weight);
	if (f->is_known && !f->hides)
		plot_mark(&plot, f->x, y(f, f->x), style_current, sign_text(d, SIGN_HERE),
			  number_text(d, y(f, f->x)));
}

static void draw(struct drawing *d)
{
	const struct rect *clip = &d->grid->clip;
	struct rect where = {0, GAP, clip->rows, clip->columns - GAP};
	struct function f;
	if (!function_make(d->session, &f))
		return;
	if (where.columns >= BESIDE_COLUMNS) {
		where.columns = (where.columns - GAP) / 2;
		draw_one(d, &f, where, false);
		where.column += where.columns + GAP;
	} else if (where.rows >= 2 * TEXT_POINTS) {
		where.rows /= 2;
		draw_one(d, &f, where, false);
		where.row += where.rows;
	}
	draw_one(d, &f, where, true);
}

static void add_point(const struct function *f, const struct session *session, double x,
		      const char *remark, struct strbuf *out)
{
	const double numbers[] = {x, value_of(f, x), slope_of(f, x)};
	for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
		strbuf_add(out, "  ");
		step_print_number(numbers[k], &session->style, out);
	}
	strbuf_addf(out, "%s%s\n", *remark ? "  " : "", remark);
}

static void print(struct session *session, struct strbuf *out)
{
	struct function f;
	double middle, reach;
	if (!function_make(session, &f))
		return;
	find_range(&f, &middle, &reach);
	strbuf_addf(out, _("  number, %s, slope\n"), f.node->op->name);
	for (int k = 0; k < TEXT_POINTS; k++)
		add_point(&f, session,
			  middle + reach * (2 * k - TEXT_POINTS + 1) / (TEXT_POINTS - 1), "", out);
	if (f.is_known && !f.hides)
		add_point(&f, session, f.x, _("you are here"), out);
}

const struct picture picture_slope = {
    .name = "slope",
    .spanish = "pendiente",
    .summary = N_("the activation or the loss at hand, and its slope"),
    .missing = missing,
    .title = title,
    .draw = draw,
    .print = print,
};
