/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounding.c -- the example done by hand, update after update.
 *
 * What each update starts from is kept, so that going back costs nothing and is exact. The walk may
 * have got here in one jump, and settings may have changed on the way: so the updates not done yet
 * are visited one by one, and all of them again when a setting changed at any. */
#include "backstep/session/rounding.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session_private.h"

#include "backstep/base/contract.h"
#include "backstep/base/i18n.h"
#include "backstep/base/number.h"
#include "backstep/base/text.h"
#include "backstep/base/word.h"

/* Owns: the replay and the states. */
struct rounding {
	struct lesson_rounding how;
	struct replay replay;
	struct replay_state **states; /* [n_states] before update first (NULL: as given), ... */
	size_t n_states, capacity;
	bool is_there; /* whether the replay is that of update */
	uint64_t update;
	uint64_t settings; /* what the states depend on */
	uint64_t first;    /* the update of states[0]: where the walk begins */
};

static void use_rounded(void *ctx, struct replay_number *number)
{
	const struct rounding *rounding = ctx;
	if (number->index > 0)
		number->other.value =
		    decimal_round(number->other.value, rounding->how.places, rounding->how.mode);
}

static void forget(struct rounding *rounding)
{
	for (size_t k = 0; k < rounding->n_states; k++)
		free(rounding->states[k]);
	rounding->n_states = 0;
	rounding->is_there = false;
}

static void rounding_free(struct rounding *rounding)
{
	if (!rounding)
		return;
	forget(rounding);
	free(rounding->states);
	replay_free(&rounding->replay);
	free(rounding);
}

void rounding_end(struct session *session)
{
	rounding_free(session->rounding);
	session->rounding = NULL;
}

/* Keeps what the update of number n_states starts from. */
static enum status keep(struct rounding *rounding, struct replay_state *state, struct error *err)
{
	if (rounding->n_states == rounding->capacity) {
		size_t capacity = rounding->capacity ? 2 * rounding->capacity : 16;
		struct replay_state **states = realloc(rounding->states, capacity * sizeof *states);
		if (!states) {
			free(state);
			return error_no_memory(err);
		}
		rounding->states = states;
		rounding->capacity = capacity;
	}
	rounding->states[rounding->n_states++] = state;
	return STATUS_OK;
}

/* Replays the update where the stepper is, and keeps what the next one starts from. */
static enum status do_update(struct rounding *rounding, struct stepper *stepper, struct error *err)
{
	uint64_t update = stepper_updates(stepper);
	size_t k = (size_t)(update - rounding->first);
	CONTRACT(update >= rounding->first && k < rounding->n_states);
	stepper_end_pass(stepper);
	enum status status = replay_update(&rounding->replay, stepper, rounding->states[k], err);
	rounding->is_there = status == STATUS_OK;
	rounding->update = update;
	if (status || rounding->n_states > k + 1)
		return status;
	struct replay_state *state = replay_save(&rounding->replay, stepper);
	return state ? keep(rounding, state, err) : error_no_memory(err);
}

/* Replays the current update, and before it those that were not done yet. */
static enum status catch_up(struct rounding *rounding, struct stepper *stepper, struct error *err)
{
	uint64_t update = stepper_updates(stepper), index = stepper->index;
	enum status status = STATUS_OK;
	if (rounding->n_states == 0)
		status = keep(rounding, NULL, err);
	while (!status && rounding->first + rounding->n_states <= update) {
		stepper_visit(stepper, rounding->first + rounding->n_states - 1);
		status = do_update(rounding, stepper, err);
	}
	stepper_visit(stepper, update);
	if (!status)
		status = do_update(rounding, stepper, err);
	stepper->index = index;
	return status;
}

uint64_t rounding_last_update(const struct session *session)
{
	CONTRACT(session->lesson);
	uint64_t updates = ROUNDING_MAX_NUMBERS / replay_count(&session->stepper);
	return stepper_first(&session->stepper) +
	       (updates < ROUNDING_MAX_UPDATES ? updates : ROUNDING_MAX_UPDATES);
}

enum status rounding_follow(struct session *session, struct error *err)
{
	CONTRACT(session->rounding);
	struct rounding *rounding = session->rounding;
	struct stepper *stepper = &session->stepper;
	uint64_t update = stepper_updates(stepper), settings = stepper_settings(stepper);
	if (rounding->settings != settings)
		forget(rounding);
	rounding->settings = settings;
	rounding->first = stepper_first(stepper);
	if (rounding->is_there && rounding->update == update)
		return STATUS_OK;
	rounding->is_there = false;
	if (update >= rounding_last_update(session))
		return STATUS_OK;
	enum status status = catch_up(rounding, stepper, err);
	/* another optimizer may have made the updates too long: then nothing is done by hand */
	return status == STATUS_BAD_INPUT ? STATUS_OK : status;
}

