/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lesson_describe.h -- what there is to say of a lesson that its text does not say. */
#ifndef BACKSTEP_BUILD_LESSON_DESCRIBE_H
#define BACKSTEP_BUILD_LESSON_DESCRIBE_H

#include "backstep/base/strbuf.h"
#include "backstep/build/lesson_build.h"

/* Says where the rows come from, how they are split and scaled, how the parameters start, which of
 * them have made names and which numbers are constants, a line each; nothing where all of that
 * stands in the lesson. */
void lesson_describe(const struct lesson *lesson, const struct lesson_rows *rows,
		     struct strbuf *out);

/* What is to be told once, when the lesson is opened: that made rows stand in for a file, what an
 * older format means otherwise now, that a target is out of reach, or a softmax taken twice. false
 * where there is nothing. */
bool lesson_warn(const struct lesson *lesson, const struct lesson_model *built, struct strbuf *out);

#endif
