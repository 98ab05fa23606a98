/* SPDX-License-Identifier: EUPL-1.2 */
/* A ballot's ciphertexts are in the subgroup of the election's group: each alone, with the place of
 * the first that is not. Who checks the proofs learns the same on the way, at a lower price. Spec:
 * docs/protocol.md#groups */
#include "election/ballot.h"

static enum urne_err
check_ciphertext(struct urne_diag *d, const struct urne_group *g, const struct urne_ciphertext *ct)
{
	const struct {
		const char *name;
		const struct urne_elem *elem;
	} parts[] = {{"alpha", &ct->alpha}, {"beta", &ct->beta}};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!urne_elem_is_member(g, parts[i].elem)) {
			return urne_fail(
			    d, URNE_ERR_GROUP, "%s: " URNE_GROUP_REFUSAL, parts[i].name, g->name);
		}
	}
	return URNE_OK;
}

/* Where choice i of an answer stands: each kind of question has another form. */
static void
place(struct urne_diag *d, const struct urne_question *q, size_t i)
{
	size_t list = 0;

	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		urne_diag_within(d, "choices[%zu].", i);
		return;
	case URNE_QUESTION_NON_HOMOMORPHIC:
		urne_diag_within(d, "choices.");
		return;
	case URNE_QUESTION_LISTS:
		while (i >= q->lists[list].num_labels) {
			i -= q->lists[list].num_labels;
			list++;
		}
		urne_diag_within(d, "choices[%zu][%zu].", list, i);
		return;
	}
}

enum urne_err
urne_ballot_check_members(
    const struct urne_ballot *b, struct urne_diag *d, const struct urne_election *e)
{
	for (size_t i = 0; i < e->num_questions; i++) {
		const struct urne_question *q = &e->questions[i];

		for (size_t k = 0; k < urne_question_num_choices(q); k++) {
			enum urne_err err =
			    check_ciphertext(d, e->group, &b->answers[i].choices[k]);

			if (err != URNE_OK) {
				place(d, q, k);
				urne_diag_within(d, "answers[%zu].", i);
				return err;
			}
		}
	}
	return URNE_OK;
}

enum urne_err
urne_ballot_read(struct urne_ballot *b, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text)
{
	enum urne_err err = urne_ballot_read_unproved(b, arena, d, e, text);

	return err == URNE_OK ? urne_ballot_check_members(b, d, e) : err;
}
