/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_lesson_rows.c -- data sets as lessons describe them: where rows come from, what the outputs
 * are told, splits, scales and seeds; and networks that are only counted. */
#include "temporary.h"

#include "backstep/base/text.h"
#include "backstep/build/lesson_build.h"
#include "backstep/build/lesson_describe.h"

/* A lesson read and built. Owns: both. */
struct built {
	struct lesson *lesson;
	struct lesson_model model;
};

static enum status try_build(const char *text, const uint64_t *seed, struct built *built,
			     struct error_list *errors)
{
	char path[TEMPORARY_PATH];
	temporary_lesson(path, text);
	enum status status = lesson_read_file(path, &built->lesson, errors);
	if (!status && seed)
		assert_int_equal(lesson_set_seed(built->lesson, *seed, NULL), STATUS_OK);
	if (!status) {
		status = lesson_build(built->lesson, &built->model, errors);
		if (status)
			lesson_free(built->lesson);
	}
	return status;
}

static struct built build_seeded(const char *text, const uint64_t *seed)
{
	struct error_list errors = {0};
	struct built built;
	enum status status = try_build(text, seed, &built, &errors);
	for (size_t i = 0; i < errors.n_items; i++)
		print_error("%zu:%zu: %s\n", errors.items[i].line, errors.items[i].column,
			    errors.items[i].message);
	assert_int_equal(status, STATUS_OK);
	error_list_free(&errors);
	return built;
}

static struct built build(const char *text)
{
	return build_seeded(text, NULL);
}

static void end(struct built *built)
{
	lesson_model_free(&built->model);
	lesson_free(built->lesson);
}

#define NETWORK(inputs, outputs)                                                \
	"network: {inputs: " inputs ", layers: [{units: " outputs ", name: y, " \
	"init: he-normal, bias: zero}]}\nloss: {kind: half-squared-error}\n"
#define TRAINING "training: {optimizer: gd, rate: 0.1}\n"

/* Writes a file beside the lessons, which name it. */
static const char *data_of(char line[200], const char *csv, char path[TEMPORARY_PATH],
			   const char *keys)
{
	temporary_write(path, ".csv", csv);
	snprintf(line, 200, "data: {file: \"%s\"%s}\n", strrchr(path, '/') + 1, keys);
	return line;
}

static struct built build_csv(const char *network, const char *csv, const char *keys,
			      const char *more)
{
	char path[TEMPORARY_PATH], line[200], text[1000];
	data_of(line, csv, path, keys);
	snprintf(text, sizeof text, "%s%s%s" TRAINING, network, line, more);
	struct built built = build(text);
	return built;
}

/* Columns by name in another order than the file's; the target is a number. */
static void test_columns(void **state)
{
	static const double x[] = {0.5, -1, 7, 1e3}, t[] = {0.25, 4};
	(void)state;
	struct built b = build_csv(NETWORK("2", "1"), "a,b,c,d\n-1,x,0.5,0.25\n1e3,y,7,4\n",
				   ", header: true, inputs: [c, 1], target: d", "");
	assert_int_equal(b.model.data.n_rows, 2);
	assert_memory_equal(b.model.data.x, x, sizeof x);
	assert_memory_equal(b.model.data.t, t, sizeof t);
	assert_int_equal(b.model.batch, 2);
	end(&b);
	/* all but the last by default; two targets */
	b = build_csv(NETWORK("1", "2"), "1;2;3\n4;5;6\n", ", separator: \";\", target: [3, 1]",
		      "");
	assert_same_bits(b.model.data.x[1], 5);
	assert_same_bits(b.model.data.t[2], 6);
	assert_same_bits(b.model.data.t[3], 4);
	end(&b);
	b = build_csv(NETWORK("1", "1"), "1,2\n3,4\n5,6\n", ", rows: 2", "");
	assert_int_equal(b.model.data.n_rows, 2);
	end(&b);
}

/* Columns that have the inputs' names reach them by name, wherever they stand; others are left out
 * unless they are asked for. */
