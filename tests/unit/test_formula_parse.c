/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_formula_parse.c -- rules become trees with the right values, or an error in the right
 * column. */
#include "test_formula.h"

#include "backstep/base/text.h"

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static const struct fixture_row rows[] = {
    {.name = "x", .values = {0.1, 0.5, 0.7, 0.9}, .is_array = true},
    {.name = "w", .values = {0.3, -0.2, 0.11, 1.7}, .is_array = true},
    {.name = "b", .ascii = "b", .values = {0.25}},
    {.name = "y", .ascii = "y", .values = {0.75}},
    {.name = "t", .ascii = "t", .values = {0.05}},
    {.name = "z", .ascii = "z", .values = {-2}},
    {.name = "zero", .ascii = "zero", .values = {0}},
    {.name = "nan", .ascii = "nan", .values = {NAN}},
    {.name = "W1[2,13]", .ascii = "W1[2,13]", .values = {4}},
    {.name = "n", .values = {4}, .is_literal = true},
};

static void test_values(void **state)
{
	static const struct {
		const char *rule;
		double value;
	} cases[] = {
	    {"2", 2},
	    {".5 + 2.", 2.5},
	    {"1e-3*1E+3", 1},
	    {"2 + 3*4", 14},
	    {"2*3 + 4", 10},
	    {"(2 + 3)*4", 20},
	    {"8 - 2 - 1", 5},
	    {"8/2/2", 2},
	    {"8/2*4", 16},
	    {"8/(2*4)", 1},
	    {"1/2 (3 + 5)", 4},
	    {"(1 + 1)(2 + 3)", 10},
	    {"y (1 - y)", 0.1875},
	    {"-2^2", -4},
	    {"(-2)^2", 4},
	    {"2^3^2", 512},
	    {"2^-1", 0.5},
	    {"4^0.5", 2},
	    {"--3", 3},
	    {"-2*-3", 6},
	    {"2--3", 5},
	    {"z^3", -8},
	    {"log(1 + exp(800))", 800},
	    {"log(1 + exp(-800))", 0},
	    {"exp(800)/(exp(800) + exp(800) + exp(-900))", 0.5},
	    {"exp(-800)/(exp(-800) + exp(-800))", 0.5},
	    {"1/(1 + exp(1e4))", 0},
	    {"log(exp(1e4)*exp(z))", 9998},
	    {"-800/(1 + exp(800))", 0},
	    {"log(exp(400)^3)", 1200},
	    {"max(0, z)", 0},
	    {"max(z, 1, 3, 2)", 3},
	    {"min(z, 1)", -2},
	    {"abs(z)", 2},
	    {"sqrt(4) + log(1) + tanh(0) + exp(0)", 3},
	    {"e^0", 1},
	    {"if(z > 0, 1, 0)", 0},
	    {"if(y > 0, 1, 0)", 1},
	    {"if(zero > 0, 1, 0)", 0},
	    {"if(zero >= 0, 1, 0)", 1},
	    {"if(zero < 0, 1, 0)", 0},
	    {"if(zero <= 0, 1, 0)", 1},
	    {"if(zero = 0, 1, 0)", 1},
	    {"if(z > 0, 1, if(z > -1, 2, 3))", 3},
	    {"1 > 2", 0},
	    {"W1[2,13] + 1", 5},
	    {"sum(1)", 4},
	    {"1/n*sum(x)", 0.55},
	    {" y\t-\nt ", 0.7},
	};
	struct fixture fixture = {rows, LENGTH(rows), 4};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_near(formula_eval(fixture_parse(arena, &fixture, cases[i].rule)),
			    cases[i].value, 1e-15);
	arena_free(arena);
}

