/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hash.h -- a checksum of bytes, against accidents; it keeps nobody from forging a file.
 *
 * Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm",
 * FNV-1a of 64 bits. Each step is one to one, so one changed byte always changes the sum. */
#ifndef BACKSTEP_BASE_HASH_H
#define BACKSTEP_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* Goes on from hash (HASH_START at first) with size bytes. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size);
/* The same with a text, its end included, and with a number, the lowest byte first. */
uint64_t hash_text(uint64_t hash, const char *text);
uint64_t hash_number(uint64_t hash, uint64_t number);

#endif
