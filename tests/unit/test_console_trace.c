/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_console_trace.c -- `backstep trace`: the machine-readable steps are JSON with the fields
 * that are promised, hold the numbers of the worked example, and stream. */
#include "program.h"
#include "temporary.h"

#include <ctype.h>

/* One member of an object: raw is the value as it stands in the line. */
struct member {
	char key[16];
	char raw[4096];
	char type; /* s string, n number, 0 null */
};

struct object {
	struct member members[16];
	size_t n_members;
};

/* A reader of flat JSON objects, strict enough to refuse what is none. Each part moves *at after
 * what it read, and returns whether that was well formed. */
static bool json_string(const char **at, char *into, size_t size)
{
	size_t n = 0;
	if (*(*at)++ != '"')
		return false;
	for (; **at != '"'; ++*at) {
		if (!**at || (unsigned char)**at < 0x20 || n + 2 > size)
			return false;
		if (**at == '\\') {
			++*at;
			if (!strchr("\"\\/bfnrt", **at) || !**at)
				return false;
		}
		into[n++] = **at;
	}
	into[n] = '\0';
	++*at;
	return true;
}

static bool json_digits(const char **at)
{
	const char *start = *at;
	while (isdigit((unsigned char)**at))
		++*at;
	return *at > start;
}

static bool json_number(const char **at, char *into, size_t size)
{
	const char *start = *at;
	*at += **at == '-';
	bool zero = **at == '0', good;
	const char *digits = *at;
	good = json_digits(at) && !(zero && *at - digits > 1);
	if (**at == '.') {
		++*at;
		good = good && json_digits(at);
	}
	if (**at == 'e' || **at == 'E') {
		++*at;
		*at += **at == '-' || **at == '+';
		good = good && json_digits(at);
	}
	snprintf(into, size, "%.*s", (int)(*at - start), start);
	return good;
}

static bool json_member(const char **at, struct member *member)
{
	if (!json_string(at, member->key, sizeof member->key) || *(*at)++ != ':')
		return false;
	if (**at == '"') {
		member->type = 's';
		return json_string(at, member->raw, sizeof member->raw);
	}
	if (strncmp(*at, "null", 4) == 0) {
		*at += 4;
		return true;
	}
	member->type = 'n';
	return json_number(at, member->raw, sizeof member->raw);
}

static bool json_object(const char *line, struct object *object)
{
	const char *at = line;
	memset(object, 0, sizeof *object);
	if (*at++ != '{')
		return false;
	do {
		if (object->n_members == 16 ||
		    !json_member(&at, &object->members[object->n_members++]))
			return false;
	} while (*at++ == ',');
	return at[-1] == '}' && *at == '\0';
}

static const struct member *find(const struct object *object, const char *key)
{
	const struct member *found = NULL;
	for (size_t i = 0; i < object->n_members; i++) {
		if (strcmp(object->members[i].key, key) != 0)
			continue;
		assert_null(found); /* no key twice */
		found = &object->members[i];
	}
	return found;
}

static const char *text_of(const struct object *object, const char *key)
{
	const struct member *member = find(object, key);
	return member && member->type == 's' ? member->raw : "";
}

static double number_of(const struct object *object, const char *key)
{
	const struct member *member = find(object, key);
	return member && member->type == 'n' ? strtod(member->raw, NULL) : NAN;
}

/* Which fields a kind has, beside those that all have: name, param, path, of, wrt. */
static const struct {
	const char *kind;
	const char *fields;
} kinds[] = {
    {"value", "name"},        {"factor", "param path of wrt"}, {"product", "param path of wrt"},
    {"delta", "name of wrt"}, {"gradient", "param of wrt"},    {"slot", "name param"},
    {"weight", "param"},
};

