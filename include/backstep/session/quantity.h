/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quantity.h -- numbers by name: what `expect` compares and `show` prints.
 *
 * NAME is a value (sum_n1, y1, E), a parameter in force (w5), its prepared new value (w5'), a
 * gradient (dE/dw5, dJ/dw5), the contribution of one loss term (dE1/dw5), a local partial
 * (dy1/dsum_y1, dsum_y1/dw5), or the gradient of a unit (dE/dsum_y1); where stages are in force, a
 * number of theirs (R2, E_reg, norm, rate), of a unit (norm_sum_n1), of a parameter (dR2/dw5, g_w5:
 * what the optimizer learns from); a slot of the optimizer (v_w5). NAME(ROW) names the row of the
 * data where the batch has several. */
#ifndef BACKSTEP_SESSION_QUANTITY_H
#define BACKSTEP_SESSION_QUANTITY_H

#include "backstep/session/session.h"

/* Errors: STATUS_BAD_INPUT for an unknown name (with the nearest one) or a number that has not
 * been computed yet at the position. */
enum status quantity_find(struct session *session, const char *name, double *value,
			  struct error *err);

/* Name number i of those that exist, for completion: values, then parameters, then their
 * gradients, then the stages' numbers. false at the end. */
bool quantity_name(const struct session *session, size_t i, char name[2 * LABEL_TEXT + 4]);

/* The stage's number called name: its entry, and the unit or the place in the order of its
 * parameter. false: there is none. */
bool quantity_find_stage(const struct session *session, const char *name, size_t *entry,
			 size_t *which);

#endif
