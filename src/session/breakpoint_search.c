/* SPDX-License-Identifier: GPL-3.0-or-later */
/* breakpoint_search.c -- the step at which the walk stops next, or did before. */
#include <math.h>
#include <string.h>

#include "backstep/base/i18n.h"
#include "backstep/base/work.h"
#include "backstep/session/breakpoint.h"
#include "backstep/trace/value.h"

/* One breakpoint as it is looked at in the current update. */
struct look {
	const struct breakpoint *at;
	struct expression expression;
	bool is_readable;  /* a row in it may not be in the batch */
	bool held;         /* the condition did, at the step before */
	struct value last; /* of what may change: when it was known last */
};

/* A search of the current update. Owns: arena. */
struct search {
	struct session *session;
	struct arena *arena;
	struct look looks[SESSION_MAX_BREAKS];
};

/* The number of a look at step index of the update, in front of everybody. */
static struct value look_at(struct search *search, struct look *look, uint64_t index)
{
	struct stepper *stepper = &search->session->stepper;
	const uint64_t here = stepper->index;
	stepper->index = index;
	const struct value value = look->is_readable ? expression_value(&look->expression, stepper)
						     : (struct value){.value = NAN};
	stepper->index = here;
	return value;
}

/* Reads the expressions anew: what names mean may be another number in each update. */
static void begin_update(struct search *search)
{
	struct session *session = search->session;
	stepper_end_pass(&session->stepper);
	arena_reset(search->arena);
	for (size_t k = 0; k < session->n_breaks; k++) {
		struct look *look = &search->looks[k];
		look->at = &session->breaks[k];
		look->is_readable =
		    (look->at->kind == BREAK_IF || look->at->kind == BREAK_CHANGE) &&
		    !expression_read(&look->expression, &session->stepper, NULL, look->at->what,
				     search->arena, NULL);
		const struct value value = look_at(search, look, 0);
		look->held = value.known && value.value != 0.0;
		if (value.known)
			look->last = value;
	}
}

/* The step of a place; 0: no update comes by it. */
static uint64_t find_place(const struct session *session, const char *name)
{
	const struct walk *walk = stepper_walk(&session->stepper);
	struct ref ref;
	enum phase phase;
	if (!ref_parse(&session->stepper, NULL, name, &ref, NULL))
		return value_step(&session->stepper, &ref);
	bool is_phase = phase_find(name, &phase) && walk->phases[phase].steps > 0;
	return is_phase ? walk_phase(walk, phase) + 1 : 0;
}

/* The first step after index at which the look may see something else: where one of its numbers is
 * computed, where the backward phase begins, the commit. 0: none. */
static uint64_t next_look(const struct search *search, const struct look *look, uint64_t index)
{
	const struct stepper *stepper = &search->session->stepper;
	const struct walk *walk = stepper_walk(stepper);
	uint64_t best = 0, candidates[EXPRESSION_MAX_NAMES + 2];
	size_t n = 0;
	if (look->at->kind == BREAK_AT) {
		candidates[n++] = find_place(search->session, look->at->what);
	} else if (look->is_readable) {
		candidates[n++] = stepper_n_steps(stepper);
		candidates[n++] = walk_phase(walk, PHASE_BACKWARD) + 1;
		for (size_t k = 0; k < look->expression.n_names; k++)
			candidates[n++] = value_get(stepper, &look->expression.names[k].ref).where;
	}
	for (size_t k = 0; k < n; k++)
		if (candidates[k] > index && (best == 0 || candidates[k] < best))
			best = candidates[k];
	return best;
}

/* Whether it stops at step index, where something may be seen. */
static bool stops(struct search *search, struct look *look, uint64_t index)
{
	if (look->at->kind == BREAK_AT)
		return true;
	const struct value value = look_at(search, look, index), last = look->last;
	bool holds = value.known && value.value != 0.0, held = look->held;
	look->held = holds;
	if (value.known)
		look->last = value;
	if (look->at->kind == BREAK_IF)
		return holds && !held;
	return value.known && last.known && fabs(value.value - last.value) > look->at->more;
}

/* The first step of the update after one, and no later than end, at which a breakpoint stops; where
 * is_last, the last one. 0: none. The looks must be at the update's beginning. */
static uint64_t find_stop(struct search *search, uint64_t after, uint64_t end, bool is_last,
			  size_t *number)
{
	const size_t n = search->session->n_breaks;
	uint64_t found = 0;
	for (uint64_t index = 0; !found || is_last;) {
		uint64_t next = 0;
		for (size_t k = 0; k < n; k++) {
			uint64_t own = next_look(search, &search->looks[k], index);
			next = own && (!next || own < next) ? own : next;
		}
		if (next == 0 || next > end)
			break;
		for (size_t k = n; k-- > 0;) {
			bool is_here = next_look(search, &search->looks[k], index) == next;
			if (!is_here || !stops(search, &search->looks[k], next) || next <= after)
				continue;
			found = next;
			*number = k + 1;
		}
		index = next;
	}
	return found;
}

/* Takes note of what numbers were at the end of the update before, which are not known yet in this
 * one. The position stays. */
