/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view_list.h -- every pane, once, from top to bottom. Included with VIEW(name) defined; no include
 * guard on purpose. */
VIEW(header)
VIEW(watch)
VIEW(network)
VIEW(picture)
VIEW(chain)
VIEW(matrix)
VIEW(trail)
VIEW(parameters)
VIEW(lesson)
VIEW(question)
VIEW(note)
VIEW(pager)
VIEW(choice)
VIEW(hints)
