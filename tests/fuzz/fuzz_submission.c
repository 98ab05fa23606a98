/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot as strangers send it to a board, through every check of its admission. The corpus has
 * good ballots, and one for each refusal; the list has one credential, g^777. */
#include "tests/fuzz/fuzz.h"

#include "bulletin/server/admission.h"
#include "crypto/secret/prove.h"
#include "crypto/sha256.h"
#include "election/ballot.h"
#include "election/threshold.h"

#define MAX_TEXT ((size_t)1 << 16)

/* Its one trustee has the key g^12345, which fuzz_election() has as the election's. */
static void
put_trustees(struct urne_buf *out, const struct urne_group *g)
{
	struct urne_trustee_item item = {.first_owner = 1, .num_owners = 1};
	struct urne_trustees t = {&item, 1, 1};
	uint8_t seed[32] = {1};
	struct urne_rng rng;
	struct urne_secret x;
	struct urne_sha256 h;

	urne_rng_init_fixed(&rng, seed);
	urne_secret_from_u64(g, &x, 12345);
	urne_secret_base(g, &item.single.public_key, &x);
	urne_pok_transcript(&h, g, &item.single.public_key);
	urne_schnorr_prove(g, &item.single.pok, &rng, &x, &h);
	urne_trustees_write(out, g, &t);
}

static const struct urne_board_election *
board_election(const struct urne_group *g)
{
	static struct urne_board_election *elections[2];
	size_t i = g == &urne_group_ed25519 ? 0 : 1;
	struct urne_credential_entry entry = {.weight = 1};
	struct urne_buf election, trustees, credentials;
	struct urne_setup_texts texts;
	struct urne_diag d = {{0}};

	if (elections[i] != NULL) {
		return elections[i];
	}
	urne_buf_init(&election, MAX_TEXT);
	urne_buf_init(&trustees, MAX_TEXT);
	urne_buf_init(&credentials, MAX_TEXT);
	urne_election_emit(&election, fuzz_election(g));
	put_trustees(&trustees, g);
	urne_elem_base_u64(g, &entry.public_credential, 777);
	urne_credentials_emit(&credentials, g, &entry, 1, false);
	texts = (struct urne_setup_texts){.election = urne_buf_view(&election),
	    .trustees = urne_buf_view(&trustees),
	    .credentials = urne_buf_view(&credentials)};
	if (urne_board_election_new(&elections[i], &d, &texts, NULL) != URNE_OK) {
		fprintf(stderr, "the election: %s\n", d.text);
		abort();
	}
	urne_buf_clear(&election);
	urne_buf_clear(&trustees);
	urne_buf_clear(&credentials);
	return elections[i];
}

/* What was admitted is what was sent, by the one member there is. */
static void
check_admitted(
    struct fuzz_input *f, const struct urne_board_election *e, const struct urne_submission *s)
{
	struct urne_ballot b;
	struct urne_hash hash;

	urne_sha256_of(&hash, f->text);
	if (!urne_hash_eq(&hash, &s->tracker) || s->member != 0 || f->text.len > e->max_ballot ||
	    urne_ballot_read(&b, &f->arena, &f->d, &e->election, f->text) != URNE_OK) {
		fprintf(stderr, "admitted, and not a ballot of the member\n");
		abort();
	}
	urne_ballot_write(&f->again, &e->election, &b);
	fuzz_same(&f->again, f->text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct urne_records none = {NULL, NULL, NULL, NULL};
	const struct urne_board_election *e;
	struct urne_submission *s;
	struct fuzz_input f;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	e = board_election(f.group);
	s = urne_submission_new(URNE_SUBMIT_BALLOT);
	if (s == NULL) {
		abort();
	}
	urne_buf_put_view(&s->ballot, f.text);
	if (fuzz_verdict(urne_admit(s, e, &none, NULL), &s->diag)) {
		check_admitted(&f, e, s);
	} else if (s->diag.text[0] == '\0') {
		fprintf(stderr, "refused without a sentence\n");
		abort();
	}
	urne_submission_free(s);
	fuzz_end(&f);
	return 0;
}
