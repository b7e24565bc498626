/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clock.h -- time that only goes on, whatever is done to the date. */
#ifndef BACKSTEP_BASE_CLOCK_H
#define BACKSTEP_BASE_CLOCK_H

#include <time.h>

/* Units: seconds since some moment. */
static inline double clock_seconds(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

#endif
