/* SPDX-License-Identifier: GPL-3.0-or-later */
/* names.h -- names made of OP, for the templates of this folder: NAME(forward) is sigmoid_forward
 * where OP is sigmoid. A template is included once for each op, after the page that has the op's
 * value and slope, and the last undefines OP. No include guard is needed: macros alone. */
#ifndef NAME
#define JOIN_(op, what) op##_##what
#define JOIN(op, what) JOIN_(op, what)
#define NAME(what) JOIN(OP, what)
#endif
