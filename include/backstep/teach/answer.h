/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answer.h -- what somebody typed at a question, read.
 *
 * A number: 0.1948, .195, 0,1948, −0,17, 2e-3, 1.5·10⁻³. Or something to be worked out: 1/3,
 * 0,73*(1-0,73), e^(-1.02), y1*(1 - y1). In it a number with a decimal point that is one of the
 * board, rounded or cut, stands for that number; where it could be several, each is a reading. */
#ifndef BACKSTEP_TEACH_ANSWER_H
#define BACKSTEP_TEACH_ANSWER_H

#include "backstep/teach/board.h"

enum { ANSWER_MAX_READINGS = 64, ANSWER_MAX_TEXT = 200 };

/* One way to read it. */
struct reading {
	double value, shifted; /* shifted: where the board's numbers are others */
	struct formula *tree;  /* of the board's leaves; NULL for a number alone */
};

/* Owns: nothing; trees lie in the board's arena. */
struct answer {
	bool has_names; /* it is judged as a formula, in both worlds */
	bool is_number; /* a number alone */
	double unit;    /* of its last digit; 0 for what was worked out */
	struct reading readings[ANSWER_MAX_READINGS];
	size_t n_readings;
};

#endif
