/* SPDX-License-Identifier: EUPL-1.2 */
/* The encrypted tally: ballots multiplied together, each raised to its weight.
 * Spec: docs/protocol.md#tally */
#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "tally/shape.h"
#include "tally/tally.h"

enum urne_err
urne_tally_init(struct urne_tally *t, struct urne_arena *arena, const struct urne_election *e)
{
	memset(t, 0, sizeof(*t));
	if (e->has_non_homomorphic) {
		return URNE_ERR_UNSUPPORTED;
	}
	t->sum = urne_arena_alloc(arena, e->num_choices, sizeof(*t->sum));
	if (t->sum == NULL) {
		return URNE_ERR_MEMORY;
	}
	for (size_t i = 0; i < e->num_choices; i++) {
		urne_ciphertext_one(e->group, &t->sum[i]);
	}
	return URNE_OK;
}

/* Multiplies or divides every sum by the ballot's ciphertext raised to the weight. */
static void
apply(struct urne_tally *t, const struct urne_election *e, const struct urne_ballot *b,
    uint64_t weight,
    void (*op)(const struct urne_group *g, struct urne_ciphertext *out,
	const struct urne_ciphertext *a, const struct urne_ciphertext *c))
{
	size_t at = 0;

	for (size_t i = 0; i < e->num_questions; i++) {
		size_t num = urne_question_num_choices(&e->questions[i]);

		for (size_t j = 0; j < num; j++, at++) {
			struct urne_ciphertext ct = b->answers[i].choices[j];
			if (weight != 1) {
				urne_ciphertext_pow_u64(e->group, &ct, &ct, weight);
			}
			op(e->group, &t->sum[at], &t->sum[at], &ct);
		}
	}
}

void
urne_tally_add(struct urne_tally *t, const struct urne_election *e, const struct urne_ballot *b,
    uint64_t weight)
{
	apply(t, e, b, weight, urne_ciphertext_mul);
	t->num_tallied++;
	t->total_weight += weight;
}

void
urne_tally_remove(struct urne_tally *t, const struct urne_election *e, const struct urne_ballot *b,
    uint64_t weight)
{
	apply(t, e, b, weight, urne_ciphertext_div);
	t->num_tallied--;
	t->total_weight -= weight;
}

void
urne_tally_join(struct urne_tally *t, const struct urne_election *e, const struct urne_tally *other)
{
	for (size_t i = 0; i < e->num_choices; i++) {
		urne_ciphertext_mul(e->group, &t->sum[i], &t->sum[i], &other->sum[i]);
	}
	t->num_tallied += other->num_tallied;
	t->total_weight += other->total_weight;
}

struct tally_codec {
	const struct urne_group *group;
	struct urne_ciphertext *sum;
};

static void
codec_sum(struct urne_codec *c, void *ctx, size_t i)
{
	struct tally_codec *t = ctx;

	urne_codec_ciphertext(c, t->group, &t->sum[i]);
}

void
urne_tally_write(struct urne_buf *out, const struct urne_election *e, const struct urne_tally *t)
{
	struct tally_codec ctx = {e->group, t->sum};
	struct urne_codec c;

	urne_codec_write(&c, out);
	urne_codec_shape(&c, e, codec_sum, &ctx);
}

enum urne_err
urne_tally_read(struct urne_tally *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text)
{
	struct tally_codec ctx = {e->group, NULL};
	struct urne_codec c;
	enum urne_err err = urne_tally_init(out, arena, e);

	if (err != URNE_OK) {
		return urne_fail(d, err, "no room for the tally of this election");
	}
	ctx.sum = out->sum;
	urne_codec_read(&c, text, arena);
	urne_codec_shape(&c, e, codec_sum, &ctx);
	return urne_codec_end(&c, d);
}

static enum urne_err
compare_count(struct urne_diag *d, const char *name, uint64_t written, uint64_t computed)
{
	if (written == computed) {
		return URNE_OK;
	}
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "%s: %" PRIu64 " is written, the ballots give %" PRIu64, name, written, computed);
}

static enum urne_err
compare_sums(struct urne_diag *d, const struct urne_election *e, const struct urne_tally *written,
    const struct urne_tally *computed)
{
	size_t n = 0;

	for (size_t i = 0; i < e->num_questions; i++) {
		size_t num = urne_question_num_choices(&e->questions[i]);

		for (size_t k = 0; k < num; k++, n++) {
			if (!urne_ciphertext_eq(e->group, &written->sum[n], &computed->sum[n])) {
				return urne_fail(d, URNE_ERR_MISMATCH,
				    "encrypted tally: question %zu, choice %zu: is not what the "
				    "ballots give",
				    i, k);
			}
		}
	}
	return URNE_OK;
}

enum urne_err
urne_tally_compare(struct urne_diag *d, const struct urne_election *e,
    const struct urne_tally *written, const struct urne_tally *computed)
{
	enum urne_err err =
	    compare_count(d, "num_tallied", written->num_tallied, computed->num_tallied);

	if (err == URNE_OK) {
		err =
		    compare_count(d, "total_weight", written->total_weight, computed->total_weight);
	}
	return err == URNE_OK ? compare_sums(d, e, written, computed) : err;
}

static void
codec_sized(struct urne_codec *c, struct urne_sized_tally *s)
{
	urne_codec_object(c);
	urne_codec_field(c, "num_tallied");
	urne_codec_u64(c, &s->num_tallied, URNE_MAX_CREDENTIALS);
	urne_codec_field(c, "total_weight");
	urne_codec_count(c, &s->total_weight, URNE_MAX_TOTAL_WEIGHT);
	urne_codec_field(c, "encrypted_tally");
	urne_codec_hash_hex(c, &s->encrypted_tally);
	urne_codec_object_end(c);
}

void
urne_sized_tally_write(struct urne_buf *out, const struct urne_sized_tally *s)
{
	struct urne_sized_tally copy = *s;
	struct urne_codec c;

	urne_codec_write(&c, out);
	codec_sized(&c, &copy);
}

enum urne_err
urne_sized_tally_read(struct urne_sized_tally *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_codec c;

	memset(out, 0, sizeof(*out));
	urne_codec_read(&c, text, NULL);
	codec_sized(&c, out);
	return urne_codec_end(&c, d);
}