static void test_columns_by_name(void **state)
{
	static const char *const files[][2] = {
	    {"b,a,y\n1,2,3\n", ""},
	    {"id,b,note,a,y\n7,1,none,2,3\n", ""},
	    {"y,b,a\n3,1,2\n", ", target: y"},
	    {"b,a,y\n1,2,3\n", ", inputs: [b, a]"},
	    {" b\t, a ,y\n1,2,3\n", ""},
	    {"B,A,y\n1,2,3\n", ""},
	    {"B,A,a,y\n1,7,2,3\n", ""},
	    {"sep=;\nb;a;y\n1;2;3\n", ""},
	    {"b, a,y \n 1 ,\t2 , \"3\" \n", ""},
	};
	(void)state;
	for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
		char keys[60];
		snprintf(keys, sizeof keys, ", header: true%s", files[k][1]);
		struct built b = build_csv(NETWORK("[a, b]", "1"), files[k][0], keys, "");
		assert_same_bits(b.model.data.x[0], 2);
		assert_same_bits(b.model.data.x[1], 1);
		assert_same_bits(b.model.data.t[0], 3);
		assert_int_equal(strcasecmp(b.model.rows.columns[0], "a"), 0);
		end(&b);
	}
	/* words too: alone, or after their column */
	for (size_t k = 0; k < 2; k++) {
		struct built b =
		    build_csv(k ? NETWORK("[kind_b, kind_a]", "2") : NETWORK("[b, a]", "2"),
			      "kind,y\nb,4\na,3\n", ", header: true, one_hot: true", "");
		assert_same_bits(b.model.data.x[0], 1);
		assert_same_bits(b.model.data.x[1], 0);
		assert_string_equal(b.model.rows.columns[0], "kind=b");
		end(&b);
	}
	/* of other names, by position; and where others than the names are asked for */
	struct built b = build_csv(NETWORK("[p, q]", "1"), "b,a,y\n1,2,3\n", ", header: true", "");
	assert_same_bits(b.model.data.x[0], 1);
	assert_string_equal(b.model.rows.columns[0], "b");
	end(&b);
}

/* Classes and target columns go to the outputs that are called like them, not to those at their
 * place in the alphabet or in the list. */
static void test_outputs_meet_by_name(void **state)
{
	static const char csv[] = "1,lily\n2,rose\n";
	static const char listed[] = ", one_hot: true, classes: [lily, rose]";
	struct error_list errors = {0};
	struct built refused;
	(void)state;
	struct built b = build_csv(NETWORK("1", "[Rose, lily]"), csv, ", one_hot: true", "");
	assert_memory_equal(b.model.data.t, ((double[]){0, 1, 1, 0}), 4 * sizeof(double));
	assert_string_equal(b.model.rows.classes[0], "rose");
	end(&b);
	/* a single output is 1 for the class that it is called after */
	b = build_csv(NETWORK("1", "[lily]"), csv, ", one_hot: true", "");
	assert_memory_equal(b.model.data.t, ((double[]){1, 0}), 2 * sizeof(double));
	end(&b);
	b = build_csv(NETWORK("[a]", "[p, q]"), "q,a,p\n5,1,6\n", ", header: true, target: [q, p]",
		      "");
	assert_memory_equal(b.model.data.t, ((double[]){6, 5}), 2 * sizeof(double));
	end(&b);
	/* neither of them: as listed */
	b = build_csv(NETWORK("1", "[u, v]"), csv, listed, "");
	assert_same_bits(b.model.data.t[0], 1);
	end(&b);
	/* some of them, or against the list */
	static const char *const outputs[] = {NETWORK("1", "[rose, other]"),
					      NETWORK("1", "[rose, lily]")};
	for (size_t k = 0; k < 2; k++) {
		char path[TEMPORARY_PATH], line[200], text[1000];
		data_of(line, csv, path, k ? listed : ", one_hot: true");
		snprintf(text, sizeof text, "%s%s" TRAINING, outputs[k], line);
		assert_int_equal(try_build(text, NULL, &refused, &errors), STATUS_BAD_INPUT);
		assert_non_null(strstr(errors.items[0].message,
				       "'rose' has the name of a class, but would get the class "
				       "'lily'"));
		error_list_free(&errors);
		unlink(path);
	}
}