/* Bit for bit what the same C expression gives. */
static void test_order_of_evaluation(void **state)
{
	const double *x = rows[0].values, *w = rows[1].values;
	double b = 0.25, t = 0.05, y = 0.75;
	struct fixture fixture = {rows, LENGTH(rows), 4};
	struct arena *arena = arena_new();
	(void)state;
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "sum(x*w) + b")),
			 (((x[0] * w[0] + x[1] * w[1]) + x[2] * w[2]) + x[3] * w[3]) + b);
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "b + sum(x*w)")),
			 b + (((x[0] * w[0] + x[1] * w[1]) + x[2] * w[2]) + x[3] * w[3]));
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "1/3*(t - y)^2")),
			 1.0 / 3.0 * ((t - y) * (t - y)));
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "0.1*0.7*b")), 0.1 * 0.7 * b);
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "0.1*(0.7*b)")),
			 0.1 * (0.7 * b));
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "t^3")), t * t * t);
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "1/(1 + exp(-y))")),
			 1 / (1 + exp(-y)));
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "e^(-y)")), exp(-y));
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "-zero")), -0.0);
	assert_same_bits(formula_eval(fixture_parse(arena, &fixture, "max(0, -zero)")), 0.0);
	arena_free(arena);
}

/* A value that is not known stays unknown: no function may turn it into a number. */
static void test_nan_stays(void **state)
{
	static const char *const rules[] = {
	    "nan",         "nan + 1",     "nan^0",       "1^nan",
	    "max(0, nan)", "max(nan, 0)", "min(0, nan)", "if(nan > 0, 1, 0)",
	    "nan = nan",   "nan > 0",     "0*nan",       "abs(nan)"};
	struct fixture fixture = {rows, LENGTH(rows), 4};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < LENGTH(rules); i++)
		assert_true(isnan(formula_eval(fixture_parse(arena, &fixture, rules[i]))));
	arena_free(arena);
}

static void test_errors(void **state)
{
	static const struct {
		const char *rule;
		size_t column;
		const char *message, *hint;
	} cases[] = {
	    {"", 1, "expected a number, a name or '('", ""},
	    {"   ", 4, "expected a number, a name or '('", ""},
	    {"1 +", 4, "expected a number, a name or '('", ""},
	    {"1 + + 2", 5, "expected a number, a name or '('", ""},
	    {"* 2", 1, "expected a number, a name or '('", ""},
	    {"2**3", 3, "expected a number, a name or '('", "a power is written with ^"},
	    {"()", 2, "expected a number, a name or '('", ""},
	    {"max()", 5, "expected a number, a name or '('", ""},
	    {"y == 1", 4, "expected a number, a name or '('", ""},
	    {"(1 + 2", 7, "expected ')'", "it closes the '(' in column 1"},
	    {"2*(1 + (3 - 1)", 15, "expected ')'", "it closes the '(' in column 3"},
	    {"exp(-y", 7, "expected ')'", "it closes the '(' in column 4"},
	    {"1/(1 + exp(-y)", 15, "expected ')'", "it closes the '(' in column 3"},
	    {"sum(x*w + b", 12, "expected ')'", "it closes the '(' in column 4"},
	    {"(y > t > z)", 8, "expected ')'", "it closes the '(' in column 1"},
	    {"1 + 2)", 6, "unexpected ')'", ""},
	    {"y < t < z", 7, "unexpected '<'", ""},
	    {"0,5*y", 2, "unexpected ','", "write the decimal point as '.'"},
	    {"y, t", 2, "unexpected ','", ""},
	    {"2y", 2, "unexpected 'y'", "a product is written with *"},
	    {"y 2", 3, "unexpected '2'", "a product is written with *"},
	    {"(y t)", 4, "unexpected 't'", "a product is written with *"},
	    {"(1)2", 4, "unexpected '2'", "a product is written with *"},
	    {"y·t", 2, "unexpected '·'", "formulas are written in ASCII: *"},
	    {"y − t", 3, "unexpected '−'", "formulas are written in ASCII: -"},
	    {"y*ŷ", 3, "unexpected 'ŷ'", "formulas are written in ASCII: y"},
	    {"y$", 2, "unexpected '$'", ""},
	    {"y[1", 2, "unexpected '['", ""},
	    {"1 + \x01", 5, "unexpected '\\u{0001}'", ""},
	    {"1 + \xff", 5, "unexpected '\\x{FF}'", ""},
	    {"1.2.3", 1, "expected a number, found '1.2.3'",
	     "a number reads like 0.25, -3 or 1e-6"},
	    {"1 + 1e999", 5, "the number '1e999' is too large", "the largest is about 1.79e308"},
	    {"q + 1", 1, "unknown name 'q'", ""},
	    {"1 + mx(1, 2)", 5, "unknown name 'mx'", "did you mean 'max'?"},
	    {"sqr(4)", 1, "unknown name 'sqr'", "did you mean 'sqrt'?"},
	    {"summ(x)", 1, "unknown name 'summ'", "did you mean 'sum'?"},
	    {"y*sigmoid(t)", 3, "unknown name 'sigmoid'",
	     "the functions are if, sum, largest, exp, log, sqrt, tanh, abs, sign, sin, cos, tan, "
	     "floor, "
	     "max, min"},
	    {"log 2", 5, "expected '(' after 'log'", ""},
	    {"2*sum", 6, "expected '(' after 'sum'", ""},
	    {"e + 1", 1, "unknown name 'e'", ""},
	    {"exp(1, 2)", 1, "exp() takes one argument", ""},
	    {"1 + max(1)", 5, "max() takes two arguments or more", ""},
	    {"if(z > 0, 1)", 1, "if() takes a comparison and two results: if(x > 0, 1, 0)", ""},
	    {"if(z, 1, 0)", 1, "if() takes a comparison and two results: if(x > 0, 1, 0)", ""},
	    {"1 + sum(sum(x))", 9, "sum() cannot stand inside sum()", ""},
	};
	struct fixture fixture = {rows, LENGTH(rows), 4};
	struct formula_binding binding = fixture_binding(&fixture);
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct formula *f = NULL;
		struct error err = {0};

		assert_int_equal(formula_parse(arena, cases[i].rule, &binding, &f, &err),
				 STATUS_BAD_INPUT);
		assert_null(f);
		assert_string_equal(err.message, cases[i].message);
		assert_string_equal(err.hint, cases[i].hint);
		assert_int_equal(err.line, 1);
		assert_int_equal(err.column, cases[i].column);
		assert_int_equal(formula_parse(arena, cases[i].rule, &binding, &f, NULL),
				 STATUS_BAD_INPUT);
	}
	arena_free(arena);
}

