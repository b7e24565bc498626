/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_session_state.c -- a state that is saved comes back to the bit; a file with one byte
 * changed, cut off, or of another lesson is refused, and then nothing has moved. */
#include "sitting.h"
#include "temporary.h"

#include "backstep/base/file.h"
#include "backstep/base/hash.h"

/* Types a command with the file's name after it. */
static void type_with(struct sitting *sitting, const char *command, const char *path)
{
	char line[128];
	snprintf(line, sizeof line, "%s %s", command, path);
	type_good(sitting, line);
}

/* All that a state holds, and what the next steps make of it. */
static void assert_same_place(const struct sitting *one, const struct sitting *other)
{
	const struct stepper *a = &one->session->stepper, *b = &other->session->stepper;
	struct trainer_state *x = trainer_save(&a->trainer), *y = trainer_save(&b->trainer);
	assert_non_null(x);
	assert_non_null(y);
	assert_true(trainer_state_equal(x, y));
	assert_true(a->trainer.n_updates == b->trainer.n_updates);
	assert_true(a->index == b->index);
	assert_true(stepper_number(a) == stepper_number(b));
	assert_string_equal(one->session->has_step ? one->session->step.name : "-",
			    other->session->has_step ? other->session->step.name : "-");
	free(x);
	free(y);
}

/* Saves a sitting, loads it into a fresh one, and walks on in both. */
static void assert_round_trip(struct sitting *sitting, const char *lesson)
{
	static const char *const lines[] = {"next",  "next 20", "back 2", "update 3", "next 5",
					    "epoch", "train 2", "next",   "back 1"};
	char path[TEMPORARY_PATH], chain[32];
	struct sitting other;
	temporary_name(path, ".state");
	type_with(sitting, "save-state", path);
	assert_contains(answer(sitting), "saved; come back with: load-state /tmp/");
	sitting_open(&other, lesson);
	snprintf(chain, sizeof chain, "set chain %s",
		 sitting->session->stepper.plan.form == CHAIN_PATHS ? "paths" : "deltas");
	type_good(&other, chain);
	type_good(&other, "next 3");
	type_with(&other, "load-state", path);
	assert_contains(answer(&other), "the way back begins here");
	assert_same_place(sitting, &other);
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		type_good(sitting, lines[k]);
		type_good(&other, lines[k]);
		assert_same_place(sitting, &other);
	}
	sitting_end(&other);
}

static void every_optimizer_comes_back(void **state)
{
	(void)state;
	for (const struct optimizer_class *const *class = optimizer_registry; *class; class ++) {
		for (size_t form = 0; form < (*class)->n_forms && !(*class)->fits; form++) {
			struct sitting sitting;
			char line[64];
			sitting_open(&sitting, "xor-relu-learn");
			type_good(&sitting, "update 2");
			snprintf(line, sizeof line, "set optimizer %s", (*class)->name);
			type_good(&sitting, line);
			snprintf(line, sizeof line, "set rule %s", (*class)->forms[form].name);
			type_good(&sitting, line);
			type_good(&sitting, "update 3");
			type_good(&sitting, "next 150");
			assert_round_trip(&sitting, "xor-relu-learn");
			sitting_end(&sitting);
		}
	}
}

static void every_place_comes_back(void **state)
{
	static const char *const lines[] = {"restart",     "next",         "update",
					    "next",        "goto w1",      "phase",
					    "goto commit", "epoch 7",      "set chain deltas",
					    "goto loss",   "set rate 0.3", "back phase"};
	struct sitting sitting;
	(void)state;
	sitting_open(&sitting, "sigmoid-2-2-2");
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		type_good(&sitting, lines[k]);
		assert_round_trip(&sitting, "sigmoid-2-2-2");
	}
	sitting_end(&sitting);
	sitting_open(&sitting, "or-perceptron");
	type_good(&sitting, "update 6");
	type_good(&sitting, "next 2");
	type_good(&sitting, "set rule rosenblatt");
	assert_round_trip(&sitting, "or-perceptron");
	sitting_end(&sitting);
}

