/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_formula_symbol.c -- names become Unicode symbols, and Unicode symbols LaTeX. */
#include "test_formula.h"

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static void test_from_name(void **state)
{
	static const struct {
		const char *name, *symbol;
	} cases[] = {
	    {"w5", "w₅"},
	    {"x10", "x₁₀"},
	    {"w11", "w₁₁"},
	    {"B1", "B₁"},
	    {"E", "E"},
	    {"sum_n1", "sum_n₁"},
	    {"W1[2,13]", "W₁[2,13]"},
	    {"x784", "x₇₈₄"},
	    {"a0123456789", "a₀₁₂₃₄₅₆₇₈₉"},
	    {"sigma", "σ"},
	    {"eta", "η"},
	    {"alpha", "α"},
	    {"beta1", "β₁"},
	    {"gamma2", "γ₂"},
	    {"delta_n1", "δ_n₁"},
	    {"sum_delta1", "sum_δ₁"},
	    {"eps", "ε"},
	    {"epsilon", "ε"},
	    {"lambda", "λ"},
	    {"mu", "μ"},
	    {"theta3", "θ₃"},
	    /* No Greek word, only one that starts like it. */
	    {"betas", "betas"},
	    {"etal1", "etal₁"},
	    {"e", "e"},
	    /* w_5 is not w5. */
	    {"w_5", "w_5"},
	    {"5", "5"},
	    {"conv2d", "conv2d"},
	    {"_", "_"},
	    {"a__b1", "a__b₁"},
	    {"", ""},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_string_equal(formula_symbol_from_name(arena, cases[i].name),
				    cases[i].symbol);
	arena_free(arena);
}

static void test_latex(void **state)
{
	static const struct {
		const char *symbol, *latex;
	} cases[] = {
	    {"w₅", "w_{5}"},
	    {"x₁₂", "x_{12}"},
	    {"E", "E"},
	    {"ŷ₁", "\\hat{y}_{1}"},
	    {"y\u0302₁", "\\hat{y}_{1}"},
	    {"m\u0302", "\\hat{m}"},
	    {"x\u0304", "\\bar{x}"},
	    {"v\u20D7", "\\vec{v}"},
	    {"σ\u0302", "\\hat{\\sigma}"},
	    {"y\u0302\u0303", "\\tilde{\\hat{y}}"},
	    {"σ", "\\sigma"},
	    {"η", "\\eta"},
	    {"β₁", "\\beta_{1}"},
	    {"β₁ᵗ", "\\beta_{1}^{t}"},
	    {"ε", "\\varepsilon"},
	    {"δ_n₁", "\\delta_{n_{1}}"},
	    {"Δw₅", "\\Delta w_{5}"},
	    {"Δsum", "\\Delta \\mathrm{sum}"},
	    {"Σ2", "\\Sigma2"},
	    {"∂E", "\\partial E"},
	    {"sum_ŷ₁", "\\mathrm{sum}_{\\hat{y}_{1}}"},
	    {"sum_δ", "\\mathrm{sum}_{\\delta}"},
	    {"a_b_c", "a_{b_{c}}"},
	    {"loss", "\\mathrm{loss}"},
	    {"año", "\\mathrm{a\\tilde{n}o}"},
	    {"x²", "x^{2}"},
	    {"x₁²", "x_{1}^{2}"},
	    {"w′₅", "w'_{5}"},
	    {"W[2,13]", "W_{2,13}"},
	    {"W₁[2,13]", "{W_{1}}_{2,13}"},
	    {"W[i,j]", "W_{i,j}"},
	    {"n₁_x", "{n_{1}}_{x}"},
	    {"x²₁³", "{x^{2}_{1}}^{3}"},
	    {"²", "{}^{2}"},
	    {"w_5", "w_{5}"},
	    {"w_", "w\\_"},
	    {"_w", "\\_w"},
	    {"[1", "[1"},
	    {"a&b", "a\\&b"},
	    {"100%", "100\\%"},
	    {"#$~^\\{}", "\\#\\$\\sim\\wedge\\backslash\\{\\}"},
	    {"∑", "\\text{∑}"},
	    {"x\xff", "x?"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++)
		check_printed(formula_symbol(arena, "x", cases[i].symbol, 1), GLYPHS_LATEX, false,
			      cases[i].latex);
	arena_free(arena);
}

/* A symbol that carries an exponent is braced where it is raised. */
static void test_latex_base(void **state)
{
	struct arena *arena = arena_new();
	struct formula *two = formula_number(arena, 2);
	struct formula *v = formula_symbol(arena, "v", "v²", 1),
		       *x = formula_symbol(arena, "x1", NULL, 1);
	(void)state;
	check_printed(formula_node(arena, FORMULA_POWER, 2, (struct formula *[]){v, two}),
		      GLYPHS_LATEX, false, "{v^{2}}^{2}");
	check_printed(formula_node(arena, FORMULA_POWER, 2, (struct formula *[]){x, two}),
		      GLYPHS_LATEX, false, "x_{1}^{2}");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_from_name),
	    cmocka_unit_test(test_latex),
	    cmocka_unit_test(test_latex_base),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