/* Where there is nothing to add up: no terms, or a binding that knows no terms. */
static void test_sum_without_terms(void **state)
{
	struct fixture fixture = {rows, LENGTH(rows), 0};
	struct formula_binding binding = fixture_binding(&fixture);
	struct arena *arena = arena_new();
	struct formula *f = NULL;
	struct error err = {0};
	(void)state;
	assert_int_equal(formula_parse(arena, "b + sum(x)", &binding, &f, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.message, "there is nothing that sum() could add up here");
	assert_int_equal(err.column, 5);
	binding.n_terms = NULL;
	assert_int_equal(formula_parse(arena, "b + sum(x)", &binding, &f, &err), STATUS_BAD_INPUT);
	arena_free(arena);
}

/* A variable called e is that variable. */
static void test_variable_e(void **state)
{
	static const struct fixture_row names[] = {{.name = "e", .ascii = "e", .values = {3}}};
	struct fixture fixture = {names, LENGTH(names), 0};
	struct arena *arena = arena_new();
	(void)state;
	assert_near(formula_eval(fixture_parse(arena, &fixture, "0.5*e^2")), 4.5, 0);
	arena_free(arena);
}

/* n times opening, then middle, then n times closing. */
static enum status parse_nested(size_t n, const char *opening, const char *middle,
				const char *closing, struct error *err)
{
	struct fixture fixture = {rows, LENGTH(rows), 4};
	struct formula_binding binding = fixture_binding(&fixture);
	struct arena *arena = arena_new();
	struct strbuf rule = {0};
	struct formula *f = NULL;
	enum status status;
	strbuf_repeat(&rule, opening, n);
	strbuf_add(&rule, middle);
	strbuf_repeat(&rule, closing, n);
	status = formula_parse(arena, strbuf_str(&rule), &binding, &f, err);
	if (status == STATUS_OK)
		assert_true(isfinite(formula_eval(f)));
	strbuf_free(&rule);
	arena_free(arena);
	return status;
}

static void test_depth_limit(void **state)
{
	static const struct {
		const char *opening, *middle, *closing;
		size_t column; /* of what goes too deep when there are 65 */
	} cases[] = {
	    {"(", "1", ")", 66},  {"-", "1", "", 66},       {"2^", "1", "", 131},
	    {"e^", "0", "", 131}, {"tanh(", "1", ")", 326}, {"max(0, ", "1", ")", 453},
	    {"", "1", "/2", 131},
	};
	struct error err = {0};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *opening = cases[i].opening, *middle = cases[i].middle;
		const char *closing = cases[i].closing;

		/* 2^2^2^... overflows long before it is too deep. */
		if (strcmp(opening, "2^") != 0 && strcmp(opening, "e^") != 0)
			assert_int_equal(parse_nested(64, opening, middle, closing, &err),
					 STATUS_OK);
		assert_int_equal(parse_nested(65, opening, middle, closing, &err),
				 STATUS_BAD_INPUT);
		assert_string_equal(err.message, "the formula is nested more than 64 deep");
		assert_int_equal(err.column, cases[i].column);
		assert_int_equal(parse_nested(100000, opening, middle, closing, &err),
				 STATUS_BAD_INPUT);
	}
	/* Long is not deep. */
	assert_int_equal(parse_nested(100000, "1 + ", "1", " - 1", &err), STATUS_OK);
	assert_int_equal(parse_nested(1000, "1 * ", "1", " * 1", &err), STATUS_OK);
}

