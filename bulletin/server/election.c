/* SPDX-License-Identifier: EUPL-1.2 */
/* An election is taken in whole or not at all: whatever it needs later (its tally, its longest
 * ballot) is known to be possible before members may vote. */
#include "bulletin/server/election.h"

#include <stdlib.h>

#include "base/limits.h"
#include "bulletin/log/record.h"
#include "crypto/sha256.h"
#include "election/ballot_hints.h"
#include "election/compile.h"
#include "tally/tally.h"

#define ELECTION_MEMORY	  ((size_t)1 << 30)
#define MAX_TRUSTEES_TEXT ((size_t)64 << 20)

static enum urne_err
copy(struct urne_buf *out, struct urne_diag *d, size_t max, struct urne_view text, const char *what)
{
	enum urne_err e;

	urne_buf_init(out, max);
	urne_buf_put_view(out, text);
	e = urne_buf_error(out);
	if (e == URNE_ERR_LIMIT) {
		return urne_fail(d, e, "%s: has %zu bytes, %zu are allowed", what, text.len, max);
	}
	return e == URNE_OK ? e : urne_fail(d, e, "no memory for the election");
}

/* Two records, each with a header; the one that says whose it is fits into a block. */
static enum urne_err
share_max(size_t *out, const struct urne_election *e)
{
	enum urne_err err = urne_partial_max_len(out, e);

	*out += urne_record_padding(*out) + 3 * URNE_RECORD_BLOCK;
	return err;
}

/* What every ballot and the tally will need. */
static enum urne_err
look_ahead(struct urne_board_election *b, struct urne_diag *d)
{
	enum urne_err e;

	if (b->election.has_non_homomorphic) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "election: has a non-homomorphic question, which this version cannot tally; "
		    "make the election without it");
	}
	e = urne_ballot_max_len(&b->max_ballot, &b->election);
	if (e == URNE_ERR_LIMIT) {
		return urne_fail(d, e,
		    "election: a ballot could have more than %zu bytes, make the election with "
		    "fewer choices",
		    URNE_MAX_BALLOT);
	}
	b->num_points = urne_ballot_num_points(&b->election);
	if (e == URNE_OK) {
		e = share_max(&b->max_share, &b->election);
	}
	return e == URNE_OK ? e : urne_fail(d, e, "no memory for a ballot");
}

static enum urne_err
take_in(struct urne_board_election *b, struct urne_diag *d, const struct urne_setup_texts *texts,
    struct urne_pool *pool)
{
	struct urne_setup_texts own = *texts;
	enum urne_err e =
	    copy(&b->election_text, d, URNE_MAX_TEXT_FILE, texts->election, "election");

	if (e == URNE_OK) {
		e = copy(&b->trustees_text, d, MAX_TRUSTEES_TEXT, texts->trustees, "trustees");
	}
	if (e != URNE_OK) {
		return e;
	}
	own.election = urne_buf_view(&b->election_text);
	own.trustees = urne_buf_view(&b->trustees_text);
	e = urne_setup_read(&b->election, &b->trustees, &b->credentials, &b->arena, d, &own, pool);
	if (e != URNE_OK) {
		return e;
	}
	b->test = urne_view_starts(b->election.name, URNE_TEST_MARK);
	return look_ahead(b, d);
}

enum urne_err
urne_board_election_new(struct urne_board_election **out, struct urne_diag *d,
    const struct urne_setup_texts *texts, struct urne_pool *pool)
{
	struct urne_board_election *b = calloc(1, sizeof(*b));
	enum urne_err e;

	*out = NULL;
	if (b == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the election");
	}
	urne_arena_init(&b->arena, ELECTION_MEMORY);
	e = take_in(b, d, texts, pool);
	if (e != URNE_OK) {
		urne_board_election_free(b);
		return e;
	}
	*out = b;
	return URNE_OK;
}

void
urne_board_election_free(struct urne_board_election *e)
{
	if (e == NULL) {
		return;
	}
	urne_credentials_free(e->credentials);
	urne_arena_clear(&e->arena);
	urne_buf_clear(&e->election_text);
	urne_buf_clear(&e->trustees_text);
	urne_buf_clear(&e->definition_text);
	free(e);
}

bool
urne_board_election_seals(const struct urne_board_election *e, struct urne_hash *hash)
{
	*hash = (struct urne_hash){{0}};
	return e->election.vote_definition.len > 0 &&
	       urne_hex_decode(hash->b, sizeof(hash->b), e->election.vote_definition) == URNE_OK;
}

/* Any text may arrive here: its hash is looked at before its content. */
static enum urne_err
check_seal(const struct urne_board_election *e, struct urne_diag *d, struct urne_view text)
{
	struct urne_hash sealed, hash;
	char hex[URNE_HASH_HEX_LEN];

	if (!urne_board_election_seals(e, &sealed)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the election seals no vote definition, so none can be published with it");
	}
	urne_sha256_of(&hash, text);
	if (!urne_hash_eq(&hash, &sealed)) {
		urne_hex_encode(hex, hash.b, sizeof(hash.b));
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the election seals the vote definition with SHA-256 %.*s, this one has %.*s; "
		    "send the file that was sealed, byte for byte",
		    (int)e->election.vote_definition.len, e->election.vote_definition.p,
		    (int)sizeof(hex), hex);
	}
	return URNE_OK;
}

static enum urne_err
read_definition(struct urne_definition *out, struct urne_arena *arena,
    const struct urne_board_election *e, struct urne_diag *d, struct urne_view text)
{
	enum urne_err err = check_seal(e, d, text);

	if (err == URNE_OK) {
		err = urne_definition_read(out, arena, d, text);
	}
	return err == URNE_OK ? urne_definition_agrees(d, out, &e->election) : err;
}

enum urne_err
urne_board_election_define(
    struct urne_board_election *e, struct urne_diag *d, struct urne_view text)
{
	enum urne_err err;

	if (atomic_load_explicit(&e->has_definition, memory_order_acquire)) {
		return check_seal(e, d, text); /* then it is the one that is there */
	}
	urne_buf_clear(&e->definition_text);
	err = copy(&e->definition_text, d, URNE_MAX_TEXT_FILE, text, "vote definition");
	if (err == URNE_OK) {
		err = read_definition(
		    &e->definition, &e->arena, e, d, urne_buf_view(&e->definition_text));
	}
	if (err == URNE_OK) {
		atomic_store_explicit(&e->has_definition, true, memory_order_release);
	}
	return err;
}
