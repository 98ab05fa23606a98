/* SPDX-License-Identifier: EUPL-1.2 */
/* Texts are gathered until there are enough of them to be hashed beside each other. */
#include "crypto/challenges.h"

#include <string.h>

/* So many bytes are hashed without waiting for more: statements about lists repeat the answer. */
#define ENOUGH ((size_t)1 << 17)

void
urne_challenges_init(struct urne_challenges *c, const struct urne_group *g)
{
	c->g = g;
	c->num = 0;
	c->agree = NULL;
	urne_buf_init(&c->text, 2 * URNE_MAX_BALLOT);
}

void
urne_challenges_clear(struct urne_challenges *c)
{
	urne_buf_clear(&c->text);
}

void
urne_challenges_begin(struct urne_challenges *c, bool *agree)
{
	c->agree = agree;
	*agree = true;
}

static bool
agrees(const struct urne_group *g, const struct urne_proof *p, size_t num,
    const struct urne_hash *hash)
{
	struct urne_scalar expected, sum = p[0].challenge;

	for (size_t j = 1; j < num; j++) {
		urne_scalar_add(g, &sum, &sum, &p[j].challenge);
	}
	urne_scalar_from_hash(g, &expected, hash);
	return urne_scalar_eq(&expected, &sum);
}

/* settle hashes what is there. */
static void
settle(struct urne_challenges *c)
{
	struct urne_view text[URNE_CHALLENGES];
	struct urne_hash hash[URNE_CHALLENGES];
	size_t at = 0;

	for (size_t i = 0; i < c->num; i++) {
		text[i] = (struct urne_view){c->text.data + at, c->item[i].end - at};
		at = c->item[i].end;
	}
	urne_sha256_of_many(hash, text, c->num);
	for (size_t i = 0; i < c->num; i++) {
		if (!agrees(c->g, c->item[i].p, c->item[i].num, &hash[i])) {
			*c->item[i].agree = false;
		}
	}
	c->num = 0;
	c->text.len = 0;
}

void
urne_challenges_add(struct urne_challenges *c, const struct urne_view *piece, size_t num_pieces,
    const struct urne_proof *p, size_t num, const uint8_t *A, size_t num_A)
{
	size_t len = num_A * (urne_elem_text_max(c->g) + 1);
	char *out;

	for (size_t i = 0; i < num_pieces; i++) {
		len += piece[i].len;
	}
	out = urne_buf_grow(&c->text, len);
	if (out == NULL) {
		return; /* the buffer keeps the error */
	}
	for (size_t i = 0; i < num_pieces; i++) {
		memcpy(out, piece[i].p, piece[i].len);
		out += piece[i].len;
	}
	for (size_t i = 0; i < num_A; i++) {
		if (i > 0) {
			*out++ = ',';
		}
		out += urne_encoding_text(c->g, out, A + i * c->g->elem_bytes);
	}
	c->text.len = (size_t)(out - c->text.data);
	c->item[c->num].end = c->text.len;
	c->item[c->num].p = p;
	c->item[c->num].num = num;
	c->item[c->num].agree = c->agree;
	c->num++;
	if (c->num == URNE_CHALLENGES || c->text.len >= ENOUGH) {
		settle(c);
	}
}

enum urne_err
urne_challenges_end(struct urne_challenges *c)
{
	enum urne_err err = urne_buf_error(&c->text);

	if (err == URNE_OK) {
		settle(c);
	}
	urne_buf_reset(&c->text);
	c->num = 0;
	return err;
}
