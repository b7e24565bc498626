/* SPDX-License-Identifier: GPL-3.0-or-later */
/* notation.h -- how steps are written. */
#ifndef BACKSTEP_BASE_NOTATION_H
#define BACKSTEP_BASE_NOTATION_H

/* As sums of numbers; as entries of products of matrices too. */
enum notation { NOTATION_SCALAR, NOTATION_MATRIX };
/* By enum notation; NULL at the end. */
extern const char *const notation_words[];

#endif
