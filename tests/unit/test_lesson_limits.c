/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_limits.c -- both sides of every limit of a lesson file, and files that try to make
 * the reader slow. */
#include <string.h>
#include <time.h>

#include "backstep/base/text.h"
#include "backstep/lesson/lesson.h"
#include "backstep/text/yaml_tree.h"
#include "check.h"

#define HEAD "format: 1\nid: t\ntitle: {es: a, en: b}\ntext: {es: c, en: d}\n"
#define NETWORK "network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\n"
#define LOSS "loss: {kind: error}\n"
#define DATA "data: [{x: [1], target: [2]}]\n"
#define TRAINING "training: {optimizer: gd, rate: 1}\n"
#define END "...\n"

/* The status, and the first error's message (empty where there is none). */
static enum status read_status(const struct strbuf *text, char message[400])
{
	struct error_list errors = {0};
	struct lesson *lesson;
	enum status status;
	assert_false(text->failed);
	status = lesson_read_text("t.yaml", strbuf_str(text), text->len, &lesson, &errors);
	snprintf(message, 400, "%s", errors.n_items ? errors.items[0].message : "");
	assert_true(errors.n_items <= 101);
	lesson_free(lesson);
	error_list_free(&errors);
	return status;
}

static void assert_accepted(struct strbuf *text)
{
	char message[400];
	enum status status = read_status(text, message);
	assert_string_equal(message, "");
	assert_int_equal(status, STATUS_OK);
	strbuf_free(text);
}

static void assert_refused(struct strbuf *text, const char *wanted)
{
	char message[400];
	assert_int_equal(read_status(text, message), STATUS_BAD_INPUT);
	if (!strstr(message, wanted))
		fail_msg("got '%s', wanted '%s'", message, wanted);
	strbuf_free(text);
}

/* A good lesson of size bytes: a comment fills it up. */
static void lesson_of_size(struct strbuf *text, size_t size)
{
	strbuf_add(text, HEAD NETWORK LOSS DATA TRAINING "#");
	strbuf_repeat(text, "c", size - text->len - strlen("\n" END));
	strbuf_add(text, "\n" END);
	assert_int_equal(text->len, size);
}

static void bytes(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_size(&text, LESSON_MAX_BYTES);
	assert_accepted(&text);
	lesson_of_size(&text, LESSON_MAX_BYTES + 1);
	assert_refused(&text, "the file is larger than 1048576 bytes");
}

/* A value that is depth lists deep, in a map: depth + 1 in all. */
static void lesson_of_depth(struct strbuf *text, size_t depth)
{
	strbuf_add(text, "id: ");
	strbuf_repeat(text, "[", depth);
	strbuf_repeat(text, "]", depth);
	strbuf_add(text, "\n" END);
}

static void depth(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_depth(&text, TREE_MAX_DEPTH - 1);
	assert_refused(&text, "the key 'format' is missing");
	lesson_of_depth(&text, TREE_MAX_DEPTH);
	assert_refused(&text, "lists and maps are more than 16 deep");
}

/* n tries, 7 nodes each: a map with three keys and values. */
static void lesson_of_nodes(struct strbuf *text, size_t n, const char *more)
{
	strbuf_add(text, HEAD NETWORK LOSS DATA TRAINING "try:\n");
	for (size_t i = 0; i < n; i++)
		strbuf_add(text, "- {do: next, es: a, en: b}\n");
	strbuf_add(text, more);
	strbuf_add(text, END);
}

/* As many units as one likes, until the parameters become too many. */
static void lesson_of_units(struct strbuf *text, size_t n)
{
	strbuf_addf(text,
		    HEAD LOSS "training: {optimizer: gd, rate: 1}\n"
			      "data: [{x: [1], target: [2]}]\nnetwork:\n  inputs: [x]\n  layers:\n"
			      "    - {units: %zu, name: h, init: he-normal}\n"
			      "    - {units: [y], name: y, init: he-normal}\n" END,
		    n);
}

static void units(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_units(&text, 2000);
	assert_accepted(&text);
	/* one weight in and one out for each */
	lesson_of_units(&text, LESSON_MAX_PARAMS / 2 + 1);
	assert_refused(&text, "parameters, more than 1000000");
}

static void nodes(void **state)
{
	/* The root 1, format 2, id 2, title 6, text 6, network 15, loss 4, data 9, training 6, and
	 * the list of tries with its key 2. */
	enum { FIXED = 53, EACH = 7, N = (TREE_MAX_NODES - FIXED) / EACH };
	struct strbuf text = {0};

	(void)state;
	assert_int_equal(FIXED + N * EACH, TREE_MAX_NODES - 4);
	lesson_of_nodes(&text, N, "source: {author: a}\n");
	assert_accepted(&text);
	lesson_of_nodes(&text, N, "source: {}\ntrain: [w]\n");
	assert_refused(&text, "the lesson has more than 20000 keys and values");
}

/* Layers of one unit each. */
static void lesson_of_layers(struct strbuf *text, size_t n)
{
	strbuf_add(text, HEAD LOSS DATA TRAINING "network:\n  inputs: [x]\n  layers:\n");
	for (size_t i = 0; i < n; i++)
		strbuf_addf(text, "    - {units: [h%zu], weights: [[1]]}\n", i);
	strbuf_add(text, END);
}

