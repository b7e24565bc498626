/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.c -- SHA-256 by libmd, as text. */
#include <stdio.h>
#include <string.h>

#include <sha2.h>

#include "backstep/base/file.h"
#include "backstep/teach/student_file.h"

enum { MOST_BYTES = 16 * 1024 * 1024 };

void digest_bytes(const void *bytes, size_t size, char text[DIGEST_TEXT])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;
	SHA256Init(&context);
	SHA256Update(&context, bytes, size);
	SHA256Final(digest, &context);
	for (size_t i = 0; i < sizeof digest; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

enum status digest_file(const char *path, char text[DIGEST_TEXT], struct error *err)
{
	struct strbuf bytes = {0};
	enum status status = file_read(path, MOST_BYTES, &bytes, err);
	if (!status)
		digest_bytes(strbuf_str(&bytes), bytes.len, text);
	strbuf_free(&bytes);
	return status;
}
