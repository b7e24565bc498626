/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loss.h -- the slots of every loss that compares one output p with its target t. */
#ifndef BACKSTEP_ENGINE_LOSS_H
#define BACKSTEP_ENGINE_LOSS_H

enum { SLOT_P, SLOT_T };

#endif
