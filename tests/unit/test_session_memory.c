/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session_memory.c -- a lesson is opened without one of the pieces of memory that it asks for:
 * whichever it is, that is said, or the lesson is there as a whole. The linker leads the calls of
 * the C library's functions through the ones that fail here (tests/CMakeLists.txt); the reader of
 * YAML has its own. */
#include <stdlib.h>

#include "temporary.h"

#include "backstep/base/i18n.h"
#include "backstep/base/text.h"
#include "backstep/session/rounding.h"

/* How many calls are left until one fails; 0: none does. */
static size_t countdown;

static bool fails_now(void)
{
	return countdown > 0 && --countdown == 0;
}

#define FAILING(type, name, params, args)                       \
	type __real_##name params;                              \
	type __wrap_##name params;                              \
	type __wrap_##name params                               \
	{                                                       \
		return fails_now() ? NULL : __real_##name args; \
	}
FAILING(void *, malloc, (size_t size), (size))
FAILING(void *, calloc, (size_t n, size_t size), (n, size))
FAILING(void *, realloc, (void *old, size_t size), (old, size))
FAILING(void *, reallocarray, (void *old, size_t n, size_t size), (old, n, size))
FAILING(void *, aligned_alloc, (size_t alignment, size_t size), (alignment, size))

/* What a lesson that opened has. */
struct contents {
	size_t n_figures, n_params, n_roundings;
};

static struct contents contents_of(const struct session *session)
{
	return (struct contents){session->figures.n_items, session->built.model->n_order,
				 rounding_how(session) ? 1 : 0};
}

/* Opens the lesson with call number n failing. Returns whether there was such a call. */
static bool open_without(const char *lesson, size_t n, struct contents *contents)
{
	struct session *session;
	struct error_list errors = {0};
	assert_int_equal(session_new(&session, NULL), STATUS_OK);
	countdown = n;
	enum status status = session_open(session, lesson, &errors);
	bool failed = countdown == 0;
	countdown = 0;
	if (status) {
		assert_true(failed || n == 0);
		assert_null(session->lesson);
		assert_true(errors.n_items + errors.n_dropped > 0);
		for (size_t i = 0; i < errors.n_items; i++)
			assert_string_equal(errors.items[i].message, "out of memory");
	} else {
		*contents = contents_of(session);
	}
	error_list_free(&errors);
	session_free(session);
	return failed;
}

static void assert_whole_or_not_at_all(const char *lesson, struct contents wanted)
{
	size_t n = 0;
	for (bool failed = true; failed; n++) {
		struct contents contents = wanted;
		failed = open_without(lesson, n, &contents);
		if (memcmp(&contents, &wanted, sizeof wanted) != 0)
			fail_msg("%s is not whole without call %zu", lesson, n);
		failed = failed || n == 0;
	}
	assert_true(n > 50); /* or nothing was tried */
}

/* By hand: y = 2 3 + 1 = 7, E = (5 - 7)^2 / 2 = 2. */
static void a_lesson_opens_as_a_whole_or_not_at_all(void **state)
{
	char path[TEMPORARY_PATH];
	struct strbuf text = {0};
	(void)state;
	text_locale_init();
	language_set(LANGUAGE_EN);
	strbuf_addf(&text,
		    "%sfigures: [{of: y, printed: \"7\", verdict: exact}, "
		    "{of: E, printed: \"2\", verdict: exact}]\nrounding: {digits: 2}\n",
		    lesson_line);
	temporary_lesson(path, strbuf_str(&text));
	assert_whole_or_not_at_all(path, (struct contents){2, 1, 1});
	strbuf_free(&text);
}

/* What cannot even be kept is counted: the program then ends as one whose memory ended. */
static void an_error_that_is_dropped_is_counted(void **state)
{
	struct error_list errors = {0};
	struct error err;
	(void)state;
	error_set(&err, STATUS_IO, "it cannot be read");
	size_t n = error_n_no_memory();
	countdown = 1;
	error_list_add(&errors, &err);
	assert_int_equal(errors.n_dropped, 1);
	assert_int_equal(error_n_no_memory(), n + 1);
	error_list_free(&errors);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_lesson_opens_as_a_whole_or_not_at_all),
	    cmocka_unit_test(an_error_that_is_dropped_is_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
