/* SPDX-License-Identifier: GPL-3.0-or-later */
/* work_keys.h -- keys that are pressed while the line console works: q stops the work, all others
 * wait for the next line.
 *
 * Between lines the terminal hands over whole lines, and readline has it while one is edited. So
 * for the time of long work, and only for that, it hands over each key and shows none; its signals
 * stay. Whatever ends or stops the process meanwhile gives it back first. */
#ifndef BACKSTEP_CONSOLE_WORK_KEYS_H
#define BACKSTEP_CONSOLE_WORK_KEYS_H

#include <stdbool.h>

/* Asked in the middle of work: whether q was pressed. It costs little; now and then it looks. */
bool work_keys_are_stop(void);
/* Waits so long; false: a key was pressed, which is not kept. */
bool work_keys_pause(double seconds);
/* The work is over: the terminal is as it was. */
void work_keys_end(void);
/* The next byte that was typed meanwhile, or -1. */
int work_keys_next(void);

#endif