static void check_fields(const struct object *object, const char *line)
{
	static const char *const optional[] = {"name", "param", "path", "of", "wrt"};
	static const char *const always[] = {"step", "update", "example", "phase",
					     "kind", "value",  "text"};
	const char *kind = text_of(object, "kind"), *fields = NULL;
	size_t n = 0;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			fields = kinds[i].fields;
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		n += find(object, always[i]) != NULL;
	if (!fields || n != sizeof always / sizeof *always)
		fail_msg("a field is missing: %s", line);
	for (size_t i = 0; i < sizeof optional / sizeof *optional; i++) {
		bool wanted = strstr(fields, optional[i]) != NULL;
		n += wanted;
		if ((find(object, optional[i]) != NULL) != wanted)
			fail_msg("field %s of a %s: %s", optional[i], kind, line);
	}
	/* what a lecture prints has its verdict */
	if (find(object, "printed")) {
		const char *verdict = text_of(object, "verdict");
		assert_true(strcmp(verdict, "exact") == 0 || strcmp(verdict, "carried") == 0 ||
			    strcmp(verdict, "differs") == 0);
		n += 2;
	}
	n += find(object, "by_hand") != NULL;
	/* and no other */
	if (object->n_members != n)
		fail_msg("%zu fields instead of %zu: %s", object->n_members, n, line);
}

static bool is_ascii_name(const char *name)
{
	size_t len = strlen(name);
	return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") ==
	       len;
}

static void check_line(const struct object *object, const char *line, size_t number)
{
	static const char *const phases[] = {"forward", "loss", "backward", "update"};
	const char *phase = text_of(object, "phase");
	bool known = false;
	check_fields(object, line);
	for (size_t i = 0; i < 4; i++)
		known = known || strcmp(phases[i], phase) == 0;
	assert_true(known);
	assert_true(number_of(object, "step") >= (double)number);
	assert_true(number_of(object, "update") >= 1);
	assert_true(isfinite(number_of(object, "value")));
	assert_true(is_ascii_name(text_of(object, "name")));
	assert_true(is_ascii_name(text_of(object, "param")));
	assert_true(is_ascii_name(text_of(object, "of")));
	assert_true(is_ascii_name(text_of(object, "wrt")));
	assert_true(strlen(text_of(object, "text")) > 0);
}

/* Calls visit with every line of output, which must all be objects. Returns how many. */
static size_t each_object(const struct program *program,
			  void (*visit)(const struct object *object, void *ctx), void *ctx)
{
	static struct object object;
	size_t n = 0;
	char *copy = strdup(program_out(program)), *rest = copy, *line;
	assert_non_null(copy);
	while ((line = strsep(&rest, "\n")) && *line) {
		if (!json_object(line, &object))
			fail_msg("not an object: %s", line);
		check_line(&object, line, ++n);
		if (visit)
			visit(&object, ctx);
	}
	free(copy);
	return n;
}

/* The tests' own reader refuses what is no JSON. */
static void the_reader_is_strict(void **state)
{
	static const char *const bad[] = {
	    "",
	    "{",
	    "{}",
	    "{\"a\":1",
	    "{\"a\":1,}",
	    "{\"a\":01}",
	    "{\"a\":.5}",
	    "{\"a\":1.}",
	    "{\"a\":nan}",
	    "{\"a\":+1}",
	    "{\"a\":\"\t\"}",
	    "{\"a\":\"\\x\"}",
	    "{\"a\":\"}",
	    "{\"a\":00}",
	    "{a:1}",
	    "{\"a\":1}}",
	    "{\"a\":1} ",
	    "[1]",
	    "{\"a\":0x1}",
	    "{\"a\":1e}",
	};
	static struct object object;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (json_object(bad[i], &object))
			fail_msg("taken for JSON: %s", bad[i]);
	assert_true(json_object("{\"a\":-0.5e-7,\"b\":\"x\\\"y\",\"c\":null,\"d\":0}", &object));
	assert_int_equal(object.n_members, 4);
	assert_string_equal(text_of(&object, "b"), "x\"y");
}

