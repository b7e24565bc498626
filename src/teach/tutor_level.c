/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tutor_level.c -- how far the steps are faded: what a level asks, and when another one suits. */
#include "backstep/base/i18n.h"
#include "tutor_private.h"

enum { LOST_IN_A_ROW = 2 }; /* then the level below is proposed */

const char *const level_titles[N_LEVELS] = {
    [LEVEL_NONE] = N_("no step"),          [LEVEL_KIND] = N_("one kind"),
    [LEVEL_FACTORS] = N_("the factors"),   [LEVEL_PRODUCTS] = N_("the products"),
    [LEVEL_CHAIN] = N_("the whole chain"), [LEVEL_UPDATE] = N_("the new weights"),
};

bool level_asks(int level, enum skill skill)
{
	switch (level) {
	case LEVEL_FACTORS:
		return skill == SKILL_LOSS_SLOPE || skill == SKILL_SLOPE || skill == SKILL_INPUT ||
		       skill == SKILL_WEIGHT || skill == SKILL_DELTA;
	case LEVEL_PRODUCTS:
		return skill == SKILL_PRODUCT || skill == SKILL_PATHS || skill == SKILL_MEAN;
	case LEVEL_CHAIN:
		return skill == SKILL_PATHS;
	case LEVEL_UPDATE:
		return skill == SKILL_NEW_WEIGHT;
	default:
		return false;
	}
}

int tutor_level(const struct tutor *tutor)
{
	if (!tutor->is_asking || tutor->rules.level >= LEVEL_FACTORS)
		return tutor->is_asking ? tutor->rules.level : LEVEL_NONE;
	for (size_t i = 0; i < N_SKILLS; i++)
		if (tutor->rules.kinds[i])
			return LEVEL_KIND;
	return LEVEL_NONE;
}

/* Whether the lesson has steps that the level asks; below the factors it has. */
static bool has_questions(const struct tutor *tutor, int level)
{
	struct tutor other = *tutor;
	size_t place;
	other.rules.level = level;
	other.rules.adapts = false;
	return level < LEVEL_FACTORS || tutor_count(&other, &place) > 0;
}

/* The next level with questions, in a direction. */
static int level_beside(const struct tutor *tutor, int level, int direction)
{
	for (int at = level + direction; at >= LEVEL_NONE && at < N_LEVELS; at += direction)
		if (has_questions(tutor, at))
			return at;
	return level;
}

/* Whether all that was asked can be done, and nothing more is asked in this update. */
static bool is_mastered(const struct tutor *tutor)
{
	const struct stepper *stepper = &tutor->session->stepper;
	bool has_any = false;
	for (size_t i = 0; i < N_SKILLS; i++) {
		has_any |= tutor->met[i];
		if (tutor->met[i] && !tutor->able[i])
			return false;
	}
	return has_any && tutor_find_question(tutor, stepper->index, stepper_n_steps(stepper)) == 0;
}

int tutor_propose_level(struct tutor *tutor)
{
	int level = tutor_level(tutor), other = level;
	bool is_apart = tutor->is_quiz || tutor->is_again || tutor->open;
	if (level == LEVEL_NONE || is_apart || tutor->was_proposed)
		return level;
	if (tutor->n_lost >= LOST_IN_A_ROW)
		other = level_beside(tutor, level, -1);
	else if (is_mastered(tutor))
		other = level_beside(tutor, level, 1);
	tutor->was_proposed = other != level;
	return other;
}