/* Settings changed at a commit, by one who then went on and back, wait for the walk to come by
 * again: rate 0.3 from update 2 on, and after it another optimizer from update 4 on. */
static void settings_on_the_way_ahead_come_back(void **state)
{
	static const char *const lines[] = {"update",
					    "set rate 0.3",
					    "next 2",
					    "back 2",
					    "update 2",
					    "set optimizer adam",
					    "next 30",
					    "set schedule step",
					    "goto 7",
					    "restart",
					    "set optimizer momentum",
					    "update 2",
					    "set l2 0.01",
					    "update",
					    "set l2 off",
					    "goto 1"};
	(void)state;
	for (size_t n = 1; n <= sizeof lines / sizeof *lines; n++) {
		struct sitting sitting;
		sitting_open(&sitting, "sigmoid-2-2-2");
		for (size_t k = 0; k < n; k++)
			type_good(&sitting, lines[k]);
		assert_round_trip(&sitting, "sigmoid-2-2-2");
		sitting_end(&sitting);
	}
}

/* The example by hand begins at a state that is loaded: from its exact weights, and with two
 * decimals. Of the lesson's own walk nothing is left in it, nor of a state loaded before. */
static void by_hand_it_begins_where_the_state_was_loaded(void **state)
{
	static const char *const lines[] = {"next", "update 2", "next 5", "back 3"};
	struct sitting sitting, fresh;
	char first[TEMPORARY_PATH], second[TEMPORARY_PATH];
	(void)state;
	temporary_name(first, ".state");
	temporary_name(second, ".state");
	sitting_open(&sitting, "xor-relu-learn");
	type_good(&sitting, "update 3");
	type_with(&sitting, "save-state", first);
	type_good(&sitting, "restart");
	type_good(&sitting, "set rate 0.4");
	type_good(&sitting, "update 3");
	type_with(&sitting, "save-state", second);
	type_good(&sitting, "set rounding 2");
	type_with(&sitting, "load-state", first);
	type_with(&sitting, "load-state", second);
	sitting_open(&fresh, "xor-relu-learn");
	type_with(&fresh, "load-state", second);
	type_good(&fresh, "set rounding 2");
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
		type_good(&sitting, lines[k]);
		type_good(&fresh, lines[k]);
		assert_same_place(&sitting, &fresh);
		type_good(&sitting, "show rounding");
		type_good(&fresh, "show rounding");
		assert_contains(answer(&sitting), "by hand with 2 decimals");
		assert_string_equal(answer(&sitting), answer(&fresh));
	}
	sitting_end(&sitting);
	sitting_end(&fresh);
}

/* Networks that carry numbers or draw masks, graphs (one has no loss), and what stands around the
 * rule. */
static void statistics_masks_and_stages_come_back(void **state)
{
	static const char *const lessons[] = {"batch-normalisation", "dropout", "xor-relu-learn",
					      "svm-and-softmax", "sigmoid-neuron-graph"};
	static const char *const lines[] = {
	    "update 2",         "set l2 0.01",       "update 2",
	    "set l2-form full", "set schedule step", "set schedule-every 2",
	    "update 3",         "set clip-norm 0.7", "next 4"};
	(void)state;
	for (size_t i = 0; i < sizeof lessons / sizeof *lessons; i++) {
		struct sitting sitting;
		sitting_open(&sitting, lessons[i]);
		for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
			type_good(&sitting, lines[k]);
		if (stage_n_units(sitting.session->built.model)) /* else it is refused */
			type_good(&sitting, "set max-norm 3");
		type_good(&sitting, "next");
		assert_round_trip(&sitting, lessons[i]);
		type_good(&sitting, "set l2 off");
		assert_round_trip(&sitting, lessons[i]);
		sitting_end(&sitting);
	}
}