/* What programs and people write: a comma as the point, blanks, a line sep=;, marks of what is
 * missing. */
static void test_files_as_they_come(void **state)
{
	static const struct {
		const char *csv, *keys;
		size_t n_rows;
		double x[4];
	} files[] = {
	    {"sep=;\r\n a ;y\r\n1;5\r\n2;6\r\n", ", header: true, target: y", 2, {1, 2}},
	    {"1,5;0\n-2e1;1\n", ", separator: \";\", decimal: \",\"", 2, {1.5, -20}},
	    {" 1   0\n\t2 \t1 \n", ", separator: \" \"", 2, {1, 2}},
	    {"1^0\n2^1\n", ", separator: \"^\"", 2, {1, 2}},
	    {"1,0\n?,1\n,0\n3,NA\n4,1\n", ", missing: drop", 2, {1, 4}},
	    {"1,0\n?,1\n,0\n5,1\n", ", missing: mean", 4, {1, 3, 3, 5}},
	    {"255,0\n51,1\n", ", scale: 255", 2, {1, 0.2}},
	};
	(void)state;
	for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
		struct built b = build_csv(NETWORK("1", "1"), files[k].csv, files[k].keys, "");
		assert_int_equal(b.model.data.n_rows, files[k].n_rows);
		for (size_t row = 0; row < files[k].n_rows; row++)
			assert_same_bits(b.model.data.x[row], files[k].x[row]);
		end(&b);
	}
}

static void test_columns_are_told(void **state)
{
	static const char csv[] = "weather,wind,play\nsun,3,yes\nrain,4,no\n";
	struct strbuf told = {0};
	struct built b = build_csv(NETWORK("3", "2"), csv, ", header: true, one_hot: true", "");
	(void)state;
	lesson_describe(b.lesson, &b.model.rows, &told);
	assert_non_null(strstr(strbuf_str(&told), "inputs and their columns: x1: weather=rain, "
						  "x2: weather=sun, x3: wind\n"));
	strbuf_free(&told);
	end(&b);
}

/* Words become inputs: sorted, each with its own; so do classes, in the order asked for. */
static void test_one_hot(void **state)
{
	static const double x[] = {0, 1, 3, 1, 0, 4}, t[] = {0, 1, 1, 0};
	static const char csv[] = "weather,wind,play\nsun,3,yes\nrain,4,no\n";
	(void)state;
	struct built b = build_csv(NETWORK("3", "2"), csv, ", header: true, one_hot: true", "");
	assert_memory_equal(b.model.data.x, x, sizeof x);
	assert_memory_equal(b.model.data.t, t, sizeof t); /* no before yes */
	assert_string_equal(b.model.rows.classes[1], "yes");
	end(&b);
	b = build_csv(NETWORK("3", "2"), csv, ", header: true, one_hot: true, classes: [yes, no]",
		      "");
	assert_same_bits(b.model.data.t[0], 1);
	end(&b);
	b = build_csv(NETWORK("3", "1"), csv, ", header: true, one_hot: true, labels: [-1, 1]", "");
	assert_same_bits(b.model.data.t[0], 1);
	assert_same_bits(b.model.data.t[1], -1);
	end(&b);
	/* numbers as classes go by size, not by their letters; and without one_hot by themselves */
	b = build_csv(NETWORK("1", "3"), "0,10\n0,9\n0,-1\n", ", one_hot: true", "");
	assert_string_equal(b.model.rows.classes[2], "10");
	end(&b);
	b = build_csv(NETWORK("1", "3"), "0,2\n0,0\n", "", "");
	assert_same_bits(b.model.data.t[2], 1);
	assert_same_bits(b.model.data.t[3], 1);
	end(&b);
}

