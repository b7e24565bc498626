/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema_types.c -- the types of single values: texts, identifiers, numbers, choices.
 *
 * A number is written without quotes: quoted, it is a text. */
#include "backstep/text/schema_reader.h"

#include <string.h>

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/words.h"

/* A scalar that holds something; what is wrong is reported. */
static bool is_filled(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_value *value)
{
	if (node->kind == TREE_SCALAR && node->text[strspn(node->text, " \t\n")])
		return true;
	schema_report_type(reader, node, value);
	return false;
}

/* Joins the lines of each paragraph, for what shows them wraps them to its own width. Blank and
 * indented lines stay as they are. */
static void unfold(char *text)
{
	for (char *c = text; *c; c++)
		if (*c == '\n' && c > text && c[-1] != '\n' && !strchr("\n \t", c[1]))
			*c = ' ';
}

/* The text as the file has it; a block of text ends with a newline that nobody sees. */
static void raw_read(struct schema_reader *reader, const struct tree_node *node,
		     const struct schema_value *value, void *out)
{
	struct source_text *text = out;
	size_t len;
	if (!is_filled(reader, node, value))
		return;
	len = strlen(node->text);
	while (len > 0 && strchr(" \t\n", node->text[len - 1]))
		len--;
	text->mark = node->mark;
	text->text = arena_strndup(reader->arena, node->text, len);
	report_has_memory(reader->report, text->text);
}

static void text_read(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_value *value, void *out)
{
	struct source_text *text = out;
	char *copy;
	raw_read(reader, node, value, out);
	if (!text->text)
		return;
	copy = arena_strdup(reader->arena, text->text);
	if (report_has_memory(reader->report, copy))
		unfold(copy);
	text->text = copy;
}

const struct schema_type schema_type_text = {.name = N_("a text"), .read = text_read};

static void line_read(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_value *value, void *out)
{
	struct source_text *text = out;
	raw_read(reader, node, value, out);
	if (!text->text || !strpbrk(text->text, "\n\t"))
		return;
	report_error(reader->report, node->mark, "%s", _("this text must be a single line"));
	*text = (struct source_text){0};
}

const struct schema_type schema_type_line = {.name = N_("a line of text"), .read = line_read};

/* As it stands: a blank is a character too. */
static void character_read(struct schema_reader *reader, const struct tree_node *node,
			   const struct schema_value *value, void *out)
{
	if (node->kind == TREE_SCALAR && *node->text)
		*(struct source_text *)out = (struct source_text){node->text, node->mark};
	else
		schema_report_type(reader, node, value);
}

const struct schema_type schema_type_character = {.name = N_("a character"),
						  .read = character_read};

bool schema_check_identifier(struct schema_reader *reader, struct source_mark mark,
			     const char *text, const struct schema_type *type)
{
	CONTRACT(type->charset);
	const struct schema_charset *charset = type->charset;
	size_t len = strlen(text);
	char excerpt[TEXT_EXCERPT];
	if (len > 0 && strchr(charset->first, text[0]) && strspn(text, charset->rest) == len &&
	    len <= charset->max)
		return true;
	report_error(reader->report, mark, _("expected %s, found '%s'"), tr(type->name),
		     text_excerpt(excerpt, text));
	report_hint(reader->report, "%s", tr(charset->hint));
	return false;
}

void schema_read_identifier(struct schema_reader *reader, const struct tree_node *node,
			    const struct schema_value *value, void *out)
{
	CONTRACT(value->type->charset);
	struct source_text *text = out;
	if (is_filled(reader, node, value) &&
	    schema_check_identifier(reader, node->mark, node->text, value->type))
		*text = (struct source_text){node->text, node->mark};
}

static const struct schema_charset name_charset = {
    .first = SCHEMA_LETTERS,
    .rest = SCHEMA_LETTERS SCHEMA_DIGITS "_",
    .max = SCHEMA_MAX_NAME,
    .hint = N_("a name is a letter, then letters, digits and _, at most 31 in all"),
};

const struct schema_type schema_type_name = {
    .name = N_("a name"), .read = schema_read_identifier, .charset = &name_charset};

static void label_read(struct schema_reader *reader, const struct tree_node *node,
		       const struct schema_value *value, void *out)
{
	struct source_text text = {0};
	schema_read_identifier(reader, node, value, &text);
	if (text.text)
		*(struct label *)out = (struct label){.name = text.text, .mark = text.mark};
}

const struct schema_type schema_type_label = {
    .name = N_("a name"), .read = label_read, .charset = &name_charset};

/* Capitals too, so that whoever knows the words can say "did you mean 'relu'?". */
static const struct schema_charset word_charset = {
    .first = SCHEMA_LETTERS,
    .rest = SCHEMA_LETTERS SCHEMA_DIGITS "_-",
    .max = SCHEMA_MAX_NAME,
    .hint = N_("a word is a letter, then letters, digits, _ and -, at most 31 in all"),
};

