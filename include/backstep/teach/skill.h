/* SPDX-License-Identifier: GPL-3.0-or-later */
/* skill.h -- what a step asks somebody to be able to do; found from the step, never tagged. */
#ifndef BACKSTEP_TEACH_SKILL_H
#define BACKSTEP_TEACH_SKILL_H

#include "backstep/teach/board.h"

/* In the order in which an update has them. */
enum skill {
	SKILL_SUM,
	SKILL_ACTIVATION,
	SKILL_LOSS,
	SKILL_LOSS_SLOPE,
	SKILL_SLOPE,
	SKILL_INPUT,  /* the factor that is what comes in: dsum/dw = x */
	SKILL_WEIGHT, /* the factor that is a weight: dsum/dn = w */
	SKILL_PRODUCT,
	SKILL_PATHS,
	SKILL_MEAN,
	SKILL_DELTA,
	SKILL_STAGE,
	SKILL_MEMORY,
	SKILL_NEW_WEIGHT,
	N_SKILLS,
	SKILL_NONE = N_SKILLS, /* a step that is not asked */
};

struct skill_row {
	const char *name;  /* as scripts and files write it */
	const char *also;  /* the same in Spanish; both are read */
	const char *title; /* N_() */
	/* The rule in words, what a first hint says, N_(). */
	const char *rule;
	/* The two that are taken for it most easily. */
	enum skill near[2];
};
extern const struct skill_row skill_table[N_SKILLS];

/* Its name as one types it in the current language. */
const char *skill_word(enum skill skill);
/* The skill called name; false where there is none. */
bool skill_find(const char *name, enum skill *skill);

#endif
