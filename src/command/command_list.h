/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command_list.h -- every command, in the order in which help shows them, and everything that
 * `show` shows, in the order in which it says so.
 *
 * To add one: X(name) here, and a file or a place in one of its family with `const struct command
 * command_name` (or `const struct show show_name`). */
#ifndef BACKSTEP_COMMAND_LIST_H
#define BACKSTEP_COMMAND_LIST_H

#define COMMAND_LIST(X) \
	X(next)         \
	X(back)         \
	X(chain)        \
	X(phase)        \
	X(update)       \
	X(epoch)        \
	X(train)        \
	X(play)         \
	X(goto)         \
	X(where)        \
	X(bookmark)     \
	X(restart)      \
	X(break)        \
	X(continue)     \
	X(show)         \
	X(print)        \
	X(from)         \
	X(to)           \
	X(history)      \
	X(watch)        \
	X(view)         \
	X(set)          \
	X(what_if)      \
	X(diff)         \
	X(bind)         \
	X(compare)      \
	X(evaluate)     \
	X(check)        \
	X(figures)      \
	X(predict)      \
	X(answer)       \
	X(hint)         \
	X(reveal)       \
	X(why)          \
	X(quiz)         \
	X(progress)     \
	X(hand_in)      \
	X(expect)       \
	X(undo)         \
	X(redo)         \
	X(log)          \
	X(lesson)       \
	X(edit)         \
	X(reload)       \
	X(save)         \
	X(save_state)   \
	X(load_state)   \
	X(help)         \
	X(quit)

#define SHOW_LIST(X) \
	X(network)   \
	X(formula)   \
	X(values)    \
	X(weights)   \
	X(gradients) \
	X(loss)      \
	X(rounding)  \
	X(optimizer) \
	X(boundary)  \
	X(metrics)   \
	X(lesson)    \
	X(settings)  \
	X(stages)    \
	X(verdict)

#endif
