/* SPDX-License-Identifier: EUPL-1.2 */
/* Records are hashed where they are, since the list of credentials is large. */
#include "observer/part.h"

#include "bulletin/log/record.h"

static void
put(struct urne_archive_part *p, const void *bytes, size_t len)
{
	urne_sha256_put(&p->digest, bytes, len);
	p->len += len;
}

void
urne_archive_part_init(struct urne_archive_part *p, uint64_t timestamp, bool with_header)
{
	struct urne_buf first;

	urne_sha256_init(&p->digest);
	p->len = 0;
	p->timestamp = timestamp;
	if (with_header) {
		urne_buf_init(&first, 2 * URNE_RECORD_BLOCK);
		urne_record_put_header(&first, timestamp);
		put(p, first.data, first.len);
		urne_buf_clear(&first);
	}
}

void
urne_archive_part_put(
    struct urne_archive_part *p, enum urne_record_kind kind, struct urne_view body)
{
	uint8_t header[URNE_RECORD_BLOCK];
	const uint8_t zero[URNE_RECORD_BLOCK] = {0};
	char text[URNE_RECORD_NAME_MAX];
	struct urne_view name = {text, 0};
	struct urne_hash hash;

	urne_sha256_of(&hash, body);
	name.len = urne_record_name(text, kind, &hash);
	urne_record_header(header, name, body.len, p->timestamp);
	put(p, header, sizeof(header));
	put(p, body.p, body.len);
	put(p, zero, urne_record_padding(body.len));
}