static enum status try_update(struct rounding *rounding, struct stepper *stepper, struct error *err)
{
	enum status status = replay_init(&rounding->replay, err);
	rounding->replay.use = use_rounded;
	rounding->replay.ctx = rounding;
	if (!status)
		status = replay_update(&rounding->replay, stepper, NULL, err);
	if (!status && stages_list(&stepper_optimizer(stepper)->stages).n)
		status =
		    error_set(err, STATUS_BAD_INPUT,
			      _("stages of the update (l2, schedule, ...) are not done by hand: "
				"switch them off"));
	if (!status && rounding->replay.has_gap)
		status = error_set(err, STATUS_BAD_INPUT,
				   _("a sum of this network is too long to be done by hand"));
	return status;
}

/* The mode called word, or N_DECIMAL_MODES. */
static enum decimal_mode find_mode(const char *word)
{
	enum decimal_mode mode = 0;
	while (mode < N_DECIMAL_MODES && !word_is(word, rounding_words[mode]))
		mode++;
	return mode;
}

enum status rounding_parse(const char *value, struct lesson_rounding *how, struct error *err)
{
	char places[16];
	size_t len = strcspn(value, " \t"), n = 0;
	const char *word = value + len + strspn(value + len, " \t");
	enum decimal_mode mode = *word ? find_mode(word) : DECIMAL_HALF_UP;
	snprintf(places, sizeof places, "%.*s", len < sizeof places ? (int)len : 0, value);
	if (mode == N_DECIMAL_MODES ||
	    number_parse_count(places, 0, DECIMAL_MAX_PLACES, &n, NULL)) {
		char shown[TEXT_EXCERPT];
		error_set(err, STATUS_BAD_INPUT, _("rounding cannot be '%s'"),
			  text_excerpt(shown, value));
		error_hint(err,
			   _("off, or digits after the point (0 to %d) and half-up, "
			     "cut or half-even: 2 cut"),
			   DECIMAL_MAX_PLACES);
		return STATUS_BAD_INPUT;
	}
	*how = (struct lesson_rounding){true, (int)n, mode};
	return STATUS_OK;
}

enum status rounding_begin(struct session *session, const struct lesson_rounding *how,
			   struct error *err)
{
	CONTRACT(session->lesson);
	CONTRACT(how->places >= 0 && how->places <= DECIMAL_MAX_PLACES &&
		 how->mode < N_DECIMAL_MODES);
	struct rounding *rounding = calloc(1, sizeof *rounding);
	if (!rounding)
		return error_no_memory(err);
	rounding->how = *how;
	enum status status = try_update(rounding, &session->stepper, err);
	if (status) {
		rounding_free(rounding);
		return status;
	}
	rounding_end(session);
	session->rounding = rounding;
	return STATUS_OK;
}

const struct lesson_rounding *rounding_how(const struct session *session)
{
	return session->rounding ? &session->rounding->how : NULL;
}

static bool is_current(const struct session *session)
{
	const struct rounding *rounding = session->rounding;
	return rounding && rounding->is_there &&
	       rounding->update == stepper_updates(&session->stepper);
}

bool rounding_step_value(const struct session *session, double *value)
{
	uint64_t index = session->stepper.index;
	if (!is_current(session) || index == 0 || index > session->rounding->replay.n_values ||
	    !session->has_step || !session->step.place.class->value)
		return false;
	*value = session->rounding->replay.values[index - 1];
	return true;
}

const struct replay_number *rounding_find(const struct session *session, const struct ref *ref)
{
	return is_current(session) ? replay_find(&session->rounding->replay, ref) : NULL;
}

void rounding_print(const struct session *session, double value, struct strbuf *out)
{
	CONTRACT(session->rounding);
	char buf[NUMBER_TEXT];
	const char *text = decimal_format(buf, value, session->rounding->how.places);
	bool is_negative = *text == '-' && session->style.glyphs == GLYPHS_UNICODE;
	strbuf_addf(out, "%s%s", is_negative ? "−" : "", text + is_negative);
}

void rounding_print_step(const struct session *session, double value, struct strbuf *out)
{
	CONTRACT(session->rounding);
	int places = session->rounding->how.places;
	strbuf_addf(
	    out,
	    tr_n("by hand with %d decimal: ", "by hand with %d decimals: ", (unsigned long)places),
	    places);
	rounding_print(session, value, out);
}