/* Numbers by hand, from the network of the lecture: x = .1 .5, w1..w8 = .1 .. .8, B = .25 .35. */
static const struct {
	const char *kind, *name, *param, *of, *wrt;
	int path;
	double value;
} known[] = {
    {"value", "sum_n1", "", "", "", 0, 0.41},
    {"value", "n1", "", "", "", 0, 0.60108787884836978},
    {"value", "sum_n2", "", "", "", 0, 0.47},
    {"value", "y1", "", "", "", 0, 0.73492861271701411},
    {"value", "E1", "", "", "", 0, 0.23456360225922676},
    {"value", "E", "", "", "", 0, 0.24908954146037615},
    {"factor", "", "w5", "E1", "y1", 1, 0.68492861271701411},
    {"factor", "", "w5", "y1", "sum_y1", 1, 0.19480854692685917},
    {"factor", "", "w5", "sum_y1", "w5", 1, 0.60108787884836978},
    {"product", "", "w5", "E1", "w5", 1, 0.080203124293160635},
    {"gradient", "", "w5", "E", "w5", 0, 0.080203124293160635},
    {"product", "", "w1", "E1", "w1", 1, 0.0015996999217386275},
    {"product", "", "w1", "E2", "w1", 2, -0.00049164196175726277},
    {"gradient", "", "w1", "E", "w1", 0, 0.0011080579599813647},
    {"gradient", "", "B1", "E", "B1", 0, 0.0244830},
    {"gradient", "", "B2", "E", "B2", 0, 0.1041388},
    {"weight", "", "w5", "", "", 0, 0.45187812542410362},
    {"weight", "", "B2", "", "", 0, 0.2875167},
};

struct found {
	size_t n[sizeof known / sizeof *known];
	size_t per_phase[4];
	double last_step;
};

static void look_up(const struct object *object, void *ctx)
{
	struct found *found = ctx;
	int path = find(object, "path") ? (int)number_of(object, "path") : 0;
	assert_true(number_of(object, "step") == found->last_step + 1);
	found->last_step++;
	assert_true(number_of(object, "example") == 1);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (strcmp(known[i].kind, text_of(object, "kind")) != 0 || known[i].path != path ||
		    strcmp(known[i].name, text_of(object, "name")) != 0 ||
		    strcmp(known[i].param, text_of(object, "param")) != 0 ||
		    strcmp(known[i].of, text_of(object, "of")) != 0 ||
		    strcmp(known[i].wrt, text_of(object, "wrt")) != 0)
			continue;
		found->n[i]++;
		assert_near(number_of(object, "value"), known[i].value, 5e-8);
	}
}

static void the_worked_example_has_its_numbers(void **state)
{
	struct program program = program_args("trace --format jsonl sigmoid-2-2-2");
	struct found found = {0};
	(void)state;
	assert_program(&program, 0, NULL, "");
	assert_int_equal(each_object(&program, look_up, &found), 127);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (found.n[i] != 1)
			fail_msg("%s %s%s %s/%s stands there %zu times", known[i].kind,
				 known[i].name, known[i].param, known[i].of, known[i].wrt,
				 found.n[i]);
	/* the line that the manual shows, to the byte */
	assert_program(&program, 0,
		       "{\"step\":13,\"update\":1,\"example\":1,\"phase\":\"backward\","
		       "\"kind\":\"factor\",\"param\":\"w5\",\"path\":1,\"of\":\"y1\","
		       "\"wrt\":\"sum_y1\",\"value\":0.19480854692685917,"
		       "\"text\":\"∂ŷ₁/∂sum_ŷ₁ = ŷ₁ (1 − ŷ₁) = "
		       "0.734929 · (1 − 0.734929) = "
		       "0.194809\",\"printed\":\"0.19480\",\"verdict\":\"exact\"}\n",
		       "");
	program_free(&program);
}

/* 17 significant digits read back as the same double. */
static void values_read_back_exactly(void **state)
{
	struct program program = program_args("trace --format jsonl --updates 3 sigmoid-2-2-2");
	const char *at = program_out(&program);
	size_t n = 0;
	(void)state;
	while ((at = strstr(at, "\"value\":"))) {
		char text[64];
		at += strlen("\"value\":");
		snprintf(text, sizeof text, "%.17g", strtod(at, NULL));
		assert_int_equal(strncmp(at, text, strlen(text)), 0);
		assert_int_equal(at[strlen(text)], ',');
		n++;
	}
	assert_int_equal(n, 3 * 127);
	program_free(&program);
}