/* 1, 2, 3, 6 has mean 3 and deviation sqrt(3.5); the column of twos is only moved. */
static void test_scales(void **state)
{
	static const char csv[] = "1,2,0\n2,2,0\n3,2,0\n6,2,0\n";
	(void)state;
	struct built b = build_csv(NETWORK("2", "1"), csv, ", standardise: true", "");
	assert_int_equal(b.model.rows.n_scales, 2);
	assert_same_bits(b.model.rows.scales[0].from, 3);
	assert_same_bits(b.model.rows.scales[0].by, sqrt(3.5));
	assert_near(b.model.data.x[0], -2 / sqrt(3.5), 1e-15);
	assert_same_bits(b.model.data.x[1], 0);
	end(&b);
	b = build_csv(NETWORK("2", "1"), csv, ", min_max: true", "");
	assert_same_bits(b.model.data.x[0], 0);
	assert_same_bits(b.model.data.x[4], 0.4);
	assert_same_bits(b.model.data.x[6], 1);
	end(&b);
	/* categories are not scaled */
	b = build_csv(NETWORK("3", "1"), "a,1,0\nb,3,1\n", ", one_hot: true, standardise: true",
		      "");
	assert_int_equal(b.model.rows.n_scales, 1);
	assert_same_bits(b.model.data.x[0], 1);
	assert_same_bits(b.model.data.x[2], -1);
	end(&b);
}

/* Of 20 rows 14, 3 and 3, each exactly once; what scales them comes from the first 14 alone. */
static void test_split(void **state)
{
	struct strbuf csv = {0};
	bool seen[20] = {false};
	double mean = 0.0;
	(void)state;
	for (int k = 0; k < 20; k++)
		strbuf_addf(&csv, "%d,%d\n", k, 100 + k);
	struct built b = build_csv(NETWORK("1", "1"), strbuf_str(&csv), "",
				   "split: {train: 0.7, validation: 0.15, test: 0.15}\n");
	struct dataset *data = &b.model.data;
	assert_int_equal(data->n_rows, 14);
	assert_int_equal(data->n_validation, 3);
	assert_int_equal(data->n_test, 3);
	for (int k = 0; k < 20; k++) {
		assert_same_bits(data->t[k], data->x[k] + 100);
		assert_false(seen[(int)data->x[k]]);
		seen[(int)data->x[k]] = true;
		mean += k < 14 ? data->x[k] / 14 : 0.0;
	}
	end(&b);
	b = build_csv(NETWORK("1", "1"), strbuf_str(&csv), ", standardise: true",
		      "split: {train: 0.7, validation: 0.15, test: 0.15}\n");
	assert_near(b.model.rows.scales[0].from, mean, 1e-14);
	end(&b);
	strbuf_free(&csv);
}

static const char first_file[] = "1,b\n1,a\n1,b\n1,a\n";

/* Refused with a second file of these rows. */
static void assert_tested_refused(const char *tested, const char *more, const char *wanted)
{
	char path[TEMPORARY_PATH], first[TEMPORARY_PATH], line[200], keys[100], text[1000];
	struct error_list errors = {0};
	struct built built;
	temporary_write(path, ".csv", tested);
	snprintf(keys, sizeof keys, ", one_hot: true, test_file: \"%s\"", strrchr(path, '/') + 1);
	data_of(line, first_file, first, keys);
	snprintf(text, sizeof text, NETWORK("1", "2") "%s%s" TRAINING, line, more);
	assert_int_equal(try_build(text, NULL, &built, &errors), STATUS_BAD_INPUT);
	assert_int_equal(errors.n_items, 1);
	assert_non_null(strstr(errors.items[0].message, wanted));
	error_list_free(&errors);
}

/* Rows to test with out of a file of their own: with the classes and the scale of the first, and
 * none of the others among them, however these are drawn. */