const struct schema_type schema_type_word = {
    .name = N_("a word"), .read = schema_read_identifier, .charset = &word_charset};

static const struct schema_charset id_charset = {
    .first = SCHEMA_LOWER SCHEMA_DIGITS,
    .rest = SCHEMA_LOWER SCHEMA_DIGITS "-",
    .max = SCHEMA_MAX_ID,
    .hint = N_("small letters, digits and -, at most 63 in all"),
};

const struct schema_type schema_type_id = {
    .name = N_("an id"), .read = schema_read_identifier, .charset = &id_charset};

static void symbol_read(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value, void *out)
{
	struct source_text *text = out;
	line_read(reader, node, value, out);
	if (!text->text || text_columns(text->text) <= SCHEMA_MAX_SYMBOL)
		return;
	report_error(reader->report, node->mark, _("the symbol is wider than %d columns"),
		     (int)SCHEMA_MAX_SYMBOL);
	*text = (struct source_text){0};
}

const struct schema_type schema_type_symbol = {.name = N_("a symbol"), .read = symbol_read};

/* A scalar without quotes that holds something, as numbers and choices are. */
static bool is_plain(struct schema_reader *reader, const struct tree_node *node,
		     const struct schema_value *value)
{
	if (!is_filled(reader, node, value))
		return false;
	if (node->plain)
		return true;
	schema_report_type(reader, node, value);
	report_hint(reader->report, "%s", _("remove the quotes"));
	return false;
}

static void number_read(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value, void *out)
{
	struct source_number *number = out;
	struct error err;
	double parsed;
	if (!is_plain(reader, node, value))
		return;
	if (number_parse(node->text, &parsed, &err) != STATUS_OK) {
		report_error(reader->report, node->mark, "%s", err.message);
		report_hint(reader->report, "%s", err.hint);
	} else if (value->positive && parsed <= 0) {
		report_error(reader->report, node->mark, _("expected a number above 0, found '%s'"),
			     node->text);
	} else {
		*number = (struct source_number){parsed, node->mark};
	}
}

const struct schema_type schema_type_number = {.name = N_("a number"), .read = number_read};

static void count_read(struct schema_reader *reader, const struct tree_node *node,
		       const struct schema_value *value, void *out)
{
	struct source_count *count = out;
	size_t parsed;
	if (!is_plain(reader, node, value))
		return;
	if (number_parse_count(node->text, value->min, value->max, &parsed, NULL) == STATUS_OK) {
		*count = (struct source_count){parsed, node->mark};
		return;
	}
	schema_report_type(reader, node, value);
	if (value->min == value->max)
		report_hint(reader->report, _("write %zu"), value->min);
	else
		report_hint(reader->report, _("from %zu to %zu"), value->min, value->max);
}

const struct schema_type schema_type_count = {.name = N_("a whole number"), .read = count_read};

static const char *next_choice(void *ctx, size_t i)
{
	return schema_word(ctx, i);
}

/* Which of its words node is; reports and returns false where it is none. */
static bool find_word(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_value *value, size_t *word)
{
	struct schema_value candidates = *value;
	const char *nearest;
	if (!is_plain(reader, node, value))
		return false;
	for (*word = 0; schema_word(value, *word); ++*word)
		if (strcmp(node->text, schema_word(value, *word)) == 0)
			return true;
	schema_report_type(reader, node, value);
	nearest = text_nearest(node->text, next_choice, &candidates);
	if (nearest)
		report_hint(reader->report, _("did you mean '%s'?"), nearest);
	return false;
}

static void choice_read(struct schema_reader *reader, const struct tree_node *node,
			const struct schema_value *value, void *out)
{
	size_t word;
	if (find_word(reader, node, value, &word))
		*(struct source_count *)out = (struct source_count){word, node->mark};
}

const struct schema_type schema_type_choice = {.name = N_("a word out of a list"),
					       .read = choice_read};

static void kind_read(struct schema_reader *reader, const struct tree_node *node,
		      const struct schema_value *value, void *out)
{
	size_t word;
	if (find_word(reader, node, value, &word))
		*(struct source_text *)out = (struct source_text){node->text, node->mark};
}

const struct schema_type schema_type_kind = {.name = N_("a word out of a list"), .read = kind_read};

static void boolean_read(struct schema_reader *reader, const struct tree_node *node,
			 const struct schema_value *value, void *out)
{
	struct schema_value choices = *value;
	struct source_count choice = {0};
	bool *truth = out;
	choices.choices = truth_words;
	choice_read(reader, node, &choices, &choice);
	*truth = choice.mark.line > 0 && choice.value == 0;
}

const struct schema_type schema_type_boolean = {.name = N_("true or false"), .read = boolean_read};
