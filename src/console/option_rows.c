/* SPDX-License-Identifier: GPL-3.0-or-later */
/* option_rows.c -- the table of the command line's options, in the order in which help shows them.
 */
#include "option_rows.h"

#include <stddef.h>

#include "backstep/base/i18n.h"
#include "backstep/base/word.h"
#include "backstep/session/setting.h"

#define AT(field) .offset = offsetof(struct options, field)

static const char *const colour_words[] = {
    [COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never", NULL};
static const char *const format_words[] = {[OUTPUT_TEXT] = "text",
					   [OUTPUT_JSONL] = "jsonl",
					   [OUTPUT_MARKDOWN] = "md",
					   [OUTPUT_CSV] = "csv",
					   NULL};

const struct option_row option_table[] = {
    {
	.name = "console",
	.letter = 'c',
	.kind = OPTION_FLAG,
	.group = OPTION_GENERAL,
	.summary = N_("lines instead of a full screen"),
	AT(console),
    },
    {
	.name = "lang",
	.kind = OPTION_SETTING,
	.group = OPTION_GENERAL,
	.summary = N_("language of the program and its lessons"),
	.setting = "language",
    },
    {
	.name = "glyphs",
	.kind = OPTION_SETTING,
	.group = OPTION_GENERAL,
	.summary = N_("how formulas and drawings are written"),
    },
    {
	.name = "color",
	.kind = OPTION_WORD,
	.group = OPTION_GENERAL,
	.summary = N_("colours (NO_COLOR switches them off)"),
	.words = colour_words,
	AT(colour_choice),
    },
    {
	.name = "help",
	.letter = 'h',
	.kind = OPTION_FLAG,
	.group = OPTION_GENERAL,
	.summary = N_("print this"),
	AT(help),
    },
    {
	.name = "theme",
	.kind = OPTION_SETTING,
	.group = OPTION_GENERAL,
	.argument = "NAME",
	.summary = N_("colours of the full screen"),
    },
    {
	.name = "version",
	.letter = 'V',
	.kind = OPTION_FLAG,
	.group = OPTION_GENERAL,
	.summary = N_("print the version"),
	AT(version),
    },
    {
	.name = "epochs",
	.kind = OPTION_COUNT,
	.group = OPTION_OF_TRAIN,
	.argument = "N",
	.summary = N_("passes over all rows; else as many as the lesson says"),
	.least = 1,
	.most = 1000000000,
	AT(epochs),
    },
    {
	.name = "optimizer",
	.kind = OPTION_SETTING,
	.group = OPTION_OF_TRAIN,
	.argument = "NAME",
	.summary = N_("another update rule, with its usual numbers"),
    },
    {
	.name = "rule",
	.kind = OPTION_SETTING,
	.group = OPTION_OF_TRAIN,
	.argument = "FORM",
	.summary = N_("another form of it"),
    },
    {
	.name = "rate",
	.kind = OPTION_SETTING,
	.group = OPTION_OF_TRAIN,
	.argument = "R",
	.summary = N_("another learning rate"),
    },
    {
	.name = "batch",
	.kind = OPTION_SETTING,
	.group = OPTION_OF_TRAIN,
	.argument = "N",
	.summary = N_("rows in a batch"),
    },
    {
	.name = "seed",
	.kind = OPTION_SETTING,
	.group = OPTION_OF_TRAIN,
	.argument = "N",
	.summary = N_("another seed for the lesson's random numbers"),
    },
    {
	.name = "set",
	.kind = OPTION_ASSIGN,
	.group = OPTION_OF_TRAIN,
	.argument = "NAME=VALUE",
	.summary = N_("any other setting; may be repeated"),
    },
    {
	.name = "metrics",
	.kind = OPTION_TEXT,
	.group = OPTION_OF_TRAIN,
	.argument = "FILE.csv",
	.summary = N_("write loss, accuracy, gradient norms ... of each epoch there"),
	AT(metrics),
    },
    {
	.name = "quiet",
	.kind = OPTION_FLAG,
	.group = OPTION_OF_TRAIN,
	.summary = N_("print only how it ended"),
	AT(quiet),
    },
    {
	.name = "chain",
	.kind = OPTION_SETTING,
	.summary = N_("how gradients are walked"),
    },
    {
	.name = "format",
	.kind = OPTION_WORD,
	.summary = N_("how the output is written"),
	.words = format_words,
	AT(format),
    },
    {
	.name = "quiz",
	.kind = OPTION_FLAG,
	.summary = N_("look at the questions in place of the steps"),
	AT(quiz),
    },
    {
	.name = "watch",
	.kind = OPTION_FLAG,
	.summary = N_("check again whenever a lesson is saved; Ctrl-C ends it"),
	AT(watch),
    },
    {
	.name = "like",
	.kind = OPTION_TEXT,
	.argument = "LESSON",
	.summary = N_("copy this lesson; its id becomes the file's name"),
	AT(like),
    },
    {
	.name = "code",
	.kind = OPTION_TEXT,
	.argument = "CODE",
	.summary = N_("who takes the exam: draws numbers of one's own"),
	AT(code),
    },
    {
	.name = "anonymous",
	.kind = OPTION_FLAG,
	.summary = N_("numbers in place of students' codes"),
	AT(anonymous),
    },
    {
	.name = "updates",
	.kind = OPTION_COUNT,
	.argument = "N",
	.summary = N_("as many updates; else one"),
	.least = 1,
	.most = 1000000000,
	AT(updates),
    },
    {
	.name = "junit",
	.kind = OPTION_TEXT,
	.argument = "FILE",
	.summary = N_("write the results there for build servers"),
	AT(junit),
    },
    {
	.name = "update",
	.kind = OPTION_FLAG,
	.summary = N_("write expectations that failed anew"),
	AT(update),
    },
    {.name = NULL},
};

const struct setting *option_setting(const struct option_row *row)
{
	if (row->kind != OPTION_SETTING)
		return NULL;
	return setting_find(row->setting ? row->setting : row->name);
}

void option_write(const struct option_row *row, struct strbuf *out)
{
	const struct setting *setting = option_setting(row);
	const char *const *words = setting ? setting->words : row->words;
	strbuf_addf(out, "--%s", row->name);
	if (row->argument)
		strbuf_addf(out, " %s", row->argument);
	for (size_t k = 0; !row->argument && words && words[k]; k++)
		strbuf_addf(out, "%s%s", k ? "|" : " ", word_shown(words[k]));
}