static void test_file_to_test_with(void **state)
{
	static const double x[] = {3, 5}, t[] = {0, 1, 1, 0};
	char path[TEMPORARY_PATH], keys[100];
	(void)state;
	temporary_write(path, ".csv", "6,b\n10,a\n");
	snprintf(keys, sizeof keys, ", one_hot: true, scale: 2, test_file: \"%s\"",
		 strrchr(path, '/') + 1);
	struct built b = build_csv(NETWORK("1", "2"), first_file, keys,
				   "split: {train: 0.5, validation: 0.5}\n");
	assert_int_equal(b.model.data.n_rows, 2);
	assert_int_equal(b.model.data.n_validation, 2);
	assert_int_equal(b.model.data.n_test, 2);
	assert_memory_equal(b.model.data.x + 4, x, sizeof x);
	assert_memory_equal(b.model.data.t + 8, t, sizeof t);
	end(&b);
	b = build_csv(NETWORK("1", "2"), first_file, keys, "");
	assert_int_equal(b.model.data.n_rows, 4);
	assert_int_equal(b.model.data.n_test, 2);
	end(&b);
	unlink(path);
	assert_tested_refused("6,c\n", "", "'c'");
	assert_tested_refused("6,7,a\n", "", "makes other inputs");
	assert_tested_refused("x,a\n", "", "makes other inputs");
	assert_tested_refused("6,a\n", "split: {train: 0.5, test: 0.5}\n",
			      "the rows to test with are those of 'test_file'");
}

/* What the first file says holds for the second: its mean of 1 and 3, its words red and blue, of
 * which the second has one, its columns wherever they stand. */
static void test_file_like_the_first(void **state)
{
	char path[TEMPORARY_PATH], keys[200];
	(void)state;
	temporary_write(path, ".csv", "kind,size,colour\nb,NA,red\na,2,red\n");
	snprintf(
	    keys, sizeof keys,
	    ", header: true, inputs: [colour, size], target: kind, one_hot: true, missing: mean, "
	    "test_file: \"%s\"",
	    strrchr(path, '/') + 1);
	struct built b = build_csv(NETWORK("3", "2"),
				   "colour,size,kind\nred,1,a\nblue,?,b\nred,3,a\n", keys, "");
	static const double all[] = {0, 1, 1, 1, 0, 2, 0, 1, 3, 0, 1, 2, 0, 1, 2};
	static const double t[] = {1, 0, 0, 1, 1, 0, 0, 1, 1, 0};
	assert_memory_equal(b.model.data.x, all, sizeof all);
	assert_memory_equal(b.model.data.t, t, sizeof t);
	assert_int_equal(b.model.rows.n_filled, 2);
	end(&b);
	unlink(path);
}

/* In order: the first 7 of 10 rows train, then 2 to validate with, 1 to test with. */
static void test_split_in_order(void **state)
{
	struct built b =
	    build_csv(NETWORK("1", "1"), "0,0\n1,0\n2,0\n3,0\n4,0\n5,0\n6,0\n7,1\n8,1\n9,2\n", "",
		      "split: {train: 0.7, validation: 0.2, test: 0.1, in_order: true}\n");
	struct dataset *data = &b.model.data;
	(void)state;
	assert_int_equal(data->n_rows, 7);
	assert_int_equal(data->n_validation, 2);
	for (int k = 0; k < 10; k++)
		assert_same_bits(data->x[k], k);
	assert_same_bits(data->t[8], 1);
	assert_same_bits(data->t[9], 2);
	end(&b);
}

/* A generator stands in for a file that is not there, and only then. */
static void test_otherwise(void **state)
{
	static const char text[] = NETWORK("2", "1") "data: {file: no-such-file.csv, otherwise: "
						     "{generate: moons, rows: 30}}\n" TRAINING;
	struct strbuf line = {0};
	struct error_list errors = {0};
	struct built b = build(text);
	(void)state;
	assert_int_equal(b.model.data.n_rows, 30);
	assert_true(lesson_warn(b.lesson, &b.model, &line));
	assert_string_equal(strbuf_str(&line),
			    "no-such-file.csv is not there: made rows (moons) stand in for it\n");
	end(&b);
	strbuf_free(&line);
	assert_int_equal(try_build(NETWORK("2", "1") "data: {file: no-such-file.csv}\n" TRAINING,
				   NULL, &b, &errors),
			 STATUS_IO);
	assert_non_null(strstr(errors.items[0].file, "/no-such-file.csv"));
	error_list_free(&errors);
	b = build_csv(NETWORK("1", "1"), "1,2\n", ", otherwise: {generate: sine}", "");
	assert_int_equal(b.model.data.n_rows, 1);
	assert_false(lesson_warn(b.lesson, &b.model, &line));
	end(&b);
}

