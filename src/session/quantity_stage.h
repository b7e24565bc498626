/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quantity_stage.h -- the numbers of stages and slots by name. Private to session/. */
#ifndef BACKSTEP_SESSION_QUANTITY_STAGE_H
#define BACKSTEP_SESSION_QUANTITY_STAGE_H

#include "backstep/session/session.h"

/* The number called name, and whether the walk has computed it yet. false: there is none. */
bool quantity_stage_value(const struct session *session, const char *name, double *value,
			  bool *known);
/* The derivative of a penalty, or of the loss with the penalties, by param. */
bool quantity_stage_slope(const struct session *session, const char *of, size_t param,
			  double *value, bool *known);
/* Name number i. false at the end. */
bool quantity_stage_name(const struct session *session, size_t i, char name[LABEL_TEXT]);

#endif
