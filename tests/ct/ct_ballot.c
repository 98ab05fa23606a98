/* SPDX-License-Identifier: EUPL-1.2 */
/* A whole ballot: choices, credential and all randomness are secret. Then a trustee's part of
 * counting it: the private key is secret. */
#include "tests/ct/ct.h"

#include "base/limits.h"
#include "election/vote.h"
#include "tally/decrypt.h"

static const char plain[] = "[{\"answers\":[\"A\",\"B\"],\"min\":0,\"max\":1,\"question\":\"q\"}]";
static const char blank[] =
    "[{\"answers\":[\"A\",\"B\"],\"blank\":true,\"min\":1,\"max\":1,\"question\":\"q\"}]";
static const char lists[] = "[{\"type\":\"Lists\",\"value\":{\"answers\":[[\"L1\",\"a\"],[\"L2\","
			    "\"b\"]],\"question\":\"q\"}}]";
static const char single[] = "[{\"answers\":[\"A\"],\"min\":0,\"max\":1,\"question\":\"q\"}]";

static const struct {
	const struct urne_group *group;
	const char *questions;
	uint64_t m[4];
} cases[] = {
    {&urne_group_ed25519, plain, {0, 1, 0, 0}},
    {&urne_group_ed25519, plain, {0, 0, 0, 0}},
    {&urne_group_ed25519, blank, {0, 1, 0, 0}},
    {&urne_group_ed25519, blank, {1, 0, 0, 0}},
    {&urne_group_ed25519, lists, {1, 1, 0, 0}},
    {&urne_group_ed25519, lists, {0, 0, 1, 1}},
    {&urne_group_belenios_2048, plain, {1, 0, 0, 0}},
    {&urne_group_belenios_2048, blank, {1, 0, 0, 0}},
    {&urne_group_belenios_2048, lists, {1, 1, 0, 0}},
    {&urne_group_rfc_3526_2048, single, {1, 0, 0, 0}},
};

static void
make_election(struct urne_election *e, struct urne_arena *arena, struct urne_buf *text, size_t i,
    const struct urne_elem *y)
{
	struct urne_diag d;
	char key[URNE_TEXT_MAX];

	urne_buf_printf(text,
	    "{\"version\":1,\"description\":\"d\",\"name\":\"n\",\"group\":\"%s\",\"public_key\":"
	    "\"",
	    cases[i].group->name);
	urne_buf_put(text, key, urne_elem_encode(cases[i].group, key, y));
	urne_buf_printf(
	    text, "\",\"questions\":%s,\"uuid\":\"GnQagTgeJqLsvY\"}", cases[i].questions);
	ct_check(urne_election_parse(e, arena, &d, urne_buf_view(text)) == URNE_OK, "election");
}

static void
count(const struct urne_election *e, struct urne_arena *arena, const struct urne_ballot *b,
    const struct urne_secret *key, struct urne_rng *rng)
{
	struct urne_tally t;
	struct urne_partial_decryption p;
	struct urne_diag d;

	ct_check(urne_tally_init(&t, arena, e) == URNE_OK, "tally");
	urne_tally_add(&t, e, b, 3);
	ct_check(urne_partial_make(&p, arena, e, &t, key, rng) == URNE_OK, "partial decryption");
	ct_check(urne_partial_check(&p, &d, e, &t, &e->public_key) == URNE_OK, "its proofs");
}

static void
vote(size_t i, struct urne_rng *rng)
{
	struct urne_arena arena;
	struct urne_buf text, ballot;
	struct urne_election e;
	struct urne_secret key, credential;
	struct urne_elem y;
	struct urne_hash tracker;
	struct urne_ballot b;
	struct urne_diag d = {{0}};
	uint64_t m[4];
	struct urne_choices c = {m, 0};

	urne_arena_init(&arena, (size_t)1 << 24);
	urne_buf_init(&text, (size_t)1 << 16);
	urne_buf_init(&ballot, URNE_MAX_BALLOT);
	ct_secret(cases[i].group, &key, rng);
	urne_secret_base(cases[i].group, &y, &key);
	make_election(&e, &arena, &text, i, &y);
	ct_secret(e.group, &credential, rng);
	memcpy(m, cases[i].m, sizeof(m));
	c.num = e.num_choices;
	urne_classify(m, sizeof(m));
	ct_check(urne_ballot_encrypt(&ballot, &tracker, &d, &e, &c, &credential, rng) == URNE_OK,
	    "encryption");
	ct_check(
	    urne_ballot_read(&b, &arena, &d, &e, urne_buf_view(&ballot)) == URNE_OK, "reading");
	ct_check(urne_ballot_check_proofs(&b, &d, &e) == URNE_OK, "proofs");
	ct_check(urne_ballot_check_signature(&b, &d, &e) == URNE_OK, "signature");
	count(&e, &arena, &b, &key, rng);
	urne_buf_clear(&ballot);
	urne_buf_clear(&text);
	urne_arena_clear(&arena);
}

int
main(void)
{
	struct urne_rng rng;

	if (!ct_under_valgrind()) {
		return CT_SKIPPED;
	}
	ct_rng(&rng);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		printf("%s %s\n", cases[i].group->name, cases[i].questions);
		vote(i, &rng);
	}
	return 0;
}
