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
    {"words", "palabras"},
    {"never", "nunca"},
    {"off", "no"},
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
    /* arguments of commands */
    {"break", "parada"},
    {"change", "cambio"},
    {"here", "aqui"},
    {"if", "si"},
    {"next", "siguiente"},
    {"phase", "fase"},
    {"row", "fila"},
    {"step", "paso"},
    {"until", "hasta"},
    {"verdict", "veredicto"},
    {"update", "actualizacion"},
    {"within", "en"},
    {"zoom", "ampliar"},
};

/* A word that means two things has two rows: either is read, the first is shown. */
bool word_is(const char *typed, const char *word)
{
	bool is = strcmp(typed, word) == 0;
	for (size_t i = 0; !is && i < sizeof table / sizeof *table; i++)
		is = strcmp(table[i].word, word) == 0 && strcmp(table[i].spanish, typed) == 0;
	return is;
}

const char *word_shown(const char *word)
{
	for (size_t i = 0; language_current() == LANGUAGE_ES && i < sizeof table / sizeof *table;
	     i++)
		if (strcmp(table[i].word, word) == 0)
			return table[i].spanish;
	return word;
}
