/* SPDX-License-Identifier: EUPL-1.2 */
/* The election is made as officials, trustees and members make theirs: with the key ceremony. */
#include "tests/unit/support/board_case.h"

#include <string.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "election/ceremony.h"
#include "election/compile.h"
#include "election/questions.h"
#include "election/statement.h"
#include "election/threshold.h"
#include "election/vote.h"
#include "tests/unit/support/check.h"
#include "tests/unit/support/vote_text.h"

#define SIZE	  3 /* trustees of the threshold group */
#define THRESHOLD 2
#define MAX_FILE  ((size_t)4 << 20)

static struct urne_view
all_get(enum urne_ceremony_round round, struct urne_buf *files, size_t j)
{
	bool same = round == URNE_CEREMONY_COMMITMENT || round == URNE_CEREMONY_POLYNOMIAL;

	return urne_buf_view(&files[same ? 0 : j]);
}

/* The ceremony, round after round: in[] is given out, out[] comes back. */
static void
hold_ceremony(struct board_case *c, struct urne_threshold *t)
{
	struct urne_seed seed[SIZE];
	struct urne_buf in[SIZE], out[SIZE], next[SIZE];
	struct urne_view files[SIZE];
	size_t num = 0;

	for (size_t j = 0; j < SIZE; j++) {
		urne_buf_init(&in[j], MAX_FILE);
		urne_buf_init(&out[j], MAX_FILE);
		urne_buf_init(&next[j], MAX_FILE);
		urne_seed_generate(&seed[j], &c->rng);
		urne_ceremony_invitation(&in[j], c->group, SIZE, THRESHOLD, j + 1);
	}
	for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
		enum urne_ceremony_round round = (enum urne_ceremony_round)r;

		for (size_t j = 0; j < SIZE; j++) {
			urne_buf_reset(&out[j]);
			urne_buf_reset(&next[j]);
			assert_ok(urne_ceremony_step(
			    &out[j], &c->d, &seed[j], all_get(round, in, j), &c->rng));
			files[j] = urne_buf_view(&out[j]);
		}
		if (round == URNE_CEREMONY_KEY) {
			assert_ok(urne_ceremony_finish(t, &c->arena, next, &c->d, c->group,
			    all_get(round, in, 0), files, SIZE));
			break;
		}
		assert_ok(urne_ceremony_collect(
		    next, &num, &c->d, round, c->group, all_get(round, in, 0), files, SIZE));
		for (size_t j = 0; j < SIZE; j++) {
			urne_buf_reset(&in[j]);
			urne_buf_put_view(&in[j], urne_buf_view(&next[j]));
		}
	}
	for (size_t j = 0; j < SIZE; j++) {
		assert_ok(urne_share_open(
		    &c->trustee[j + 1], &c->d, c->group, &seed[j], urne_buf_view(&next[j])));
		urne_buf_clear(&in[j]);
		urne_buf_clear(&out[j]);
		urne_buf_clear(&next[j]);
	}
}

static void
make_trustees(struct board_case *c, struct urne_elem *key)
{
	struct urne_trustee_item items[2];
	struct urne_trustees t = {items, 2, CASE_TRUSTEES};
	struct urne_trustee_public_key *single = &items[0].single;
	struct urne_sha256 h;

	memset(items, 0, sizeof(items));
	urne_secret_random(c->group, &c->trustee[0], &c->rng);
	urne_secret_base(c->group, &single->public_key, &c->trustee[0]);
	urne_pok_transcript(&h, c->group, &single->public_key);
	urne_schnorr_prove(c->group, &single->pok, &c->rng, &c->trustee[0], &h);
	items[0].first_owner = 1;
	items[0].num_owners = 1;
	items[1].is_threshold = true;
	items[1].first_owner = 2;
	items[1].num_owners = SIZE;
	hold_ceremony(c, &items[1].threshold);
	urne_trustees_write(&c->trustees, c->group, &t);
	urne_trustees_key(key, c->group, &t);
}

