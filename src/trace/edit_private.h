/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edit_private.h -- setting numbers by hand, and following the walk. Private to trace/. */
#ifndef BACKSTEP_TRACE_EDIT_PRIVATE_H
#define BACKSTEP_TRACE_EDIT_PRIVATE_H

#include "backstep/trace/edit.h"

void edits_free(struct edits *edits);
/* Makes room for one more of a kind; data then has the rows that follow. false: lack of memory. */
bool edits_reserve(struct edits *edits, struct dataset *data, enum edit_kind kind);
/* Adds one, for which there is room, in the place of those that are not in force. */
void edits_add(struct edits *edits, const struct edit *edit);
/* Others [n] in the place of all. false: lack of memory, with nothing changed. */
bool edits_renew(struct edits *edits, struct dataset *data, const struct edit *items, size_t n);
/* Drops those of updates after this one, which are not in force. */
void edits_cut(struct edits *edits, uint64_t update);
/* The rows become those of an update. Returns whether that was another number of edits. */
bool edits_settle(struct edits *edits, uint64_t update);
/* Puts the parameters in that were set at an update. */
void edits_put_params(const struct edits *edits, uint64_t update, struct trainer *trainer);

#endif
