/* SPDX-License-Identifier: EUPL-1.2 */
/* What fuzz targets share: the first byte of an input chooses the group (an odd character, such as
 * '1', is BELENIOS-2048; an even one, '0', Ed25519); what decodes must encode to the same bytes. */
#ifndef URNE_TESTS_FUZZ_H
#define URNE_TESTS_FUZZ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "election/election.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len);

#define FUZZ_QUESTIONS                                                                             \
	"[{\"answers\":[\"A\",\"B\"],\"min\":0,\"max\":1,\"question\":\"one\"},"                   \
	"{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":1,\"max\":1,\"question\":\"two\"},"     \
	"{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\"],[\"L2\",\"b\",\"c\"]],"        \
	"\"question\":\"three\"}}]"

/* One input: the group it chooses and the text behind that byte. */
struct fuzz_input {
	const struct urne_group *group;
	struct urne_view text;
	struct urne_arena arena;
	struct urne_buf again; /* the text, encoded again */
	struct urne_diag d;
};

/* fuzz_begin tells whether there is anything to decode. */
static inline bool
fuzz_begin(struct fuzz_input *f, const uint8_t *data, size_t data_len)
{
	if (data_len == 0) {
		return false;
	}
	f->group = (data[0] & 1) != 0 ? &urne_group_belenios_2048 : &urne_group_ed25519;
	f->text = (struct urne_view){(const char *)data + 1, data_len - 1};
	urne_arena_init(&f->arena, (size_t)256 << 20);
	urne_buf_init(&f->again, (size_t)16 << 20);
	f->d = (struct urne_diag){{0}};
	return true;
}

static inline void
fuzz_end(struct fuzz_input *f)
{
	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->again);
}

/* fuzz_same stops the program unless `again` holds the bytes that were decoded. */
static inline void
fuzz_same(const struct urne_buf *again, struct urne_view text)
{
	if (urne_buf_error(again) != URNE_OK || !urne_view_eq(urne_buf_view(again), text)) {
		fprintf(stderr, "encoded again, the bytes differ:\n%.*s\n%.*s\n", (int)text.len,
		    text.p, (int)again->len, again->data);
		abort();
	}
}

/* fuzz_verdict stops the program when an input is blamed on us; tells whether it was accepted. */
static inline bool
fuzz_verdict(enum urne_err e, const struct urne_diag *d)
{
	if (urne_err_is_ours(e)) {
		fprintf(stderr, "%s: %s\n", urne_err_name(e), d == NULL ? "" : d->text);
		abort();
	}
	return e == URNE_OK;
}

/* fuzz_election is a small election of a group, made once: two homomorphic questions (the second
 * with blank) and a lists question. Its key is g^12345. */
static inline const struct urne_election *
fuzz_election(const struct urne_group *g)
{
	static struct urne_election elections[2];
	static struct urne_arena arenas[2];
	static struct urne_buf texts[2];
	size_t i = g == &urne_group_ed25519 ? 0 : 1;
	char key[URNE_TEXT_MAX];
	struct urne_elem y;

	if (elections[i].group == NULL) {
		urne_arena_init(&arenas[i], (size_t)1 << 20);
		urne_buf_init(&texts[i], (size_t)1 << 16);
		urne_elem_base_u64(g, &y, 12345);
		urne_buf_printf(&texts[i],
		    "{\"version\":1,\"description\":\"d\",\"name\":\"n\",\"group\":\"%s\","
		    "\"public_key\":\"",
		    g->name);
		urne_buf_put(&texts[i], key, urne_elem_encode(g, key, &y));
		urne_buf_puts(
		    &texts[i], "\",\"questions\":" FUZZ_QUESTIONS ",\"uuid\":\"GnQagTgeJqLsvY\"}");
		if (urne_election_parse(
			&elections[i], &arenas[i], NULL, urne_buf_view(&texts[i])) != URNE_OK) {
			abort();
		}
	}
	return &elections[i];
}

#endif
