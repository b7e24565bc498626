/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target.h -- what fuzz targets have in common: libFuzzer's entry points, and how they fail. */
#ifndef BACKSTEP_TESTS_FUZZ_TARGET_H
#define BACKSTEP_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "backstep/base/text.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define REQUIRE(condition)                                                              \
	do {                                                                            \
		if (!(condition)) {                                                     \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                        \
		}                                                                       \
	} while (0)

#endif
