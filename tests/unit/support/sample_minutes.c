/* SPDX-License-Identifier: EUPL-1.2 */
/* Ten of twelve members voted, eleven ballots came, two of three trustees decrypted. */
#include "tests/unit/support/sample_minutes.h"

#include <string.h>

#include "crypto/sha256.h"
#include "tests/unit/support/check.h"
#include "tests/unit/support/sample_vote.h"

static void
make_outcome(struct sample_minutes *s)
{
	static const uint64_t counts[] = SAMPLE_COUNTS;
	struct urne_outcome_input in = {
	    .definition = &s->definition,
	    .counts = counts,
	    .turnout = {.members = 12, .roll = 12, .voters = 10, .votes = 10},
	    .fingerprint = VIEW(SAMPLE_PHI),
	    .draw = s->declared.has_draw ? &s->declared.draw : NULL,
	    .withdrawals = s->declared.withdrawals,
	    .num_withdrawals = s->declared.num_withdrawn,
	};

	assert_int_equal(sizeof(counts) / sizeof(counts[0]), s->definition.num_choices);
	if (urne_outcome_compute(&s->outcome, &s->arena, &s->d, &in) != URNE_OK) {
		fail_msg("%s", s->d.text);
	}
}

void
sample_minutes_make(struct sample_minutes *s, const char *declared)
{
	struct urne_view text = urne_view_of(declared == NULL ? "{}" : declared);

	*s = (struct sample_minutes){
	    .checks = {{VIEW("archive-format"), VIEW("PASS"), 29, VIEW("records")},
		{VIEW("ballot-proofs"), VIEW("PASS"), 11, VIEW("ballots")},
		{VIEW("result"), VIEW("PASS"), 32, VIEW("counts")}},
	    .trustees = {{1, 1, 1}, {2, 3, 2}},
	    .decrypted = {1, 2, 4},
	};
	urne_buf_init(&s->json, (size_t)1 << 24);
	sample_vote_read(&s->definition, &s->arena, &s->d);
	if (urne_declared_read(&s->declared, &s->arena, &s->d, &s->definition, text) != URNE_OK) {
		fail_msg("%s", s->d.text);
	}
	make_outcome(s);
	s->minutes = (struct urne_minutes){
	    .record = {.uuid = VIEW(SAMPLE_UUID),
		.name = s->definition.title.by_language[0],
		.group = VIEW("Ed25519"),
		.fingerprint = VIEW(SAMPLE_PHI),
		.archive_sha256 = {{0xa1, 0xb2}},
		.archive_bytes = 123456,
		.num_events = 18,
		.head = {{0xc3}},
		.ballots = 11,
		.trustees = s->trustees,
		.num_trustees = 2,
		.decrypted = s->decrypted,
		.num_decrypted = 3},
	    .definition = &s->definition,
	    .declared = &s->declared,
	    .outcome = &s->outcome,
	    .checks = s->checks,
	    .num_checks = 3,
	    .verdict = VIEW("VERIFIED"),
	};
	sample_minutes_write(s);
}

void
sample_minutes_write(struct sample_minutes *s)
{
	urne_buf_reset(&s->json);
	urne_minutes_json(&s->json, &s->minutes);
	assert_ok(urne_buf_error(&s->json));
	urne_sha256_of(&s->sha256, urne_buf_view(&s->json));
}

void
sample_minutes_clear(struct sample_minutes *s)
{
	urne_buf_clear(&s->json);
	urne_arena_clear(&s->arena);
}

int
sample_minutes_setup(void **state, const char *declared)
{
	static struct sample_minutes s;

	sample_minutes_make(&s, declared);
	*state = &s;
	return 0;
}

int
sample_minutes_teardown(void **state)
{
	sample_minutes_clear(*state);
	return 0;
}

static const struct urne_block *
next_block(const struct urne_block *b)
{
	if (b->child != NULL) {
		return b->child;
	}
	while (b != NULL && b->next == NULL) {
		b = b->parent;
	}
	return b == NULL ? NULL : b->next;
}

static bool
contains(struct urne_view text, const char *needle)
{
	return needle[0] == '\0' ||
	       (text.len > 0 && memmem(text.p, text.len, needle, strlen(needle)) != NULL);
}

static bool
matches(const struct urne_block *b, enum urne_block_kind kind, const char *needle)
{
	return b->kind == kind && (contains(b->text, needle) || contains(b->label, needle));
}

const struct urne_block *
sample_page_find(const struct urne_page *p, enum urne_block_kind kind, const char *needle)
{
	const struct urne_block *b = p->root.child;

	while (b != NULL && !matches(b, kind, needle)) {
		b = next_block(b);
	}
	return b;
}

size_t
sample_page_count(const struct urne_page *p, enum urne_block_kind kind, const char *needle)
{
	size_t num = 0;

	for (const struct urne_block *b = p->root.child; b != NULL; b = next_block(b)) {
		num += matches(b, kind, needle) ? 1 : 0;
	}
	return num;
}
