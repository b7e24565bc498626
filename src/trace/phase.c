/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phase.c -- names of the phases in all languages. A script works in every one of them. */
#include "backstep/trace/phase.h"

#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"

const char *const phase_names[N_PHASES] = {"forward", "loss", "backward", "update"};

/* Not in the catalogue: an update is an actualización, its last phase brings the new weights. */
static const char *const spanish[N_PHASES] = {"adelante", "pérdida", "atrás", "pesos"};

/* Other names of the phases, each between bars. */
static const char *const phase_aliases[N_PHASES] = {
    [PHASE_FORWARD] = "|adelante|hacia adelante|hacia delante|propagacion|",
    [PHASE_LOSS] = "|perdida|",
    [PHASE_BACKWARD] = "|atras|hacia atras|retropropagacion|",
    [PHASE_UPDATE] = "|pesos|actualizacion|",
};

bool phase_find(const char *name, enum phase *phase)
{
	struct strbuf plain = {0}, key = {0};
	bool found = false;
	text_ascii(&plain, name);
	strbuf_addf(&key, "|%s|", strbuf_str(&plain));
	for (*phase = 0; *phase < N_PHASES; ++*phase) {
		found = strcmp(phase_names[*phase], name) == 0 ||
			(*name && !strchr(name, '|') &&
			 strstr(phase_aliases[*phase], strbuf_str(&key)));
		if (found)
			break;
	}
	strbuf_free(&plain);
	strbuf_free(&key);
	return found;
}

const char *phase_title(enum phase phase)
{
	return language_current() == LANGUAGE_ES ? spanish[phase] : phase_names[phase];
}
