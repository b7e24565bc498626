/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session_random.c -- random sittings, with settings changed anywhere, the example by hand,
 * and states saved and loaded: one that is taken up from a saved state, and one that replays a
 * saved script, go on to the same bits.
 *
 * A sitting that fails is cut down as far as it still fails, and printed: type it to see why. More
 * of them, or others: test_session_random SEED NUMBER. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/base/random.h"
#include "backstep/session/rounding.h"

enum { MAX_LINES = 40, MAX_LINE = 64, MOST_BEFORE = 12, MOST_AFTER = 6 };

static uint64_t first_seed = 9, n_sittings = 150;

static const char *const lessons[] = {"or-perceptron",       "sigmoid-2-2-2",  "xor-relu",
				      "xor-relu-learn",      "residual-block", "dropout",
				      "batch-normalisation", "optimizer-tour", "svm-and-softmax"};

/* Lines before from are the sitting that is saved; the others go on from there. */
struct script {
	char lines[MAX_LINES][MAX_LINE];
	size_t n, from;
};

/* A line, or a pair of lines that stay together. What stands for its % is a number from 1 to most,
 * or one of the words. */
struct line_form {
	const char *form;
	size_t most;
	const char *const *words;
};

static const char *const rates[] = {"0.01", "0.05", "0.3", "0.5"};
static const char *const optimizers[] = {"gd", "momentum", "nesterov", "adam", "adagrad", "rprop"};
static const char *const chains[] = {"auto", "paths", "deltas"};
static const char *const roundings[] = {"2", "3 cut", "1 half-even", "off"};
static const char *const stages[] = {"l2 0.01", "l2 off", "clip-norm 0.5", "schedule step",
				     "schedule-every 2"};
static const char *const places[] = {"update", "backward", "commit", "loss"};

/* Those that lead on: back never leads to before the place where they began, as from a loaded state
 * there is no way. */
static const struct line_form on_forms[] = {
    {"next %", 30, NULL},        {"update %", 3, NULL},
    {"next 9\nback %", 8, NULL}, {"update 2\nback %", 3, NULL},
    {"epoch", 0, NULL},          {"phase", 0, NULL},
    {"chain", 0, NULL},          {"train %", 2, NULL},
    {"set rate %", 4, rates},    {"set optimizer %", 6, optimizers},
    {"set chain %", 3, chains},  {"set %", 5, stages},
};
static const struct line_form any_forms[] = {
    {"back %", 40, NULL},       {"back %", 400, NULL},
    {"goto %", 300, NULL},      {"goto %", 4, places},
    {"back phase", 0, NULL},    {"restart", 0, NULL},
    {"next %", 3, NULL},        {"set rounding %", 4, roundings},
    {"set digits %", 17, NULL}, {"set rounding %", 2, roundings},
};
/* Those that stop, set a number, give a place a name, take back; and those that only look. Not
 * every lesson has every name: a line that is refused is part of a sitting too. */
static const char *const params[] = {"w1", "w5", "w11", "b", "W1[1,1]"};
static const char *const numbers[] = {"w1", "E", "J", "y", "y1", "w5", "dJ/dw1", "dE/dw1", "z"};
static const struct line_form stop_forms[] = {
    {"break change %", 5, params},
    {"break if J < 0.4\nbreak if E < 0.2", 0, NULL},
    {"break off\nbreak w1\ncontinue %", 3, NULL},
    {"update 2\nback break", 0, NULL},
    {"break off\nbreak w1\nbreak change J\ncontinue", 0, NULL},
    {"break off\nbreak w1\nbreak E < 0.2\ncontinue", 0, NULL},
    {"break nan", 0, NULL},
    {"train until J < 0.4 within 5", 0, NULL},
    {"train until E < 0.2 within 5", 0, NULL},
    {"next 3\nset w1 = 0.%", 9, NULL},
    {"set w5 = 0.%", 9, NULL},
    {"set x1 = 0.%", 9, NULL},
    {"set x1(2) = 0.%", 9, NULL},
    {"set t += 0.%", 9, NULL},
    {"set t1 = 0.%", 9, NULL},
    {"play 1000", 0, NULL},
    {"bookmark there\nupdate 2\ngoto there", 0, NULL},
    {"watch %", 9, numbers},
    {"undo %", 3, NULL},
    {"redo", 0, NULL},
    {"undo 2\nredo", 0, NULL},
};
static const struct line_form look_forms[] = {
    {"print %", 9, numbers},        {"show %", 9, numbers},        {"from %", 9, numbers},
    {"from %", 300, NULL},          {"to %", 9, numbers},          {"history %", 9, numbers},
    {"what-if x1 += 0.%", 9, NULL}, {"history E step", 0, NULL},   {"history E row", 0, NULL},
    {"what-if w1 += 0.%", 9, NULL}, {"what-if w5 = 0.%", 9, NULL}, {"diff 0 %", 300, NULL},
    {"evaluate 0.3 0.4", 0, NULL},
};
enum {
	N_STOP = sizeof stop_forms / sizeof *stop_forms,
	N_LOOK = sizeof look_forms / sizeof *look_forms,
	N_ON = sizeof on_forms / sizeof *on_forms,
	N_ANY = sizeof any_forms / sizeof *any_forms,
	N_LESSONS = sizeof lessons / sizeof *lessons,
};

