/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subcommand_list.h -- every subcommand, in the order in which help shows them.
 *
 * To add one: X(name) here, and a file with `const struct subcommand subcommand_name`. */
#ifndef BACKSTEP_CONSOLE_SUBCOMMAND_LIST_H
#define BACKSTEP_CONSOLE_SUBCOMMAND_LIST_H

#include "backstep/console/subcommand.h"

#define SUBCOMMAND_LIST(X) \
	X(run)             \
	X(trace)           \
	X(train)           \
	X(check)           \
	X(exam)            \
	X(report)          \
	X(list)            \
	X(new)             \
	X(help)

#define DECLARE(name) extern const struct subcommand subcommand_##name;
SUBCOMMAND_LIST(DECLARE)
#undef DECLARE

#endif