static void test_long_sums(void **state)
{
	static const struct {
		size_t n_terms, max_terms;
		const char *printed;
	} cases[] = {
	    {3, 0, "x₁ · w₁ + x₂ · w₂ + x₃ · w₃ + b"},
	    {3, 3, "x₁ · w₁ + x₂ · w₂ + x₃ · w₃ + b"},
	    {4, 3, "x₁ · w₁ + x₂ · w₂ + … + x₄ · w₄ + b"},
	    {784, 3, "x₁ · w₁ + x₂ · w₂ + … + x₇₈₄ · w₇₈₄ + b"},
	    {784, 2, "x₁ · w₁ + … + x₇₈₄ · w₇₈₄ + b"},
	    {784, 1, "… + x₇₈₄ · w₇₈₄ + b"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct fixture fixture = {rows, LENGTH(rows), cases[i].n_terms};
		struct formula_binding binding = fixture_binding(&fixture);
		struct formula *f = NULL;

		binding.max_terms = cases[i].max_terms;
		assert_int_equal(formula_parse(arena, "sum(x*w) + b", &binding, &f, NULL),
				 STATUS_OK);
		check_printed(f, GLYPHS_UNICODE, false, cases[i].printed);
		assert_int_equal(isnan(formula_eval(f)) != 0,
				 cases[i].max_terms > 0 && cases[i].n_terms > cases[i].max_terms);
	}
	arena_free(arena);
}

/* All 784 terms and the bias, with the sum that a loop gives. */
static void test_every_term_of_a_long_sum(void **state)
{
	struct fixture fixture = {rows, LENGTH(rows), 784};
	struct arena *arena = arena_new();
	struct formula *f = fixture_parse(arena, &fixture, "sum(x*w) + b");
	double sum = rows[0].values[0] * rows[1].values[0];
	(void)state;
	assert_int_equal(f->kind, FORMULA_SUM);
	assert_int_equal(f->n_args, 785);
	assert_string_equal(f->args[783]->args[1]->name, "w784");
	for (size_t k = 1; k < 784; k++)
		sum += rows[0].values[k % 4] * rows[1].values[k % 4];
	assert_same_bits(formula_eval(f), sum + 0.25);
	arena_free(arena);
}

static void test_builders(void **state)
{
	struct arena *arena = arena_new();
	struct formula *one = formula_number(arena, 1), *two = formula_number(arena, 2);
	struct formula *pair[] = {one, two}, *hole[] = {one, NULL};
	(void)state;
	assert_near(formula_eval(formula_node(arena, FORMULA_SUM, 2, pair)), 3, 0);
	assert_ptr_equal(formula_node(arena, FORMULA_SUM, 1, pair), one);
	assert_ptr_equal(formula_node(arena, FORMULA_PRODUCT, 1, pair), one);
	assert_near(formula_eval(formula_node(arena, FORMULA_SUM, 0, NULL)), 0, 0);
	assert_near(formula_eval(formula_node(arena, FORMULA_PRODUCT, 0, NULL)), 1, 0);
	assert_null(formula_node(arena, FORMULA_SUM, 2, hole));
	assert_null(formula_node(arena, FORMULA_SUM, 1, hole + 1));
	assert_null(formula_node(arena, FORMULA_QUOTIENT, 1, pair));
	assert_null(formula_node(arena, FORMULA_NEGATE, 2, pair));
	assert_null(formula_node(arena, FORMULA_NUMBER, 0, NULL));
	assert_null(formula_node(arena, FORMULA_CALL, 1, pair));
	assert_null(formula_derivative(arena, one, NULL));
	assert_null(formula_call(arena, "exp", 2, pair));
	assert_null(formula_call(arena, "max", 1, pair));
	assert_null(formula_call(arena, "nothing", 1, pair));
	assert_near(formula_eval(formula_call(arena, "max", 2, pair)), 2, 0);
	arena_free(arena);
}

static const char *own_function(void *ctx, size_t i)
{
	static const char *const names[] = {"norm", "sum", NULL};
	(void)ctx;
	return names[i];
}

/* A binding's own functions stand in for all others, also for the forms, and take any number of
 * arguments. Columns are those of the line that the rule was taken from. */
static void test_own_functions(void **state)
{
	struct fixture fixture = {rows, LENGTH(rows), 0};
	struct formula_binding binding = fixture_binding(&fixture);
	struct arena *arena = arena_new();
	struct formula *f = NULL;
	struct error err = {0};
	(void)state;
	binding.function = own_function;
	binding.column = 11;
	assert_int_equal(formula_parse(arena, "b + norm(b, 2*b)/sum(b)", &binding, &f, &err),
			 STATUS_OK);
	assert_int_equal(f->kind, FORMULA_SUM);
	assert_int_equal(f->column, 11);
	assert_int_equal(f->args[1]->kind, FORMULA_QUOTIENT);
	const struct formula *norm = f->args[1]->args[0], *sum = f->args[1]->args[1];
	assert_string_equal(norm->name, "norm");
	assert_int_equal(norm->column, 15);
	assert_int_equal(norm->n_args, 2);
	assert_int_equal(norm->args[1]->column, 23);
	assert_string_equal(sum->name, "sum");
	assert_int_equal(sum->column, 28);
	assert_int_equal(formula_parse(arena, "b + exp(b)", &binding, &f, &err), STATUS_BAD_INPUT);
	assert_int_equal(err.column, 15);
	assert_string_equal(err.hint, "the functions are norm, sum");
	assert_int_equal(formula_parse(arena, "norm(b", &binding, &f, &err), STATUS_BAD_INPUT);
	assert_string_equal(err.hint, "it closes the '(' in column 15");
	arena_free(arena);
}

/* largest() is max() of all terms; of a single one it is that term. */
static void test_largest(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (size_t n = 1; n <= 4; n++) {
		struct fixture fixture = {rows, LENGTH(rows), n};
		struct formula *sum = fixture_parse(arena, &fixture, "sum(x)");
		struct formula *largest = fixture_parse(arena, &fixture, "largest(x)");
		double wanted = n == 1 ? formula_eval(sum) : formula_eval(sum->args[0]);

		for (size_t k = 1; n > 1 && k < n; k++)
			wanted = fmax(wanted, formula_eval(sum->args[k]));
		assert_same_bits(formula_eval(largest), wanted);
		assert_true(n == 1 || largest->kind == FORMULA_CALL);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_order_of_evaluation),
	    cmocka_unit_test(test_nan_stays),
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_sum_without_terms),
	    cmocka_unit_test(test_variable_e),
	    cmocka_unit_test(test_depth_limit),
	    cmocka_unit_test(test_long_sums),
	    cmocka_unit_test(test_every_term_of_a_long_sum),
	    cmocka_unit_test(test_builders),
	    cmocka_unit_test(test_own_functions),
	    cmocka_unit_test(test_largest),
	};
	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