static void add_form(struct script *script, struct random *random, const struct line_form *form)
{
	char *line = script->lines[script->n++];
	size_t len = strcspn(form->form, "%"),
	       k = form->most ? random_below(random, form->most) : 0;
	assert_true(script->n <= MAX_LINES);
	if (form->words)
		snprintf(line, MAX_LINE, "%.*s%s", (int)len, form->form, form->words[k]);
	else if (form->most)
		snprintf(line, MAX_LINE, "%.*s%zu", (int)len, form->form, k + 1);
	else
		snprintf(line, MAX_LINE, "%s", form->form);
}

static void make_script(struct script *script, uint64_t number)
{
	struct random random;
	*script = (struct script){0};
	random_stream(&random, first_seed, "sittings", number);
	script->n = 1;
	snprintf(script->lines[0], MAX_LINE, "lesson %s",
		 lessons[random_below(&random, N_LESSONS)]);
	for (size_t k = 1 + random_below(&random, MOST_BEFORE); k > 0; k--) {
		size_t i = random_below(&random, N_ON + N_ANY);
		add_form(script, &random, i < N_ON ? &on_forms[i] : &any_forms[i - N_ON]);
	}
	script->from = script->n;
	for (size_t k = 1 + random_below(&random, MOST_AFTER); k > 0; k--)
		add_form(script, &random, &on_forms[random_below(&random, N_ON)]);
}

/* The same, with stops and numbers that are set in between. */
static void add_stops(struct script *script, uint64_t number)
{
	struct random random;
	struct script plain = *script;
	random_stream(&random, first_seed, "stops", number);
	script->n = 1;
	for (size_t k = 1; k < plain.n; k++) {
		if (random_below(&random, 2))
			add_form(script, &random, &stop_forms[random_below(&random, N_STOP)]);
		memcpy(script->lines[script->n++], plain.lines[k], MAX_LINE);
	}
	script->from = script->n;
}

/* Types a line, or the two of a pair. */
static enum status type_lines(struct sitting *sitting, const char *lines)
{
	char line[MAX_LINE];
	const char *end = strchr(lines, '\n');
	snprintf(line, sizeof line, "%.*s", (int)strcspn(lines, "\n"), lines);
	enum status status = type(sitting, line);
	return end && !status ? type_lines(sitting, end + 1) : status;
}

static void play(struct sitting *sitting, const struct script *script, size_t n)
{
	sitting_begin(sitting);
	for (size_t k = 0; k < n; k++)
		type_lines(sitting, script->lines[k]);
}

/* Whether both are at the same place with the same numbers. */
static bool same_place(const struct sitting *one, const struct sitting *other)
{
	struct moment a, b;
	moment_take(one, &a);
	moment_take(other, &b);
	bool same = a.n_updates == b.n_updates && a.index == b.index &&
		    trainer_state_equal(a.state, b.state) &&
		    one->session->has_step == other->session->has_step;
	if (same && one->session->has_step) {
		const struct step *s = &one->session->step, *t = &other->session->step;
		same = s->number == t->number && strcmp(s->name, t->name) == 0 &&
		       memcmp(&s->value, &t->value, sizeof s->value) == 0;
	}
	moment_free(&a);
	moment_free(&b);
	return same;
}

static bool type_both(struct sitting *one, struct sitting *other, const char *line)
{
	enum status a = type_lines(one, line), b = type_lines(other, line);
	return a == b && same_place(one, other);
}

/* From a saved state, in a fresh sitting that counts steps in the same way and does the example by
 * hand, it goes on as in the one that was never left. */
static bool goes_on_from_a_state(const struct script *script)
{
	struct sitting one, other;
	char path[TEMPORARY_PATH], line[MAX_LINE + TEMPORARY_PATH];
	temporary_name(path, ".state");
	play(&one, script, script->from);
	snprintf(line, sizeof line, "save-state %s", path);
	bool good = type(&one, line) == STATUS_OK;
	play(&other, script, 1);
	snprintf(line, sizeof line, "set chain %s",
		 one.session->stepper.plan.form == CHAIN_PATHS ? "paths" : "deltas");
	type(&other, line);
	type(&other, "set rounding 2");
	snprintf(line, sizeof line, "load-state %s", path);
	good = good && type(&other, line) == STATUS_OK && same_place(&one, &other);
	for (size_t k = script->from; good && k < script->n; k++)
		good = type_both(&one, &other, script->lines[k]);
	sitting_end(&one);
	sitting_end(&other);
	return good;
}

