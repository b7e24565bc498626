/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run_new.c -- `backstep new`: a lesson to start from. */
#include "console_private.h"
#include "subcommand_list.h"

#include "backstep/base/file.h"
#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/lesson/lesson_guide.h"

static int run(const struct options *options, char **args, int n_args)
{
	struct strbuf text = {0};
	struct error err = {0};
	char shown[TEXT_EXCERPT];
	(void)n_args;
	lesson_guide_starter(&text);
	enum status status = error_n_no_memory() ? error_no_memory(&err)
						 : file_create(args[0], text.data, text.len, &err);
	strbuf_clear(&text);
	strbuf_addf(&text, _("written; edit it, and prove it with: backstep check %s\n"),
		    text_excerpt(shown, args[0]));
	if (!status)
		options_print(options, strbuf_str(&text));
	strbuf_free(&text);
	return status ? options_fail(options, &err) : EXIT_GOOD;
}

const struct subcommand subcommand_new = {
    .name = "new",
    .usage = "FILE",
    .summary = N_("write a commented lesson to start from"),
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