/* A first line of numbers that is taken for names would be a row that is lost. */
static void test_header_of_numbers(void **state)
{
	struct strbuf told = {0};
	struct built b = build_csv(NETWORK("2", "1"), "1,2,0\n3,4,1\n", ", header: true", "");
	(void)state;
	assert_int_equal(b.model.data.n_rows, 1);
	assert_true(lesson_warn(b.lesson, &b.model, &told));
	assert_non_null(strstr(strbuf_str(&told), " holds numbers only: header: true takes it for "
						  "names\n"));
	strbuf_free(&told);
	end(&b);
	b = build_csv(NETWORK("2", "1"), "1,a,0\n3,4,1\n", ", header: true", "");
	assert_false(lesson_warn(b.lesson, &b.model, &told));
	end(&b);
}

/* What can be loaded, and is not what it seems, is told when it is opened. */
static void test_warnings(void **state)
{
	static const struct {
		const char *network, *data, *told;
	} lessons[] = {
	    {"activation: sigmoid",
	     "loss: {kind: half-squared-error}\ndata: [{x: [1], target: [0, 7]}]\n",
	     "row 1: the target 7 cannot be: sigmoid gives numbers from 0 to 1\n"},
	    {"activation: step", "loss: {kind: error}\ndata: [{x: [1], target: [-1, 1]}]\n",
	     "row 1: the target -1 cannot be: step gives 0 or 1\n"},
	    {"activation: softmax",
	     "loss: {kind: softmax-cross-entropy}\ndata: [{x: [1], target: [0, 1]}]\n",
	     "softmax-cross-entropy takes the softmax itself: here it is taken twice\n"},
	    {"activation: sigmoid",
	     "loss: {kind: binary-cross-entropy-logits}\ndata: [{x: [1], target: [0, 1]}]\n",
	     "binary-cross-entropy-logits takes the sigmoid itself: here it is taken twice\n"},
	    {"activation: relu",
	     "loss: {kind: half-squared-error}\ndata: [{x: [1], target: [0, 7]}]\n", ""},
	};
	(void)state;
	for (size_t k = 0; k < sizeof lessons / sizeof *lessons; k++) {
		struct strbuf text = {0}, told = {0};
		strbuf_addf(&text,
			    "network: {inputs: [x], layers: [{units: [a, b], %s, weights: "
			    "[[v=1], [w=2]]}]}\n%s" TRAINING,
			    lessons[k].network, lessons[k].data);
		struct built b = build(strbuf_str(&text));
		lesson_warn(b.lesson, &b.model, &told);
		assert_string_equal(strbuf_str(&told), lessons[k].told);
		strbuf_free(&text);
		strbuf_free(&told);
		end(&b);
	}
}

static void a_single_softmax_is_told(void **state)
{
	struct strbuf told = {0};
	struct built b = build("network: {inputs: [x], layers: [{units: [y], activation: softmax, "
			       "weights: [[w=1]]}]}\nloss: {kind: half-squared-error}\n"
			       "data: [{x: [1], target: [1]}]\n" TRAINING);
	(void)state;
	lesson_warn(b.lesson, &b.model, &told);
	assert_string_equal(strbuf_str(&told), "softmax of a single output is always 1: for yes "
					       "or no of one take sigmoid\n");
	strbuf_free(&told);
	end(&b);
}

static bool same_theta(const struct built *a, const struct built *b)
{
	const struct graph *g = &a->model.model->graph;
	return memcmp(g->theta, b->model.model->graph.theta, g->n_params * sizeof(double)) == 0;
}

static bool same_data(const struct built *a, const struct built *b)
{
	return memcmp(a->model.data.x, b->model.data.x, 40 * sizeof(double)) == 0;
}

