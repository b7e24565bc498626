/* SPDX-License-Identifier: GPL-3.0-or-later */
/* formula_speech.c -- a Unicode symbol as it is spoken, in the current language.
 *
 * To give a sign its words: a row. What has no row is spoken as it is typed. */
#include "formula_private.h"

#include <stdbool.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

/* Words stand in the catalogues; a row without them parts what is around it, or is silent. */
static const struct {
	const char *sign, *spoken;
} speech[] = {
    {"_", " "},
    {"[", " "},
    {",", " "},
    {"]", ""},
    {"sum_", N_("sum ")},
    {"⁽", N_(" row ")},
    {"⁾", ""},
    {"′", N_(" prime")},
    {"ŷ", N_("y hat")},
    {"ẑ", N_("z hat")},
    {"ĥ", N_("h hat")},
    {"\u0302", N_(" hat")},
    {"α", N_("alpha")},
    {"β", N_("beta")},
    {"γ", N_("gamma")},
    {"δ", N_("delta")},
    {"ε", N_("epsilon")},
    {"η", N_("eta")},
    {"θ", N_("theta")},
    {"λ", N_("lambda")},
    {"μ", N_("mu")},
    {"σ", N_("sigma")},
    {"∂", N_("derivative of ")},
    {"/∂", N_(" with respect to ")},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_part(const struct strbuf *out, size_t start)
{
	char last = out->len > start ? strbuf_str(out)[out->len - 1] : ' ';
	return last != ' ' && !is_digit(last);
}

/* Appends the character at s as it is typed; a number is a word of its own. Returns its bytes. */
static size_t speak_character(const char *s, size_t start, struct strbuf *out)
{
	char character[5] = {0};
	uint32_t code;
	struct strbuf typed = {0};
	size_t n = utf8_decode(s, strlen(s), &code);
	n = n ? n : 1;
	memcpy(character, s, n);
	formula_name_from_symbol(character, &typed);
	if (is_digit(*strbuf_str(&typed)) && is_part(out, start))
		strbuf_add_char(out, ' ');
	strbuf_add(out, strbuf_str(&typed));
	out->failed = out->failed || typed.failed;
	strbuf_free(&typed);
	return n;
}

/* Appends what is spoken at s. Returns its bytes. */
static size_t speak(const char *s, size_t start, struct strbuf *out)
{
	for (size_t i = 0; i < sizeof speech / sizeof *speech; i++) {
		size_t len = strlen(speech[i].sign);
		if (strncmp(s, speech[i].sign, len) != 0)
			continue;
		strbuf_add(out, *speech[i].spoken ? tr(speech[i].spoken) : "");
		return len;
	}
	return speak_character(s, start, out);
}

void formula_speak_symbol(const char *symbol, struct strbuf *out)
{
	size_t start = out->len;
	while (*symbol)
		symbol += speak(symbol, start, out);
}
