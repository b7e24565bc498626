/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage_list.h -- every stage, once, in the order in which they run: those of the rate, those of
 * the loss and its gradient, and after the optimizer those of the new values. Included with
 * STAGE(name) defined; no include guard on purpose. */
STAGE(schedule)
STAGE(warmup)
STAGE(l1)
STAGE(l2)
STAGE(clip_value)
STAGE(clip_norm)
STAGE(weight_decay)
STAGE(max_norm)