/* Another seed gives other parameters and data; data with a seed of their own stay. */
static void test_seeds(void **state)
{
	static const uint64_t other = 5;
	static const char plain[] =
	    NETWORK("2", "1") "data: {generate: xor, rows: 20}\nseed: 5\n" TRAINING;
	static const char own[] =
	    "network: {inputs: 2, layers: [{units: [y], name: y, "
	    "init: {kind: he-normal, seed: 9}}]}\nloss: {kind: half-squared-error}\n"
	    "data: {generate: xor, rows: 20, seed: 3}\n" TRAINING;
	static const char usual[] = NETWORK("2", "1") "data: {generate: xor, rows: 20}\n" TRAINING;
	(void)state;
	struct built a = build(plain), b = build(usual), c = build_seeded(usual, &other);
	assert_false(same_theta(&a, &b) || same_data(&a, &b));
	assert_true(same_theta(&a, &c) && same_data(&a, &c));
	end(&a);
	end(&b);
	a = build(own);
	b = build_seeded(own, &other);
	assert_false(same_theta(&a, &b));
	assert_int_equal(
	    memcmp(b.model.model->graph.theta, c.model.model->graph.theta, 2 * sizeof(double)),
	    0); /* c has a bias too */
	assert_true(same_data(&a, &b));
	end(&a);
	end(&b);
	end(&c);
	a = build("network: {inputs: [x], layers: [{units: [y], weights: [[w=1]]}]}\n"
		  "loss: {kind: error}\ndata: [{x: [1], target: [2]}]\n" TRAINING);
	struct error err = {0};
	assert_int_equal(lesson_set_seed(a.lesson, 2, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "the lesson temporary draws no random numbers");
	end(&a);
}

/* Given and made parameters side by side: each has its name and its number. */
static void test_mixed(void **state)
{
	size_t p;
	struct built b = build(
	    "network:\n  inputs: 2\n  layers:\n"
	    "    - {name: h, units: 3, activation: tanh, init: {kind: constant, with: value=0.5}, "
	    "bias: {kind: constant, with: value=-2}}\n"
	    "    - {units: [y], weights: [[v1=1, v2=2, v3=3]], bias: c=4}\n"
	    "loss: {kind: half-squared-error}\ndata: [{x: [1, 2], target: [3]}]\n" TRAINING);
	static const struct {
		const char *name;
		double value;
	} wanted[] = {{"W_h[3,2]", 0.5}, {"W_h[1,1]", 0.5}, {"b_h[2,1]", -2}, {"v3", 3}, {"c", 4}};

	(void)state;
	assert_int_equal(b.model.model->graph.n_params, 6 + 3 + 4);
	for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
		assert_true(model_find_param(b.model.model, wanted[k].name, &p));
		assert_same_bits(b.model.model->graph.theta[p], wanted[k].value);
	}
	assert_false(model_find_param(b.model.model, "W_h[4,1]", &p));
	end(&b);
}

/* 2 * 1000 + 1000 * 924 + 924 * 80 + 80 parameters; tests/lessons-bad has a lesson with more. */
static void test_a_million_parameters(void **state)
{
	(void)state;
	struct built b = build("network:\n  inputs: 2\n  layers:\n"
			       "    - {units: 1000, name: f, init: he-normal}\n"
			       "    - {units: 924, name: g, init: he-normal}\n"
			       "    - {units: 80, name: h, init: he-normal}\n"
			       "    - {units: 1, name: y, init: he-normal}\n"
			       "loss: {kind: half-squared-error}\n"
			       "data: {generate: spiral, rows: 1}\n" TRAINING);
	assert_int_equal(b.model.model->graph.n_params, LESSON_MAX_PARAMS);
	end(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns),
	    cmocka_unit_test(test_one_hot),
	    cmocka_unit_test(test_scales),
	    cmocka_unit_test(test_split),
	    cmocka_unit_test(test_split_in_order),
	    cmocka_unit_test(test_file_to_test_with),
	    cmocka_unit_test(test_file_like_the_first),
	    cmocka_unit_test(test_otherwise),
	    cmocka_unit_test(test_warnings),
	    cmocka_unit_test(a_single_softmax_is_told),
	    cmocka_unit_test(test_header_of_numbers),
	    cmocka_unit_test(test_seeds),
	    cmocka_unit_test(test_columns_by_name),
	    cmocka_unit_test(test_outputs_meet_by_name),
	    cmocka_unit_test(test_columns_are_told),
	    cmocka_unit_test(test_mixed),
	    cmocka_unit_test(test_a_million_parameters),
	    cmocka_unit_test(test_files_as_they_come),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