static void layers(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_layers(&text, LESSON_MAX_LAYERS);
	assert_accepted(&text);
	lesson_of_layers(&text, LESSON_MAX_LAYERS + 1);
	assert_refused(&text, "the list is too long: 65 items, at most 64 are possible");
}

static void add_list(struct strbuf *text, size_t n, const char *prefix)
{
	strbuf_add(text, "[");
	for (size_t i = 0; i < n; i++)
		strbuf_addf(text, "%s%s%zu", i ? ", " : "", prefix, i);
	strbuf_add(text, "]");
}

static void lesson_of_width(struct strbuf *text, size_t n)
{
	strbuf_add(text, HEAD LOSS TRAINING "network:\n  inputs: ");
	add_list(text, n, "x");
	strbuf_add(text, "\n  layers: [{units: [y], weights: [");
	add_list(text, n, "0.");
	strbuf_add(text, "]}]\ndata: [{target: [1], x: ");
	add_list(text, n, "");
	strbuf_add(text, "}]\n" END);
}

static void width(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_width(&text, LESSON_MAX_WIDTH);
	assert_accepted(&text);
	lesson_of_width(&text, LESSON_MAX_WIDTH + 1);
	assert_refused(&text, "the list is too long: 1025 items, at most 1024 are possible");
}

static void lesson_of_name(struct strbuf *text, size_t len, size_t columns)
{
	strbuf_add(text, HEAD LOSS DATA TRAINING "network: {inputs: [x], layers: [{units: [");
	strbuf_repeat(text, "y", len);
	strbuf_add(text, "], symbols: [");
	strbuf_repeat(text, "ŷ", columns);
	strbuf_add(text, "], weights: [[w=1]]}]}\n" END);
}

static void names_and_symbols(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_name(&text, SCHEMA_MAX_NAME, SCHEMA_MAX_SYMBOL);
	assert_accepted(&text);
	lesson_of_name(&text, SCHEMA_MAX_NAME + 1, SCHEMA_MAX_SYMBOL);
	assert_refused(&text, "expected a name, found 'yyyyyyy");
	lesson_of_name(&text, SCHEMA_MAX_NAME, SCHEMA_MAX_SYMBOL + 1);
	assert_refused(&text, "the symbol is wider than 8 columns");
}

static void lesson_of_rate(struct strbuf *text, const char *rate)
{
	strbuf_addf(text, HEAD NETWORK LOSS DATA "training: {optimizer: gd, rate: %s}\n" END, rate);
}

static void lesson_of_delta(struct strbuf *text, const char *delta)
{
	strbuf_addf(text,
		    HEAD NETWORK LOSS DATA "training: {optimizer: gd, rate: 1, early_stopping: "
					   "{patience: 1, min_delta: %s}}\n" END,
		    delta);
}

static void numbers(void **state)
{
	struct strbuf text = {0};
	(void)state;
	lesson_of_delta(&text, "1.7976931348623157e308");
	assert_accepted(&text);
	lesson_of_delta(&text, "1.7976931348623159e308");
	assert_refused(&text, "the number '1.7976931348623159e308' is too large");
	lesson_of_rate(&text, "5e-324");
	assert_accepted(&text);
	lesson_of_rate(&text, "1e-400");
	assert_refused(&text, "expected a number above 0, found '1e-400'");
}

/* Files made to be slow to read: each is refused within a second of processor time. */
static void hostile(void **state)
{
	static const struct {
		const char *head, *part;
	} files[] = {
	    {"", "["},
	    {"", "{"},
	    {"", "- "},
	    {"", "? "},
	    {"", "a: {"},
	    {"", "&a "},
	    {"", "!"},
	    {"", "\""},
	    {"", "'"},
	    {"", "\n"},
	    {"", "# "},
	    {"", "a\n"},
	    {"", "- a\n"},
	    {"", "zz: 1\n"},
	    {"", "format: 1\n"},
	    {"train: [", "w1, "},
	    {"network: {layers: [{units: [y], weights: [[", "abcdefghijklmnopqrstuvwxyz12345,"},
	    {"id: \"", "\\e"},
	    {"text: {es: |\n", "  \xE2\x80\xAE\n"},
	    {"title: {es: \"e", "\xCC\x81"},
	    {"try:\n", "- {a: 1}\n"},
	};
	struct strbuf text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char message[400];
		clock_t start;

		strbuf_add(&text, files[i].head);
		while (text.len + strlen(files[i].part) <= LESSON_MAX_BYTES)
			strbuf_add(&text, files[i].part);
		start = clock();
		assert_int_equal(read_status(&text, message), STATUS_BAD_INPUT);
		if (clock() - start > 5 * CLOCKS_PER_SEC)
			fail_msg("'%s%s' takes %g s", files[i].head, files[i].part,
				 (double)(clock() - start) / CLOCKS_PER_SEC);
		strbuf_clear(&text);
	}
	strbuf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bytes),
	    cmocka_unit_test(depth),
	    cmocka_unit_test(nodes),
	    cmocka_unit_test(layers),
	    cmocka_unit_test(units),
	    cmocka_unit_test(width),
	    cmocka_unit_test(names_and_symbols),
	    cmocka_unit_test(numbers),
	    cmocka_unit_test(hostile),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