static void every_lesson_can_be_read_by_machines(void **state)
{
	static const char *const rows[] = {
	    "or-perceptron",
	    "sigmoid-2-2-2",
	    "xor-relu",
	    "xor-relu-learn",
	    "--chain deltas sigmoid-2-2-2",
	    "--chain deltas xor-relu",
	    "--chain paths xor-relu-learn",
	    "--updates 9 or-perceptron",
	    "--updates 3 --chain deltas xor-relu-learn",
	};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char args[128];
		struct program program;
		snprintf(args, sizeof args, "trace --format jsonl %s", rows[i]);
		program = program_args(args);
		assert_program(&program, 0, NULL, "");
		assert_true(each_object(&program, NULL, NULL) > 5);
		program_free(&program);
	}
}

struct updates {
	double last;
	size_t n_deltas, n_factors;
};

static void count_updates(const struct object *object, void *ctx)
{
	struct updates *updates = ctx;
	double update = number_of(object, "update");
	assert_true(update == updates->last || update == updates->last + 1);
	updates->last = update;
	updates->n_deltas += strcmp(text_of(object, "kind"), "delta") == 0;
	updates->n_factors += strcmp(text_of(object, "kind"), "factor") == 0;
}

static void updates_are_counted(void **state)
{
	struct program program = program_args("trace --format jsonl --updates 5 sigmoid-2-2-2");
	struct updates updates = {0};
	(void)state;
	assert_int_equal(each_object(&program, count_updates, &updates), 5 * 127);
	assert_true(updates.last == 5);
	assert_int_equal(updates.n_deltas, 0);
	program_free(&program);
}

static void deltas_replace_factors(void **state)
{
	struct program program = program_args("trace --format jsonl --chain deltas sigmoid-2-2-2");
	struct updates updates = {0};
	(void)state;
	/* 8 units forward, 3 losses, 8 deltas, 10 gradients, 10 weights */
	assert_int_equal(each_object(&program, count_updates, &updates), 39);
	assert_int_equal(updates.n_deltas, 8);
	assert_int_equal(updates.n_factors, 0);
	program_free(&program);
	assert_run("trace --chain deltas sigmoid-2-2-2", 0, "delta", "");
}

/* As text it is what the console shows of the same steps. */
static void text_is_what_the_console_shows(void **state)
{
	struct program trace = program_args("trace sigmoid-2-2-2"), script;
	size_t lines = count_lines(program_out(&trace));
	(void)state;
	assert_program(&trace, 0, "[13] backward · w5 · factor 2 of 3\n", "");
	assert_program(&trace, 0, "[128] update · commit\n", "");
	script = program_run(&(struct program_options){
	    .args = "run -", .input = "lesson sigmoid-2-2-2\nnext 128\n"});
	/* every line of the trace, with the lesson's notes between them */
	char *copy = strdup(program_out(&trace)), *rest = copy, *line;
	const char *at = program_out(&script);
	for (; lines > 0; lines--) {
		line = strsep(&rest, "\n");
		at = strstr(at, line);
		assert_non_null(at);
		at += strlen(line);
	}
	free(copy);
	program_free(&trace);
	program_free(&script);
}

/* y = 2 * 3 + 1 = 7 is printed as 8, and from that E = (5 - 8)^2 / 2 = 4.5; it is 2. By hand
 * without decimals 7 and 2 stay what they are. */
static void what_is_printed_and_by_hand_have_fields(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct strbuf text = {0};
	struct program program;
	(void)state;
	strbuf_addf(
	    &text,
	    "%sfigures:\n  - {of: y, printed: \"8\", verdict: differs, es: \"e\", en: \"e\"}\n"
	    "  - {of: E, printed: \"4.5\", verdict: carried}\nrounding: {digits: 0}\n",
	    lesson_line);
	temporary_lesson(path, strbuf_str(&text));
	snprintf(args, sizeof args, "trace --format jsonl %s", path);
	program = program_args(args);
	assert_program(&program, 0, ",\"printed\":\"8\",\"verdict\":\"differs\",\"by_hand\":7}\n",
		       "");
	assert_program(&program, 0, ",\"printed\":\"4.5\",\"verdict\":\"carried\",\"by_hand\":2}\n",
		       "");
	each_object(&program, NULL, NULL);
	program_free(&program);
	strbuf_free(&text);
}

