/* SPDX-License-Identifier: EUPL-1.2 */
/* Heads in files with hints. Spec: docs/formats.md#hints */
#include "election/hint_record.h"

#include <string.h>

#define MAGIC	       "urne-hints-v2\n\0"
#define AT_FINGERPRINT ((size_t)16)

_Static_assert(sizeof(MAGIC) == AT_FINGERPRINT, "16 bytes, the last two zero");

void
urne_hints_head(uint8_t out[URNE_HINTS_HEAD_LEN], const struct urne_election *e)
{
	memset(out, 0, URNE_HINTS_HEAD_LEN);
	memcpy(out, MAGIC, AT_FINGERPRINT);
	memcpy(out + AT_FINGERPRINT, e->fingerprint.b, URNE_HASH_LEN);
}

bool
urne_hints_head_fits(const uint8_t in[URNE_HINTS_HEAD_LEN], const struct urne_election *e)
{
	uint8_t own[URNE_HINTS_HEAD_LEN];

	urne_hints_head(own, e);
	return memcmp(in, own, sizeof(own)) == 0;
}

void
urne_hint_record_head(
    uint8_t out[URNE_HINT_RECORD_HEAD_LEN], const struct urne_hash *of, uint64_t num_points)
{
	memcpy(out, of->b, URNE_HASH_LEN);
	for (size_t i = 0; i < sizeof(num_points); i++) {
		out[URNE_HASH_LEN + i] = (uint8_t)(num_points >> (56 - 8 * i));
	}
}

void
urne_hint_record_read(
    struct urne_hash *of, uint64_t *num_points, const uint8_t in[URNE_HINT_RECORD_HEAD_LEN])
{
	memcpy(of->b, in, URNE_HASH_LEN);
	*num_points = 0;
	for (size_t i = 0; i < sizeof(*num_points); i++) {
		*num_points = *num_points << 8 | in[URNE_HASH_LEN + i];
	}
}
