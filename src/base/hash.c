/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hash.c -- FNV-1a, 64 bits. */
#include "backstep/base/hash.h"

#include <string.h>

#include "backstep/base/contract.h"

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
	CONTRACT(bytes || size == 0);
	const unsigned char *at = bytes;
	for (size_t k = 0; k < size; k++)
		hash = (hash ^ at[k]) * UINT64_C(0x100000001b3);
	return hash;
}

uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

uint64_t hash_number(uint64_t hash, uint64_t number)
{
	unsigned char bytes[8];
	for (size_t k = 0; k < sizeof bytes; k++)
		bytes[k] = (unsigned char)(number >> 8 * k);
	return hash_bytes(hash, bytes, sizeof bytes);
}