/* Types the lines of a file that was saved. */
static bool replay(struct sitting *sitting, const char *path)
{
	char line[256];
	FILE *file = fopen(path, "re");
	if (!file)
		return false;
	sitting_begin(sitting);
	while (fgets(line, sizeof line, file))
		type(sitting, line);
	fclose(file);
	return true;
}

static bool same_moment(const struct sitting *one, const struct sitting *other)
{
	struct moment a, b;
	moment_take(one, &a);
	moment_take(other, &b);
	bool same = strcmp(strbuf_str(&a.text), strbuf_str(&b.text)) == 0;
	moment_free(&a);
	moment_free(&b);
	return same && same_place(one, other);
}

/* What was saved as a script leads to the same place, and to the same numbers by hand. */
static bool is_replayed(const struct script *script)
{
	struct sitting one, other = {0};
	char path[TEMPORARY_PATH], line[MAX_LINE + TEMPORARY_PATH];
	temporary_name(path, ".script");
	play(&one, script, script->n);
	snprintf(line, sizeof line, "save %s", path);
	bool good =
	    type(&one, line) == STATUS_OK && replay(&other, path) && same_moment(&one, &other);
	if (good) {
		type(&one, "show rounding");
		type(&other, "show rounding");
		good = strcmp(answer(&one), answer(&other)) == 0;
	}
	sitting_end(&one);
	sitting_end(&other);
	return good;
}

/* Types one of the lines that only look, after each of the script. */
static void play_looking(struct sitting *sitting, const struct script *script)
{
	struct random random;
	sitting_begin(sitting);
	random_seed(&random, script->n);
	for (size_t k = 0; k < script->n; k++) {
		struct script look = {0};
		add_form(&look, &random, &look_forms[random_below(&random, N_LOOK)]);
		type_lines(sitting, script->lines[k]);
		type_lines(sitting, look.lines[0]);
	}
}

/* Who looks gets to the same place with the same numbers as who does not. */
static bool is_undisturbed(const struct script *script)
{
	struct sitting one, other;
	play(&one, script, script->n);
	play_looking(&other, script);
	bool good = same_moment(&one, &other);
	sitting_end(&one);
	sitting_end(&other);
	return good;
}

static void remove_line(struct script *script, size_t k)
{
	memmove(script->lines + k, script->lines + k + 1,
		(--script->n - k) * sizeof *script->lines);
	script->from -= k < script->from;
}

/* Leaves lines out, the first one apart, as long as holds() goes on failing. */
static void cut_down(struct script *script, bool (*holds)(const struct script *script))
{
	for (size_t k = script->n; k-- > 1;) {
		struct script shorter = *script;
		remove_line(&shorter, k);
		if (!holds(&shorter))
			*script = shorter;
	}
}

static void check_all(bool (*holds)(const struct script *script), bool has_stops)
{
	/* those with stops take back, and so do again, much of what was done */
	for (uint64_t i = 0; i < (has_stops ? n_sittings / 5 : n_sittings); i++) {
		struct script script;
		make_script(&script, i);
		if (has_stops)
			add_stops(&script, i);
		if (holds(&script))
			continue;
		cut_down(&script, holds);
		print_error("seed %llu, sitting %llu:\n", (unsigned long long)first_seed,
			    (unsigned long long)i);
		for (size_t k = 0; k < script.n; k++)
			print_error("%s  %s\n", k == script.from ? "  (saved here)\n" : "",
				    script.lines[k]);
		fail();
	}
}

static void a_saved_state_goes_on_as_if_it_had_never_been_left(void **state)
{
	(void)state;
	check_all(goes_on_from_a_state, false);
}

static void a_saved_script_leads_to_the_same_bits(void **state)
{
	(void)state;
	check_all(is_replayed, false);
	check_all(is_replayed, true);
}

static void looking_disturbs_nothing(void **state)
{
	(void)state;
	check_all(is_undisturbed, true);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_saved_state_goes_on_as_if_it_had_never_been_left),
	    cmocka_unit_test(a_saved_script_leads_to_the_same_bits),
	    cmocka_unit_test(looking_disturbs_nothing),
	};
	if (argc == 3) {
		first_seed = strtoull(argv[1], NULL, 10);
		n_sittings = strtoull(argv[2], NULL, 10);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
