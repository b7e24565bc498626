/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backstep/base/notation.h"

#include <stddef.h>

const char *const notation_words[] = {
    [NOTATION_SCALAR] = "scalar", [NOTATION_MATRIX] = "matrix", NULL};
