/* SPDX-License-Identifier: GPL-3.0-or-later */
/* word.c -- the table of words. Without accents: they are typed. */
#include "backstep/base/word.h"

#include <string.h>

#include "backstep/base/i18n.h"

static const struct {
	const char *word, *spanish;
} table[] = {
    /* settings */
    {"ask-rule", "preguntar-regla"},
    {"batch", "lote"},
    {"chain", "cadena"},
    {"clicker", "control"},
    {"digits", "digitos"},
    {"glyphs", "glifos"},
    {"language", "idioma"},
    {"layout", "disposicion"},
    {"notation", "notacion"},
    {"optimizer", "optimizador"},
    {"plot", "grafica"},
    {"rounding", "redondeo"},
    {"rule", "regla"},
    {"seed", "semilla"},
    {"shuffle", "mezclar"},
    {"theme", "tema"},
    /* numbers of optimizers */
    {"dampening", "amortiguamiento"},
    {"decay", "decaimiento"},
    {"grow", "crecimiento"},
    {"least", "minimo"},
    {"most", "maximo"},
    {"rate", "tasa"},
    {"shrink", "reduccion"},
    /* stages */
    {"clip-norm", "recorte-norma"},
    {"clip-norm-form", "recorte-norma-forma"},
    {"clip-value", "recorte-valor"},
    {"l1-form", "l1-forma"},
    {"l2-form", "l2-forma"},
    {"max-norm", "norma-maxima"},
    {"schedule", "programa"},
    {"schedule-decay", "programa-decaimiento"},
    {"schedule-every", "programa-cada"},
    {"schedule-gamma", "programa-gamma"},
    {"schedule-least", "programa-minimo"},
    {"schedule-updates", "programa-actualizaciones"},
    {"warmup", "calentamiento"},
    {"weight-decay", "decaimiento-pesos"},
    /* choices */
    {"always", "siempre"},
    {"blocks", "bloques"},
    {"centred", "centrada"},
    {"constant", "constante"},
    {"contrast", "contraste"},
    {"cosine", "coseno"},
    {"cut", "cortar"},
    {"dark", "oscuro"},
    {"decoupled", "desacoplada"},
    {"descent", "descenso"},
    {"exponential", "exponencial"},
    {"false", "falso"},
    {"folded", "plegada"},
    {"forget", "olvidar"},
    {"inverse", "inversa"},
    {"full", "completa"},
    {"half", "media"},
    {"half-even", "mitad-par"},
    {"half-up", "mitad-arriba"},
    {"inside", "adentro"},
    {"lecture", "clase"},
    {"lesson", "leccion"},
    {"light", "claro"},
    {"linear", "lineal"},
    {"matrix", "matrices"},
    {"mono", "monocromo"},
    {"never", "nunca"},
    {"off", "no"},
    /* conditions */
    {"change", "cambio"},
    {"if", "si"},
    {"until", "hasta"},
    {"on", "si"},
    {"outside", "afuera"},
    {"paper", "articulo"},
    {"paths", "caminos"},
    {"projector", "proyector"},
    {"projection", "proyeccion"},
    {"reformulated", "reformulada"},
    {"scalar", "escalar"},
    {"step", "escalones"},
    {"true", "verdadero"},
    {"uncorrected", "sin-corregir"},
};

static const char *find_spanish(const char *word)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].word, word) == 0)
			return table[i].spanish;
	return word;
}

bool word_is(const char *typed, const char *word)
{
	return strcmp(typed, word) == 0 || strcmp(typed, find_spanish(word)) == 0;
}

const char *word_shown(const char *word)
{
	return language_current() == LANGUAGE_ES ? find_spanish(word) : word;
}
