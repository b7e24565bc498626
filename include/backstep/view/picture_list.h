/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture_list.h -- everything that `view` can show, once; the first nine have the keys Alt-1 to
 * Alt-9. Included with PICTURE(name) defined; no include guard on purpose. */
PICTURE(network)
PICTURE(chain)
PICTURE(table)
PICTURE(loss)
PICTURE(plane)
PICTURE(slope)
PICTURE(map)
PICTURE(valley)
PICTURE(image)
PICTURE(data)
PICTURE(flow)
PICTURE(figures)
PICTURE(lesson)
PICTURE(steps)
PICTURE(log)
