/* SPDX-License-Identifier: GPL-3.0-or-later */
/* i18n.h -- the one translation function.
 *
 * Messages are written in English in the source, marked with _() or N_(), and looked up in the
 * catalogue of the chosen language. Catalogues (src/po/LANG.po) are compiled by msgfmt and
 * carried inside the program, so every language works in every locale, C included. */
#ifndef BACKSTEP_BASE_I18N_H
#define BACKSTEP_BASE_I18N_H

#include <stdbool.h>
#include <stddef.h>

/* The languages, for lists and for choosing; index is what lessons' texts are kept by. */
enum language { LANGUAGE_EN, LANGUAGE_ES, N_LANGUAGES };
extern const char *const language_codes[N_LANGUAGES + 1]; /* NULL at the end */

/* "en", "es", also "es_MX.UTF-8". Returns false for anything else. */
bool language_parse(const char *s, enum language *language);
/* The first of BACKSTEP_LANG, LC_ALL, LC_MESSAGES, LANG that is not empty decides; English where
 * it names no language of the program, and where all are empty. */
enum language language_from_environment(void);

void language_set(enum language language);
enum language language_current(void);

/* The message in the current language; msgid itself where there is no translation. */
const char *tr(const char *msgid) __attribute__((format_arg(1)));
/* As tr, for counted things. */
const char *tr_n(const char *singular, const char *plural, unsigned long n)
    __attribute__((format_arg(1), format_arg(2)));

/* The translation of msgid in a compiled catalogue (.mo, this machine's byte order); form counts
 * from 0 and is above 0 only for counted things. NULL where there is none, and wherever the
 * catalogue is cut off or damaged. */
const char *catalogue_find(const unsigned char *mo, size_t size, const char *msgid, size_t form);

#define _(msgid) tr(msgid)
#define N_(msgid) msgid /* marks a message that is translated where it is shown */

#endif