static void
make_credentials(struct board_case *c)
{
	static const uint64_t weights[CASE_VOTERS] = {1, 5, 2};
	struct urne_credential_entry entries[CASE_VOTERS];

	for (size_t i = 0; i <= CASE_VOTERS; i++) {
		urne_secret_random(c->group, &c->voter[i], &c->rng);
		if (i < CASE_VOTERS) {
			urne_secret_base(c->group, &entries[i].public_credential, &c->voter[i]);
			entries[i].weight = weights[i];
		}
	}
	urne_credentials_emit(&c->credentials, c->group, entries, CASE_VOTERS, true);
}

/* The questions that the definition compiles to, and its seal. */
static void
put_definition(struct board_case *c)
{
	const struct urne_question *q = NULL;
	struct urne_definition v;
	char hex[URNE_HASH_HEX_LEN];
	size_t num = 0;

	vote_text_head(&c->definition, "floor", "2");
	assert_ok(urne_definition_read(&v, &c->arena, &c->d, urne_buf_view(&c->definition)));
	assert_ok(urne_definition_compile(&q, &num, &c->arena, &c->d, &v));
	urne_questions_emit(&c->election, q, num);
	urne_hex_encode(hex, v.sha256.b, sizeof(v.sha256.b));
	urne_buf_puts(&c->election, ",\"vote_definition\":\"");
	urne_buf_put(&c->election, hex, sizeof(hex));
	urne_buf_putc(&c->election, '"');
}

static enum urne_err
get_object(void *ctx, struct urne_buf *out, struct urne_diag *d, const struct urne_hash *hash)
{
	struct board_case *c = ctx;

	for (size_t i = 0; i < c->num_objects; i++) {
		if (urne_hash_eq(&c->objects[i].hash, hash)) {
			urne_buf_put_view(out, urne_buf_view(&c->objects[i].text));
			return urne_buf_error(out);
		}
	}
	return urne_fail(d, URNE_ERR_UNKNOWN, "no such object");
}

static enum urne_err
each_last(void *ctx, struct urne_diag *d,
    enum urne_err (*visit)(void *visitor, size_t member, const struct urne_hash *ballot),
    void *visitor)
{
	struct board_case *c = ctx;

	(void)d;
	for (size_t i = 0; i < CASE_VOTERS; i++) {
		enum urne_err e = c->has_last[i] ? visit(visitor, i, &c->last[i]) : URNE_OK;

		if (e != URNE_OK) {
			return e;
		}
	}
	return URNE_OK;
}

static enum urne_err
each_event(void *ctx, struct urne_diag *d, enum urne_event_type type,
    enum urne_err (*visit)(void *visitor, const struct urne_event *event), void *visitor)
{
	struct board_case *c = ctx;

	(void)d;
	for (size_t i = 0; i < c->num_events; i++) {
		enum urne_err e =
		    c->events[i].type == type ? visit(visitor, &c->events[i]) : URNE_OK;

		if (e != URNE_OK) {
			return e;
		}
	}
	return URNE_OK;
}

void
board_case_init(
    struct board_case *c, const struct urne_group *g, const char *questions, const char *name)
{
	char text[URNE_TEXT_MAX];
	struct urne_elem key;

	memset(c, 0, sizeof(*c));
	c->group = g;
	test_rng_init(&c->rng);
	urne_arena_init(&c->arena, (size_t)1 << 28);
	urne_buf_init(&c->election, MAX_FILE);
	urne_buf_init(&c->trustees, MAX_FILE);
	urne_buf_init(&c->credentials, MAX_FILE);
	make_trustees(c, &key);
	make_credentials(c);
	urne_buf_puts(&c->election, "{\"version\":1,\"description\":\"Trois jours\",\"name\":\"");
	urne_buf_puts(&c->election, name);
	urne_buf_printf(&c->election, "\",\"group\":\"%s\",\"public_key\":\"", g->name);
	urne_buf_put(&c->election, text, urne_elem_encode(c->group, text, &key));
	urne_buf_puts(&c->election, "\",\"uuid\":\"GnQagTgeJqLsvY\",\"questions\":");
	if (questions != NULL) {
		urne_buf_puts(&c->election, questions);
	} else {
		put_definition(c);
	}
	urne_buf_putc(&c->election, '}');
	assert_ok(urne_election_parse(&c->e, &c->arena, &c->d, urne_buf_view(&c->election)));
	c->records = (struct urne_records){get_object, each_last, each_event, c};
}

