/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_symbol.c -- the symbols of units, rows and parameters, bound to their numbers. */
#include <stdio.h>

#include "steps.h"

struct formula *step_unit_symbol(struct arena *arena, const struct node *node, size_t e,
				 char name[LABEL_TEXT])
{
	char buf[LABEL_TEXT];
	node_name(node, e, name ? name : buf);
	if (node->kind == NODE_CONSTANT)
		return formula_number(arena, node->constant);
	return formula_symbol(arena, name ? name : buf, node_symbol(node, e), node->value[e]);
}

/* symbol of row number row of the data (from 1): E(2), E⁽²⁾. */
static struct formula *add_row(struct arena *arena, const struct formula *symbol, size_t row)
{
	static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
	char number[24];
	struct strbuf text = {0};
	snprintf(number, sizeof number, "%zu", row);
	strbuf_addf(&text, "%s⁽", symbol->symbol);
	for (const char *c = number; *c; c++)
		strbuf_add(&text, digits[*c - '0']);
	strbuf_add(&text, "⁾");
	char *ascii = arena_printf(arena, "%s(%zu)", symbol->name, row);
	struct formula *f =
	    ascii ? formula_symbol(arena, ascii, strbuf_str(&text), symbol->value) : NULL;
	strbuf_free(&text);
	return f;
}

struct formula *step_element_symbol(struct arena *arena, const struct node *node, size_t e,
				    char name[LABEL_TEXT])
{
	struct formula *f = step_unit_symbol(arena, node, e, name);
	if (!f || !node->examples || node->cols == 1)
		return f;
	return add_row(arena, f, node->examples[node_col(node, e)] + 1);
}

struct formula *step_param_symbol(struct arena *arena, const struct model *model, size_t param,
				  char name[LABEL_TEXT])
{
	char buf[LABEL_TEXT];
	model_param_name(model, param, name ? name : buf);
	return formula_symbol(arena, name ? name : buf, model_param_symbol(model, param),
			      model->graph.theta[param]);
}

struct formula *step_example_symbol(struct arena *arena, const struct model *model, size_t row,
				    double value)
{
	struct formula *f = step_unit_symbol(arena, model->total, 0, NULL);
	if (!f)
		return NULL;
	f->value = value;
	return add_row(arena, f, row);
}
