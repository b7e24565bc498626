/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yaml_tree.c -- libyaml's events become a tree.
 *
 * The limits are checked while events arrive: libyaml takes minutes for a few hundred thousand
 * brackets inside one another, and would never refuse them. */
#include "backstep/text/yaml_tree.h"

#include <string.h>

#include <yaml.h>

#include "backstep/base/i18n.h"
#include "backstep/text/report.h"
#include "source_part.h"
#include "yaml_problem.h"

struct builder {
	yaml_parser_t parser;
	const char *text; /* without byte order mark */
	size_t len;
	struct arena *arena;
	struct report *report;
	size_t n_nodes;
};

static struct source_mark mark_of(yaml_mark_t mark)
{
	return (struct source_mark){mark.line + 1, mark.column + 1};
}

static bool next_event(struct builder *b, yaml_event_t *event)
{
	if (yaml_parser_parse(&b->parser, event))
		return true;
	yaml_problem_report(&b->parser, b->text, b->len, b->report);
	return false;
}

/* What an event brings along that a lesson may not have. */
static bool has_anchor(const yaml_event_t *event)
{
	return event->type == YAML_ALIAS_EVENT ||
	       (event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor) ||
	       (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.anchor) ||
	       (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor);
}

static bool has_tag(const yaml_event_t *event)
{
	return (event->type == YAML_SCALAR_EVENT && event->data.scalar.tag) ||
	       (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.tag) ||
	       (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.tag);
}

/* Reports what makes the event unusable. */
static bool event_is_allowed(struct builder *b, const yaml_event_t *event, size_t depth)
{
	struct source_mark mark = mark_of(event->start_mark);
	if (has_anchor(event)) {
		report_error(b->report, mark, "%s",
			     _("a lesson has no anchors (&) or aliases (*)"));
		report_hint(b->report, "%s", _("write the value again, or put the text in quotes"));
	} else if (has_tag(event)) {
		report_error(b->report, mark, "%s", _("a lesson has no tags (!)"));
		report_hint(b->report, "%s", _("put a text that begins with '!' in quotes"));
	} else if (event->type != YAML_SCALAR_EVENT && depth >= TREE_MAX_DEPTH) {
		report_error(b->report, mark, _("lists and maps are more than %d deep"),
			     (int)TREE_MAX_DEPTH);
	} else if (b->n_nodes >= TREE_MAX_NODES) {
		report_error(b->report, mark, _("the lesson has more than %d keys and values"),
			     (int)TREE_MAX_NODES);
	} else {
		return true;
	}
	return false;
}

static struct tree_node *node_new(struct builder *b, enum tree_kind kind, const yaml_event_t *event)
{
	struct tree_node *node = ARENA_NEW(b->arena, struct tree_node);
	if (!report_has_memory(b->report, node))
		return NULL;
	node->kind = kind;
	node->mark = mark_of(event->start_mark);
	b->n_nodes++;
	return node;
}

static struct tree_node *scalar_new(struct builder *b, const yaml_event_t *event)
{
	struct source_span span = {mark_of(event->start_mark), event->start_mark.index,
				   event->end_mark.index};
	const char *value = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	struct tree_node *node = node_new(b, TREE_SCALAR, event);
	if (!node)
		return NULL;
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->text = arena_strndup(b->arena, value, len);
	if (!report_has_memory(b->report, node->text))
		return NULL;
	source_check_value(b->text, b->len, span, value, len, b->report);
	return node;
}

static struct tree_node *build_node(struct builder *b, const yaml_event_t *event, size_t depth);

/* Builds the node of the next event; *end tells that the list or map around it ends instead. */
static struct tree_node *build_next(struct builder *b, size_t depth, bool *end)
{
	struct tree_node *node = NULL;
	yaml_event_t event;
	*end = false;
	if (!next_event(b, &event))
		return NULL;
	if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT)
		*end = true;
	else
		node = build_node(b, &event, depth);
	yaml_event_delete(&event);
	return node;
}

