/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_verdicts.c -- how often a slip is named, by kind of step and by class, on random networks
 * and on the shipped lessons; and how long a verdict takes.
 * Usage: backstep-bench-verdicts [NETWORKS [LESSON...]] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "backstep/base/text.h"
#include "backstep/session/session.h"
#include "support/networks.h"
#include "support/rates.h"

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static void count_network(struct rates *rates, uint64_t seed, struct random *r)
{
	struct network net;
	struct stepper stepper;
	if (network_exercise(&net, seed))
		return;
	if (!network_walk(&net, &stepper, seed % 6 == 0 ? CHAIN_DELTAS : CHAIN_AUTO)) {
		if (seed % 2 && !stepper_update(&stepper, NULL))
			stepper_leave_commit(&stepper);
		trainer_prepare(&stepper.trainer);
		rates_count_update(rates, &stepper, 1, r);
		stepper_free(&stepper);
	}
	network_free(&net);
}

static void count_lesson(struct rates *rates, const char *name, struct random *r)
{
	struct session *session;
	struct error_list errors = {0};
	struct strbuf text = {0};
	if (session_new(&session, NULL))
		return;
	if (!session_open(session, name, &errors)) {
		trainer_prepare(&session->stepper.trainer);
		rates_count_update(rates, &session->stepper, 60, r);
	} else {
		error_print(&errors.items[0], &text), puts(strbuf_str(&text));
	}
	strbuf_free(&text);
	error_list_free(&errors);
	session_free(session);
}

static void time_verdict(const char *title, struct network *net, uint64_t from_end)
{
	struct stepper stepper;
	if (network_walk(net, &stepper, CHAIN_AUTO))
		return;
	uint64_t index = stepper_n_steps(&stepper) * from_end / 100 + 1;
	double start = now_ms();
	enum { TIMES = 50 };
	for (int i = 0; i < TIMES; i++) {
		struct board board;
		struct slips slips;
		struct verdict verdict;
		struct rights rights = {.n = 0};
		if (board_init(&board, &stepper, NULL, index, NULL))
			break;
		if (!slips_find(&slips, &board, true, NULL))
			verdict_of_number(&verdict, &slips, &rights, 0.1234, 0.0001);
		board_free(&board);
	}
	printf("%s, step %llu of %llu: %.3f ms\n", title, (unsigned long long)index,
	       (unsigned long long)stepper_n_steps(&stepper), (now_ms() - start) / TIMES);
	stepper_free(&stepper);
}

static void time_verdicts(void)
{
	static const size_t wide[] = {20, 20, 20};
	struct network net;
	for (uint64_t at = 0; at < 100; at += 33) {
		if (!network_222(&net)) {
			time_verdict("2-2-2", &net, at);
			network_free(&net);
		}
		if (!network_dense(&net, wide, 3, &op_sigmoid, 1, 1)) {
			time_verdict("20-20-20", &net, at);
			network_free(&net);
		}
	}
}

int main(int argc, char **argv)
{
	static struct rates random_rates, lesson_rates;
	struct random r;
	size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 2000;
	text_locale_init();
	random_seed(&r, 7);
	for (size_t seed = 0; seed < n; seed++)
		count_network(&random_rates, seed, &r);
	printf("%zu random networks, %zu questions\n", n, random_rates.n_boards);
	rates_print(&random_rates, stdout);
	for (int i = 2; i < argc; i++)
		count_lesson(&lesson_rates, argv[i], &r);
	if (argc > 2) {
		printf("\n%d lessons, %zu questions\n", argc - 2, lesson_rates.n_boards);
		rates_print(&lesson_rates, stdout);
	}
	time_verdicts();
	return 0;
}
