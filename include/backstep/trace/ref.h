/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ref.h -- what a number of the walk is: the kinds of reference (value.h), and of what steps
 * compute. */
#ifndef BACKSTEP_TRACE_REF_H
#define BACKSTEP_TRACE_REF_H

enum ref_kind {
	REF_UNIT,        /* of: an element of data */
	REF_LOSS,        /* the batch's */
	REF_PARAM,       /* param, in force at the position */
	REF_OLD,         /* param, as this update began with it */
	REF_NEW,         /* param, as this update leaves it */
	REF_AHEAD,       /* param, where its gradient is taken */
	REF_GRADIENT,    /* of (or the batch's loss) by param */
	REF_DELTA,       /* of (or the batch's loss) by wrt */
	REF_PARTIAL,     /* of by wrt, or by param: of reads it */
	REF_TOTAL,       /* of by wrt, or by param: over all paths */
	REF_PATH,        /* of (the loss of an example) by param: the product of its path which */
	REF_SLOT,        /* which, of param, as this update computes it */
	REF_KEPT,        /* which, of param, as the last update left it */
	REF_STAGE,       /* entry which, of param or of unit */
	REF_CARRIED,     /* what of's row carries, in force */
	REF_CARRIED_NEW, /* the same as this update leaves it */
	N_REF_KINDS,
	REF_NONE = N_REF_KINDS, /* no number that has a name */
};

#endif
