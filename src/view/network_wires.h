/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network_wires.h -- the edges of a network: lines, the parameters on them, arrows. Private to
 * view/. */
#ifndef BACKSTEP_VIEW_NETWORK_WIRES_H
#define BACKSTEP_VIEW_NETWORK_WIRES_H

#include "network.h"

/* What stands in a unit's place for its number: the number, or the blank mark. */
const char *net_number_text(const struct net *net, struct drawing *d,
			    const struct net_column *column, const struct node *node, size_t e);

/* What the bar of a parameter is made of: signs of its own below 0. */
const char *net_bar_sign(const struct drawing *d, double value);

/* Draws all edges between the visible columns. */
void net_draw_wires(const struct net *net, struct drawing *d);

#endif