/* Numbers that have no short decimal: the smallest one, its neighbours, minus zero. */
static void odd_numbers_come_back(void **state)
{
	static const double odd[] = {4.9406564584124654e-324,
				     2.2250738585072009e-308,
				     -0.0,
				     1.7976931348623157e308,
				     0.1,
				     -1.0 / 3.0,
				     1e-300};
	char path[TEMPORARY_PATH];
	struct sitting sitting, other;
	(void)state;
	temporary_name(path, ".state");
	sitting_open(&sitting, "xor-relu-learn");
	sitting_open(&other, "xor-relu-learn");
	memcpy(sitting.session->stepper.trainer.model->graph.theta, odd, sizeof odd);
	type_with(&sitting, "save-state", path);
	type_with(&other, "load-state", path);
	assert_memory_equal(trainer_theta(&other.session->stepper.trainer), odd, sizeof odd);
	sitting_end(&sitting);
	sitting_end(&other);
}

/* A state of two optimizers in the middle of an update, as text. */
static void make_state(struct sitting *sitting, struct strbuf *text)
{
	char path[TEMPORARY_PATH];
	temporary_name(path, ".state");
	sitting_open(sitting, "or-perceptron");
	type_good(sitting, "update 2");
	type_good(sitting, "set rule rosenblatt");
	type_good(sitting, "next 3");
	type_with(sitting, "save-state", path);
	assert_int_equal(file_read(path, 100000, text, NULL), STATUS_OK);
}