const struct urne_setup_texts *
board_case_texts(struct board_case *c)
{
	c->texts = (struct urne_setup_texts){
	    .election = urne_buf_view(&c->election),
	    .trustees = urne_buf_view(&c->trustees),
	    .credentials = urne_buf_view(&c->credentials),
	};
	return &c->texts;
}

void
board_case_clear(struct board_case *c)
{
	for (size_t i = 0; i < c->num_objects; i++) {
		urne_buf_clear(&c->objects[i].text);
	}
	urne_arena_clear(&c->arena);
	urne_buf_clear(&c->definition);
	urne_buf_clear(&c->election);
	urne_buf_clear(&c->trustees);
	urne_buf_clear(&c->credentials);
}

void
board_case_ballot(
    struct board_case *c, struct urne_buf *out, size_t voter, uint64_t weight, uint64_t *counts)
{
	struct urne_choices choices;
	struct urne_hash tracker;

	urne_buf_init(out, URNE_MAX_BALLOT);
	assert_ok(urne_choices_random(&choices, &c->e, &c->rng));
	assert_ok(
	    urne_ballot_encrypt(out, &tracker, &c->d, &c->e, &choices, &c->voter[voter], &c->rng));
	for (size_t i = 0; counts != NULL && i < choices.num; i++) {
		counts[i] += weight * choices.m[i];
	}
	urne_choices_clear(&choices);
}

void
board_case_sign(struct board_case *c, struct urne_buf *out, struct urne_ballot *b, size_t voter)
{
	struct urne_sha256 h;

	urne_buf_init(out, URNE_MAX_BALLOT);
	urne_ballot_write_unsigned(out, &c->e, b);
	urne_sha256_of(&b->hash, urne_buf_view(out));
	urne_ballot_signature_transcript(&h, &b->hash);
	urne_schnorr_prove(c->group, &b->signature, &c->rng, &c->voter[voter], &h);
	urne_buf_reset(out);
	urne_ballot_write(out, &c->e, b);
	assert_ok(urne_buf_error(out));
}

void
board_case_store(struct board_case *c, struct urne_hash *hash, struct urne_view text)
{
	assert_true(c->num_objects < CASE_OBJECTS);
	urne_sha256_of(hash, text);
	c->objects[c->num_objects].hash = *hash;
	urne_buf_init(&c->objects[c->num_objects].text, URNE_MAX_BALLOT);
	urne_buf_put_view(&c->objects[c->num_objects].text, text);
	c->num_objects++;
}

void
board_case_event(struct board_case *c, enum urne_event_type type, const struct urne_hash *payload)
{
	struct urne_event *e = &c->events[c->num_events];

	assert_true(c->num_events < CASE_EVENTS);
	c->num_events++;
	*e = (struct urne_event){.type = type, .height = c->num_events};
	if (payload != NULL) {
		e->has_payload = true;
		e->payload = *payload;
	}
}

void
board_case_tally_texts(struct board_case *c, struct urne_buf *object, struct urne_buf *about,
    const struct urne_tally *t)
{
	struct urne_sized_tally sized = {
	    .num_tallied = t->num_tallied, .total_weight = t->total_weight};

	urne_buf_init(object, MAX_FILE);
	urne_buf_init(about, MAX_FILE);
	urne_tally_write(object, &c->e, t);
	urne_sha256_of(&sized.encrypted_tally, urne_buf_view(object));
	urne_sized_tally_write(about, &sized);
}

void
board_case_owned(struct urne_buf *out, uint64_t owner, struct urne_view partial)
{
	struct urne_owned owned = {.owner = owner};

	urne_buf_init(out, MAX_FILE);
	urne_sha256_of(&owned.payload, partial);
	urne_owned_write(out, &owned);
}
