/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step_list.h -- every kind of step, once. Included with STEP(name) defined; no include guard on
 * purpose. */
STEP(value)
STEP(batch_loss)
STEP(factor)
STEP(product)
STEP(delta)
STEP(gradient)
STEP(batch_gradient)
STEP(ahead)
STEP(stage)
STEP(slot)
STEP(weight)
STEP(carry)
STEP(commit)