/* y = w x + b with dE/dw = 6: v = 0.9 * 0 - 0.5 * 6, w' = 2 + v. */
static void slots_have_lines(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct program program;
	(void)state;
	temporary_lesson(
	    path, "network: {inputs: [x], layers: [{units: [y], weights: [[w=2]], bias: b=1}]}\n"
		  "loss: {kind: half-squared-error, total: E}\n"
		  "data: [{x: [3], target: [5]}]\ntrain: [w]\n"
		  "training: {optimizer: momentum, rate: 0.5}\n");
	snprintf(args, sizeof args, "trace --format jsonl --updates 2 %s", path);
	program = program_args(args);
	assert_program(&program, 0,
		       "\"kind\":\"slot\",\"name\":\"v\",\"param\":\"w\",\"value\":-3,", "");
	assert_program(&program, 0, "\"kind\":\"weight\",\"param\":\"w\",\"value\":-1,", "");
	each_object(&program, NULL, NULL);
	program_free(&program);
}

static void overflow_ends_the_trace_at_the_guilty_step(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	struct program program;
	(void)state;
	temporary_lesson(path, lesson_overflow);
	snprintf(args, sizeof args, "trace --format jsonl %s", path);
	program = program_args(args);
	assert_program(&program, 1, "\"name\":\"E\",\"value\":null,", "step 2 is infinite");
	assert_int_equal(count_lines(program_out(&program)), 2);
	program_free(&program);
	snprintf(args, sizeof args, "trace %s", path);
	assert_run(args, 1, "(not a finite number)", "step 2 is infinite: the walk stops here");
}

/* Each row has its number; what is about all of them together has none. */
static void rows_are_told_apart(void **state)
{
	struct program program = program_args("trace --format jsonl xor-relu");
	(void)state;
	assert_program(&program, 0,
		       "\"example\":4,\"phase\":\"loss\",\"kind\":\"value\",\"name\":\"E\"", "");
	assert_program(&program, 0,
		       "\"example\":null,\"phase\":\"loss\",\"kind\":\"value\",\"name\":\"J\"", "");
	assert_program(&program, 0, "\"kind\":\"gradient\",\"param\":\"c2\",\"of\":\"J\"", "");
	program_free(&program);
	assert_run("trace --format jsonl --updates 2 or-perceptron", 0, "\"example\":2", "");
}

static void a_bad_lesson_is_not_traced(void **state)
{
	char path[TEMPORARY_PATH], args[2 * TEMPORARY_PATH];
	(void)state;
	temporary_lesson(path, "network: {inputs: [x], layers: []}\n");
	snprintf(args, sizeof args, "trace %s", path);
	assert_run(args, 2, "", ":5:");
	assert_run(args, 2, "", "the key 'loss' is missing");
	assert_run(args, 2, "", "the key 'training' is missing");
	unlink(path);
	temporary_deep_lesson(path);
	snprintf(args, sizeof args, "trace --chain paths %s", path);
	assert_run(args, 2, "", "paths");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_reader_is_strict),
	    cmocka_unit_test(the_worked_example_has_its_numbers),
	    cmocka_unit_test(values_read_back_exactly),
	    cmocka_unit_test(every_lesson_can_be_read_by_machines),
	    cmocka_unit_test(updates_are_counted),
	    cmocka_unit_test(deltas_replace_factors),
	    cmocka_unit_test(text_is_what_the_console_shows),
	    cmocka_unit_test(slots_have_lines),
	    cmocka_unit_test(what_is_printed_and_by_hand_have_fields),
	    cmocka_unit_test(overflow_ends_the_trace_at_the_guilty_step),
	    cmocka_unit_test(rows_are_told_apart),
	    cmocka_unit_test(a_bad_lesson_is_not_traced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
