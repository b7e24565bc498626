/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_focus.h -- a network too wide for all its edges, around the units at hand. Private to
 * view/. */
#ifndef BACKSTEP_VIEW_NETWORK_FOCUS_H
#define BACKSTEP_VIEW_NETWORK_FOCUS_H

#include "network.h"

/* Whether so many edges lead into some layer that they would be a bundle. */
bool net_is_wide(const struct net *net);
/* Draws it in the clip rectangle; the head of each column is drawn by the caller, where it says. */
void net_draw_focus(struct net *net, struct drawing *d);

#endif
