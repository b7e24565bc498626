/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_lesson.c -- the lesson reader on any bytes: a lesson, or errors that say where. What is
 * accepted is built, too. Corpus: lessons/ and tests/lessons-bad/. */
#include <stdbool.h>
#include <string.h>

#include "target.h"

#include "backstep/build/lesson_build.h"

static void check_errors(const struct error_list *errors)
{
	for (size_t i = 0; i < errors->n_items; i++) {
		const struct error *err = &errors->items[i];
		/* a file of data that cannot be opened has no line */
		bool has_place = err->line >= 1 && err->column >= 1;
		REQUIRE(err->message[0] && (has_place || strcmp(err->file, "fuzz.yaml") != 0));
		REQUIRE(text_is_safe(err->message, strlen(err->message)));
		REQUIRE(text_is_safe(err->hint, strlen(err->hint)));
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	text_locale_init();
	return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct error_list errors = {0};
	struct lesson *lesson;
	enum status status =
	    lesson_read_text("fuzz.yaml", (const char *)data, size, &lesson, &errors);
	REQUIRE((status == STATUS_OK) == (lesson != NULL));
	REQUIRE((status == STATUS_OK) == (errors.n_items == 0));
	struct lesson_model built;
	if (lesson && lesson_build(lesson, &built, &errors) == STATUS_OK)
		lesson_model_free(&built);
	else
		REQUIRE(errors.n_items > 0);
	check_errors(&errors);
	lesson_free(lesson);
	error_list_free(&errors);
	return 0;
}