static void write_over(const char *path, const char *text, size_t len)
{
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* Loading this text is refused, at a line of the file, and changes nothing. */
static void assert_no_state(struct sitting *sitting, const char *path, const char *text, size_t len)
{
	char line[128];
	snprintf(line, sizeof line, "load-state %s", path);
	write_over(path, text, len);
	assert_refused(sitting, line, path);
}

static void a_changed_byte_is_refused(void **state)
{
	static const char changes[] = {1, 4, 32, (char)128};
	char path[TEMPORARY_PATH];
	struct sitting sitting;
	struct strbuf text = {0};
	(void)state;
	make_state(&sitting, &text);
	temporary_name(path, ".state");
	type_good(&sitting, "next 2");
	for (size_t k = 0; k < text.len; k++) {
		for (size_t i = 0; i < sizeof changes; i++) {
			text.data[k] ^= changes[i];
			assert_no_state(&sitting, path, text.data, text.len);
			text.data[k] ^= changes[i];
		}
	}
	strbuf_free(&text);
	sitting_end(&sitting);
}

static void a_file_that_was_cut_is_refused(void **state)
{
	char path[TEMPORARY_PATH];
	struct sitting sitting;
	struct strbuf text = {0};
	(void)state;
	make_state(&sitting, &text);
	temporary_name(path, ".state");
	type_good(&sitting, "next 2");
	for (size_t len = 0; len < text.len; len++)
		assert_no_state(&sitting, path, text.data, len);
	/* or has something after it */
	strbuf_add_char(&text, '\n');
	assert_no_state(&sitting, path, text.data, text.len);
	strbuf_free(&text);
	sitting_end(&sitting);
}

/* Puts the right checksum after text whose line with old has new instead. */
static void forge(const struct strbuf *text, const char *old, const char *new, struct strbuf *out)
{
	const char *at = strstr(text->data, old), *end = strstr(text->data, "checksum ");
	assert_non_null(at);
	strbuf_clear(out);
	strbuf_add_len(out, text->data, (size_t)(at - text->data));
	strbuf_add(out, new);
	strbuf_add_len(out, at + strlen(old), (size_t)(end - at) - strlen(old));
	strbuf_addf(out, "checksum %016llx\n",
		    (unsigned long long)hash_bytes(HASH_START, out->data, out->len));
}

/* A whole file that says what cannot be gets the reason and its line. */
struct forgery {
	const char *old, *new, *wanted;
};

/* Forges a good state in each way, with surplus characters after it, and loads it in vain; a
 * forgery without effect and surplus is loaded. */
static void check_forgeries(const struct forgery *rows, size_t n, size_t surplus)
{
	char path[TEMPORARY_PATH], line[128];
	struct sitting sitting;
	struct strbuf text = {0}, forged = {0};
	make_state(&sitting, &text);
	temporary_name(path, ".state");
	snprintf(line, sizeof line, "load-state %s", path);
	for (size_t k = 0; k < n; k++) {
		forge(&text, rows[k].old, rows[k].new, &forged);
		strbuf_repeat(&forged, "#", surplus);
		write_over(path, forged.data, forged.len);
		assert_refused(&sitting, line, rows[k].wanted);
	}
	forge(&text, "step", "step", &forged);
	write_over(path, forged.data, forged.len);
	type_good(&sitting, line);
	strbuf_free(&text);
	strbuf_free(&forged);
	sitting_end(&sitting);
}

static void what_cannot_be_is_refused_at_its_line(void **state)
{
	static const struct forgery rows[] = {
	    {"lesson or-perceptron", "lesson other",
	     ":2: error: this state is of the lesson other"},
	    {"structure ", "structure 0", ":3: error: the lesson's network, batches or rows"},
	    {"chain paths", "chain deltas", ":4: error: the state was saved with gradients"},
	    {"updates 2", "updates -2", ":5: error: "},
	    {"updates 2", "updates 2 ", ":5: error: "},
	    {"step 3", "step 3000", "error: an update has no step 3000"},
	    {"step 3", "stap 3", ":6: error: expected a line that begins with 'step'"},
	    {"from 0 perceptron", "from 1 perceptron", ":8: error: this is no optimizer"},
	    {"from 2 perceptron", "from 0 perceptron", ":9: error: this is no optimizer"},
	    {"from 2 perceptron", "from 2 perceptrum", ":9: error: this is no optimizer"},
	    {"from 2 perceptron", "from 3 perceptron", ":9: error: this is no optimizer"},
	    {"rosenblatt", "lecture ", ":9: error: this is no optimizer"},
	    {"number rate", "stage l3 1\nnumber rate", ":10: error: there is no stage 'l3'"},
	    {"number rate", "stage l2\nnumber rate", ":10: error: this is no stage"},
	    {"number rate", "stage l2 -1\nnumber rate", ":10: error: l2 lies between"},
	    {"number rate 0.5", "number rate nan", ":10: error: "},
	    {"number rate 0.5", "number rate -1", ":10: error: "},
	    {"weight w1 ", "weight w9 ", ": error: expected a line that begins with 'weight w1'"},
	    {"weight w1 ", "weight w1 inf", ": error: "},
	    {"weight w1 ", "set 1 weight 99 1\nweight w1 ", ":11: error: this is no number that"},
	    {"weight w1 ", "set 1 output 0 1\nweight w1 ", ":11: error: this is no number that"},
	    {"weight w1 ", "set 1 input 0 x\nweight w1 ", ":11: error: this is no number that"},
	    {"weight w1 ", "set 2 input 0 1\nset 1 input 0 1\nweight w1 ",
	     ":12: error: this is no"},
	    {"weight w1 ", "bookmark here\nweight w1 ", ":11: error: this is no bookmark"},
	    {"weight w1 ", "break w7\nweight w1 ", ":11: error: 'w7' is no parameter"},
	    {"weight w1 ", "break w1\nwatch y\nweight w1 ", "begins with 'weight w1'"},
	    {"weight w2 ", "", ": error: expected a line that begins with 'weight w2'"},
	};
	(void)state;
	check_forgeries(rows, sizeof rows / sizeof *rows, 0);
}

static void other_files_are_refused(void **state)
{
	char path[TEMPORARY_PATH], line[128];
	struct sitting sitting, other;
	(void)state;
	temporary_name(path, ".state");
	sitting_open(&sitting, "xor-relu-learn");
	type_with(&sitting, "save-state", path);
	sitting_open(&other, "xor-relu");
	snprintf(line, sizeof line, "load-state %s", path);
	assert_refused(&other, line, "this state is of the lesson xor-relu-learn");
	sitting_end(&other);
	/* the same lesson in other batches */
	sitting_begin(&other);
	type_good(&other, "set batch 2");
	type_good(&other, "lesson xor-relu-learn");
	assert_refused(&other, line, "the lesson's network, batches or rows are not those");
	sitting_end(&other);
	/* the same lesson with other random numbers */
	sitting_open(&other, "dropout");
	type_with(&other, "save-state", path);
	sitting_end(&other);
	sitting_begin(&other);
	type_good(&other, "set seed 9");
	type_good(&other, "lesson dropout");
	assert_refused(&other, line, "the lesson's network, batches or rows are not those");
	sitting_end(&other);
	assert_refused(&sitting, "load-state", "a file's name is missing");
	assert_refused(&sitting, "save-state", "a file's name is missing");
	assert_refused(&sitting, "load-state /dev/null/x", "cannot be read");
	assert_refused(&sitting, "load-state /tmp", "this is a folder");
	assert_refused(&sitting, "save-state /dev/null/x", "cannot be written");
	assert_refused(&sitting, "save-state /tmp/no-such/x", "there is no such folder");
	assert_refused(&sitting, "save-state /tmp", "this is a folder");
	unlink(path);
	temporary_write(path, ".state", "lesson xor-relu-learn\n");
	snprintf(line, sizeof line, "load-state %s", path);
	assert_refused(&sitting, line, ":1: error: this is no saved state");
	write_over(path, "backstep-state 4\n", 17);
	assert_refused(&sitting, line,
		       ":1: error: this state is of another version of its format; "
		       "another backstep has written it");
	write_over(path, "backstep-state 2\n", 17);
	assert_refused(&sitting, line,
		       ":1: error: this state is of another version of its format; "
		       "since then states hold what was set by hand too: train again");
	write_over(path, "backstep-state 1\n", 17);
	assert_refused(&sitting, line,
		       ":1: error: this state is of another version of its format; "
		       "since then bare numbers beside named weights are constants");
	sitting_end(&sitting);
}

/* Larger than any state of or-perceptron; what it is still is told by its first lines. */
static void a_large_file_is_told_by_its_head(void **state)
{
	static const struct forgery rows[] = {
	    {"lesson or-perceptron", "lesson digits-784",
	     ":2: error: this state is of the lesson digits-784; open that lesson first"},
	    {"structure ", "structure 0", ":3: error: the lesson's network, batches or rows"},
	    {"backstep-state 3", "backstep-state 4", ":1: error: this state is of another version"},
	    {"backstep-state 3", "a backstep-state", ":1: error: this is no saved state"},
	    {"step 3", "step 3", "error: the file is larger than"},
	};
	(void)state;
	check_forgeries(rows, sizeof rows / sizeof *rows, 1 << 21);
}

/* What was set by hand comes back where it was set, also ahead of the state's place: a parameter,
 * an input, a target; with what is watched and marked. */
static void what_was_set_and_marked_comes_back(void **state)
{
	static const char *const lines[] = {
	    "update 2",          "set x1(2) = 0.7",       "next 4",           "set t(2) = 0.25",
	    "update 2",          "set w1 = 0.3",          "set x2(1) = -0.4", "update 3",
	    "watch y(2) - t(2)", "break change w1 > 0.1", "break J < 0.001",  "bookmark far",
	    "goto 300"};
	char path[TEMPORARY_PATH];
	struct sitting sitting, other;
	(void)state;
	sitting_open(&sitting, "xor-relu-learn");
	for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
		type_good(&sitting, lines[k]);
	assert_int_equal(stepper_edits(&sitting.session->stepper)->n_in_force, 0);
	assert_int_equal(stepper_edits(&sitting.session->stepper)->n, 4);
	assert_round_trip(&sitting, "xor-relu-learn"); /* and 40 updates on */
	assert_int_equal(stepper_edits(&sitting.session->stepper)->n_in_force, 4);
	temporary_name(path, ".state");
	type_with(&sitting, "save-state", path);
	sitting_open(&other, "xor-relu-learn");
	type_good(&other, "watch J");
	type_good(&other, "set x1(1) = 9");
	type_with(&other, "load-state", path);
	assert_same_place(&sitting, &other);
	for (int k = 0; k < 2; k++) {
		static const char *const lists[] = {"watch", "break", "bookmark", "view data"};
		struct sitting *one = k ? &other : &sitting;
		struct strbuf said = {0};
		for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
			type_good(&sitting, lists[i]);
			strbuf_clear(&said);
			strbuf_add(&said, answer(&sitting));
			type_good(one, lists[i]);
			assert_string_equal(answer(one), strbuf_str(&said));
		}
		strbuf_free(&said);
	}
	assert_contains(answer(&other), "0.7  1"); /* row 2's inputs */
	type_good(&other, "restart");
	type_good(&other, "view data");
	assert_null(strstr(answer(&other), "0.7  1"));
	sitting_end(&sitting);
	sitting_end(&other);
}