/* The items of a list, the values of a map with their keys. */
static bool build_items(struct builder *b, struct tree_node *parent, size_t depth)
{
	struct tree_node **link = &parent->first, *key = NULL, *item;
	bool end;
	for (;;) {
		if (parent->kind == TREE_MAP) {
			key = build_next(b, depth, &end);
			if (!key)
				return end;
		}
		item = build_next(b, depth, &end);
		if (!item)
			return end;
		if (key && key->kind != TREE_SCALAR) {
			report_error(b->report, key->mark, "%s", _("a key must be a single word"));
			continue;
		}
		item->key = key;
		*link = item;
		link = &item->next;
		parent->n_items++;
	}
}

static struct tree_node *build_node(struct builder *b, const yaml_event_t *event, size_t depth)
{
	struct tree_node *node;
	if (!event_is_allowed(b, event, depth))
		return NULL;
	if (event->type == YAML_SCALAR_EVENT)
		return scalar_new(b, event);
	node = node_new(b, event->type == YAML_MAPPING_START_EVENT ? TREE_MAP : TREE_LIST, event);
	return node && build_items(b, node, depth + 1) ? node : NULL;
}

/* Reads the next event and tells its type (YAML_NO_EVENT after a reported error). */
static yaml_event_type_t skip_event(struct builder *b, struct source_mark *mark, bool *implicit)
{
	yaml_event_type_t type;
	yaml_event_t event;
	if (!next_event(b, &event))
		return YAML_NO_EVENT;
	type = event.type;
	*mark = mark_of(event.start_mark);
	if (type == YAML_DOCUMENT_END_EVENT)
		*implicit = event.data.document_end.implicit;
	yaml_event_delete(&event);
	return type;
}

/* After the document: its end mark, which tells a whole file from one that is cut off, and
 * nothing else. */
static void check_end(struct builder *b)
{
	struct source_mark mark;
	bool implicit = false;
	yaml_event_type_t type;
	if (skip_event(b, &mark, &implicit) != YAML_DOCUMENT_END_EVENT)
		return;
	type = skip_event(b, &mark, &implicit);
	if (type == YAML_DOCUMENT_START_EVENT) {
		report_error(b->report, mark, "%s", _("a second document begins here"));
		report_hint(b->report, "%s", _("one file holds one lesson"));
	} else if (type == YAML_STREAM_END_EVENT && implicit) {
		report_error(b->report, mark, "%s", _("the end mark '...' is missing"));
		report_hint(b->report, "%s",
			    _("is the file cut off? The last line of a lesson is '...'"));
	}
}

static struct tree_node *build_document(struct builder *b)
{
	struct tree_node *root;
	struct source_mark mark;
	yaml_event_type_t type;
	bool ignored;
	type = skip_event(b, &mark, &ignored);
	if (type == YAML_STREAM_START_EVENT)
		type = skip_event(b, &mark, &ignored);
	if (type == YAML_STREAM_END_EVENT)
		report_error(b->report, (struct source_mark){1, 1}, "%s",
			     _("the file holds no lesson"));
	if (type != YAML_DOCUMENT_START_EVENT)
		return NULL;
	root = build_next(b, 0, &ignored);
	if (root)
		check_end(b);
	return root;
}

struct tree_node *yaml_tree_read(const char *text, size_t len, struct arena *arena,
				 struct report *report)
{
	size_t bom = source_bom(text, len);
	struct builder b = {.text = text + bom, .len = len - bom, .arena = arena, .report = report};
	struct tree_node *root;
	if (!source_check(b.text, b.len, report))
		return NULL;
	if (!yaml_parser_initialize(&b.parser)) {
		report->no_memory = true;
		return NULL;
	}
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)b.text, b.len);
	root = build_document(&b);
	yaml_parser_delete(&b.parser);
	return root;
}