static void look_before(struct search *search)
{
	struct stepper *stepper = &search->session->stepper;
	const uint64_t update = stepper_updates(stepper), index = stepper->index;
	if (update == stepper_first(stepper))
		return;
	stepper_visit(stepper, update - 1);
	begin_update(search);
	for (size_t k = 0; k < search->session->n_breaks; k++) {
		struct look *look = &search->looks[k];
		look->last = look_at(search, look, stepper_n_steps(stepper));
	}
	stepper_visit(stepper, update);
	stepper_end_pass(stepper);
	stepper->index = index;
}

static bool has_kind(const struct session *session, enum breakpoint_kind kind)
{
	for (size_t k = 0; k < session->n_breaks; k++)
		if (session->breaks[k].kind == kind)
			return true;
	return false;
}

/* The looks at the beginning of the current update. */
static void begin(struct search *search)
{
	for (size_t k = 0; k < search->session->n_breaks; k++)
		search->looks[k].last = (struct value){0};
	if (has_kind(search->session, BREAK_CHANGE))
		look_before(search);
	begin_update(search);
}

/* Errors: STATUS_BAD_INPUT, there are no breakpoints, or none that an update comes by. */
static enum status check_breaks(struct search *search, struct error *err)
{
	const struct session *session = search->session;
	if (session->n_breaks == 0) {
		error_set(err, STATUS_BAD_INPUT, _("there are no breakpoints"));
		error_hint(err, _("set one with: break w5"));
		return STATUS_BAD_INPUT;
	}
	/* every update comes by the same places: what is not left in this one is in the next */
	for (size_t k = 0; k < session->n_breaks; k++)
		if (session->breaks[k].kind != BREAK_AT ||
		    find_place(session, session->breaks[k].what))
			return STATUS_OK;
	return error_set(err, STATUS_BAD_INPUT, _("no breakpoint lies on the way"));
}

static enum status search_on(struct search *search, size_t *number, struct error *err)
{
	struct stepper *stepper = &search->session->stepper;
	stepper_leave_commit(stepper);
	begin(search);
	for (size_t n = 0; n <= BREAKPOINT_UPDATES; n++) {
		uint64_t end = stepper_n_steps(stepper);
		uint64_t at = find_stop(search, stepper->index, end, false, number);
		if (at)
			return stepper_go_index(stepper, at, err);
		enum status status = stepper_update(stepper, err);
		if (!status)
			status = work_ask(err);
		if (status)
			return status;
		stepper_leave_commit(stepper);
		begin_update(search);
	}
	return error_set(err, STATUS_FAILED, _("no breakpoint was met in %d updates"),
			 BREAKPOINT_UPDATES);
}

enum status breakpoint_next(struct session *session, size_t *number, struct error *err)
{
	struct search search = {.session = session, .arena = arena_new()};
	const uint64_t before = stepper_number(&session->stepper);
	enum status status = search.arena ? check_breaks(&search, err) : error_no_memory(err);
	*number = 0;
	if (!status)
		status = search_on(&search, number, err);
	bool is_new = stepper_number(&session->stepper) != before;
	for (size_t k = 0; status == STATUS_NUMERIC && is_new && k < session->n_breaks; k++) {
		if (session->breaks[k].kind != BREAK_NAN)
			continue;
		status = STATUS_OK; /* it is what one waited for */
		*number = k + 1;
		if (err)
			*err = (struct error){0};
	}
	arena_free(search.arena);
	return status;
}

uint64_t breakpoint_ahead(struct session *session, size_t *number)
{
	struct search search = {.session = session, .arena = arena_new()};
	struct stepper *stepper = &session->stepper;
	uint64_t at = 0;
	if (search.arena && session->n_breaks > 0) {
		begin(&search);
		at = find_stop(&search, stepper->index, stepper_n_steps(stepper), false, number);
	}
	arena_free(search.arena);
	return at;
}

/* Goes back over the updates. The position is as it was where no breakpoint is found. */
static enum status search_back(struct search *search, size_t *number, struct error *err)
{
	struct stepper *stepper = &search->session->stepper;
	const uint64_t first = stepper_first(stepper), update = stepper_updates(stepper);
	const uint64_t index = stepper->index;
	uint64_t at = 0, end = index;
	enum status status = STATUS_OK;
	for (uint64_t back = 0; !status && !at && back <= update - first; back++) {
		if (back > 0) {
			stepper_visit(stepper, update - back);
			end = stepper_n_steps(stepper) + 1;
		}
		begin(search);
		at = end ? find_stop(search, 0, end - 1, true, number) : 0;
		status = work_ask(err);
	}
	if (!status && at)
		return stepper_go_index(stepper, at, err);
	status = stepper_return(stepper, update, index, status, err);
	return status ? status
		      : error_set(err, STATUS_BAD_INPUT, _("no breakpoint lies before this step"));
}

enum status breakpoint_back(struct session *session, size_t *number, struct error *err)
{
	struct search search = {.session = session, .arena = arena_new()};
	enum status status = search.arena ? check_breaks(&search, err) : error_no_memory(err);
	*number = 0;
	if (!status)
		status = search_back(&search, number, err);
	arena_free(search.arena);
	return status;
}