static void the_way_back_begins_where_it_was_loaded(void **state)
{
	char path[TEMPORARY_PATH];
	struct sitting sitting;
	(void)state;
	temporary_name(path, ".state");
	sitting_open(&sitting, "sigmoid-2-2-2");
	type_good(&sitting, "goto 300");
	type_with(&sitting, "save-state", path);
	type_good(&sitting, "restart");
	type_with(&sitting, "load-state", path);
	assert_string_equal(answer(&sitting), "update 3, step 300; the way back begins here\n");
	/* within the update of the state every step is there: 256 are before it */
	type_good(&sitting, "back 44");
	assert_contains(answer(&sitting), "[256] next update");
	assert_refused(&sitting, "back",
		       "the way back begins at step 256, where the state was loaded");
	assert_refused(&sitting, "goto 255", "the way back begins at step 256");
	assert_refused(&sitting, "goto 0", "the way back begins at step 256");
	assert_contains(complaint(&sitting), "to the start of the lesson: restart");
	assert_refused(&sitting, "set shuffle true", "go there with: restart");
	type_good(&sitting, "goto 700");
	type_good(&sitting, "goto 256");
	assert_contains(answer(&sitting), "[256] next update");
	type_good(&sitting, "next");
	assert_contains(answer(&sitting), "[257]");
	type_good(&sitting, "back");
	/* the lesson's start is there all the same, with its own numbers and the settings in force
	 */
	type_good(&sitting, "set rate 0.25");
	type_good(&sitting, "restart");
	assert_true(stepper_number(&sitting.session->stepper) == 0);
	type_good(&sitting, "expect w5 = 0.5");
	type_good(&sitting, "show settings");
	assert_contains(answer(&sitting), "  rate      0.25\n");
	type_good(&sitting, "set shuffle true");
	assert_refused(&sitting, "back", "this is the start");
	/* a lesson that is opened again begins at its own start */
	type_good(&sitting, "lesson sigmoid-2-2-2");
	assert_refused(&sitting, "back", "this is the start");
	sitting_end(&sitting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_optimizer_comes_back),
	    cmocka_unit_test(every_place_comes_back),
	    cmocka_unit_test(settings_on_the_way_ahead_come_back),
	    cmocka_unit_test(by_hand_it_begins_where_the_state_was_loaded),
	    cmocka_unit_test(statistics_masks_and_stages_come_back),
	    cmocka_unit_test(odd_numbers_come_back),
	    cmocka_unit_test(a_changed_byte_is_refused),
	    cmocka_unit_test(a_file_that_was_cut_is_refused),
	    cmocka_unit_test(what_cannot_be_is_refused_at_its_line),
	    cmocka_unit_test(other_files_are_refused),
	    cmocka_unit_test(a_large_file_is_told_by_its_head),
	    cmocka_unit_test(what_was_set_and_marked_comes_back),
	    cmocka_unit_test(the_way_back_begins_where_it_was_loaded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
