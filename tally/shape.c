/* SPDX-License-Identifier: EUPL-1.2 */
/* Walks the nested arrays of a tally. */
#include "tally/shape.h"

static void
run(struct urne_codec *c, size_t *at, size_t num,
    void (*item)(struct urne_codec *c, void *ctx, size_t i), void *ctx)
{
	urne_codec_array(c);
	for (size_t i = 0; i < num && urne_codec_ok(c); i++) {
		urne_codec_item(c);
		item(c, ctx, (*at)++);
	}
	urne_codec_array_end(c);
}

void
urne_codec_shape(struct urne_codec *c, const struct urne_election *e,
    void (*item)(struct urne_codec *c, void *ctx, size_t i), void *ctx)
{
	size_t at = 0;

	urne_codec_array(c);
	for (size_t i = 0; i < e->num_questions && urne_codec_ok(c); i++) {
		const struct urne_question *q = &e->questions[i];

		urne_codec_item(c);
		if (q->kind != URNE_QUESTION_LISTS) {
			run(c, &at, urne_question_num_choices(q), item, ctx);
			continue;
		}
		urne_codec_array(c);
		for (size_t k = 0; k < q->num_lists && urne_codec_ok(c); k++) {
			urne_codec_item(c);
			run(c, &at, q->lists[k].num_labels, item, ctx);
		}
		urne_codec_array_end(c);
	}
	urne_codec_array_end(c);
}
