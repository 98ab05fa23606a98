/* SPDX-License-Identifier: EUPL-1.2 */
/* Every length follows from the election, so that what comes next is known at every byte: names,
 * brackets and commas are compared, and only the values in quotes are read. Nothing is remembered
 * of where and why a text ends it: the codec reads it again for that. */
#include "election/ballot_scan.h"

#include <string.h>

struct scan {
	const char *p, *end;
	const struct urne_group *g;
	struct urne_known_elems *known;
};

static bool
take(struct scan *s, const char *bytes, size_t len)
{
	if ((size_t)(s->end - s->p) < len || memcmp(s->p, bytes, len) != 0) {
		return false;
	}
	s->p += len;
	return true;
}

#define TAKE(s, literal) take((s), (literal), sizeof(literal) - 1)

/* separator: a comma in front of every item but the first. */
static bool
separator(struct scan *s, size_t i)
{
	return i == 0 || TAKE(s, ",");
}

/* quoted takes a value up to its closing quote; the opening one is taken already. What the bytes
 * may be, the value's own reader knows. */
static bool
quoted(struct scan *s, struct urne_view *out)
{
	size_t left = (size_t)(s->end - s->p);
	const char *quote = memchr(s->p, '"', left <= URNE_TEXT_MAX ? left : URNE_TEXT_MAX + 1);

	if (quote == NULL) {
		return false;
	}
	*out = (struct urne_view){s->p, (size_t)(quote - s->p)};
	s->p = quote + 1;
	return true;
}

static bool
scan_uuid(struct scan *s, struct urne_view *out)
{
	return quoted(s, out) && urne_codec_plain_len(*out) == out->len;
}

static bool
scan_hash(struct scan *s, struct urne_hash *out)
{
	struct urne_view text;

	return quoted(s, &text) && urne_b64_hash_decode(out, text) == URNE_OK;
}

/* scan_election: the hash of the election at hand, which it nearly always is, needs no decoding. */
static bool
scan_election(struct scan *s, struct urne_hash *out, const struct urne_election *e)
{
	if (take(s, e->phi, sizeof(e->phi))) {
		*out = e->fingerprint;
		return TAKE(s, "\"");
	}
	return scan_hash(s, out);
}

static bool
scan_scalar(struct scan *s, struct urne_scalar *out)
{
	struct urne_view text;

	return quoted(s, &text) && urne_scalar_decode(s->g, out, text) == URNE_OK;
}

/* take_known: the next element that is known, if its text is what comes next. */
static bool
take_known(struct scan *s, struct urne_elem *out)
{
	struct urne_known_elems *known = s->known;
	char own[URNE_TEXT_MAX];

	if (known->at >= known->num) {
		return false;
	}
	*out = known->elem[known->at++];
	return take(s, own, urne_elem_encode(s->g, own, out)) && TAKE(s, "\"");
}

static bool
scan_elem(struct scan *s, struct urne_elem *out)
{
	struct urne_view text;

	if (s->known != NULL) {
		return take_known(s, out);
	}
	return quoted(s, &text) && urne_elem_decode(s->g, out, text) == URNE_OK;
}

/* Ciphertexts that are decoded together: their elements are whole vectors. */
#define TOGETHER ((size_t)12)
_Static_assert(sizeof(struct urne_ciphertext) == 2 * sizeof(struct urne_elem), "two elements");

/* decode_run: num ciphertexts, at most TOGETHER, of which the first is number `first`. */
static bool
decode_run(struct scan *s, struct urne_ciphertext *ct, size_t num, size_t first)
{
	struct urne_view text[2 * TOGETHER] = {{0}};
	bool ok[2 * TOGETHER], all = true;

	for (size_t i = 0; i < num; i++) {
		if (!separator(s, first + i) || !TAKE(s, "{\"alpha\":\"") ||
		    !quoted(s, &text[2 * i]) || !TAKE(s, ",\"beta\":\"") ||
		    !quoted(s, &text[2 * i + 1]) || !TAKE(s, "}")) {
			return false;
		}
	}
	urne_elem_decode_each_unproved(s->g, (struct urne_elem *)ct, ok, text, 2 * num);
	for (size_t i = 0; i < 2 * num; i++) {
		all = all && ok[i];
	}
	return all;
}

/* known_run: the same, where the elements are known. */
static bool
known_run(struct scan *s, struct urne_ciphertext *ct, size_t num, size_t first)
{
	for (size_t i = 0; i < num; i++) {
		if (!separator(s, first + i) || !TAKE(s, "{\"alpha\":\"") ||
		    !take_known(s, &ct[i].alpha) || !TAKE(s, ",\"beta\":\"") ||
		    !take_known(s, &ct[i].beta) || !TAKE(s, "}")) {
			return false;
		}
	}
	return true;
}

static bool
scan_run(struct scan *s, struct urne_ciphertext *ct, size_t num, size_t first)
{
	return s->known != NULL ? known_run(s, ct, num, first) : decode_run(s, ct, num, first);
}

static bool
scan_ciphertexts(struct scan *s, struct urne_ciphertext *ct, size_t num)
{
	bool good = TAKE(s, "[");

	for (size_t i = 0; good && i < num; i += TOGETHER) {
		good = scan_run(s, &ct[i], num - i < TOGETHER ? num - i : TOGETHER, i);
	}
	return good && TAKE(s, "]");
}

static bool
scan_proof(struct scan *s, struct urne_proof *p)
{
	return TAKE(s, "{\"challenge\":\"") && scan_scalar(s, &p->challenge) &&
	       TAKE(s, ",\"response\":\"") && scan_scalar(s, &p->response) && TAKE(s, "}");
}

static bool
scan_proofs(struct scan *s, struct urne_proof *p, size_t num)
{
	if (!TAKE(s, "[")) {
		return false;
	}
	for (size_t i = 0; i < num; i++) {
		if (!separator(s, i) || !scan_proof(s, &p[i])) {
			return false;
		}
	}
	return TAKE(s, "]");
}

/* [[proof,proof],...]: num pairs */
static bool
scan_pairs(struct scan *s, struct urne_proof *p, size_t num)
{
	if (!TAKE(s, "[")) {
		return false;
	}
	for (size_t i = 0; i < num; i++) {
		if (!separator(s, i) || !scan_proofs(s, &p[2 * i], 2)) {
			return false;
		}
	}
	return TAKE(s, "]");
}

static bool
scan_nonzero(struct scan *s, struct urne_nonzero_proof *p)
{
	return TAKE(s, "{\"commitment\":\"") && scan_elem(s, &p->commitment) &&
	       TAKE(s, ",\"challenge\":\"") && scan_scalar(s, &p->challenge) &&
	       TAKE(s, ",\"response\":[\"") && scan_scalar(s, &p->response[0]) && TAKE(s, ",\"") &&
	       scan_scalar(s, &p->response[1]) && TAKE(s, "]}");
}

static bool
scan_homomorphic(struct scan *s, const struct urne_question *q, struct urne_answer *a)
{
	size_t num = urne_question_num_choices(q);

	return TAKE(s, "{\"choices\":") && scan_ciphertexts(s, a->choices, num) &&
	       TAKE(s, ",\"individual_proofs\":") && scan_pairs(s, a->individual, num) &&
	       TAKE(s, ",\"overall_proof\":") &&
	       scan_proofs(s, a->overall, urne_answer_num_overall(q)) &&
	       (!q->blank || (TAKE(s, ",\"blank_proof\":") && scan_proofs(s, a->list_proofs, 2))) &&
	       TAKE(s, "}");
}

static bool
scan_non_homomorphic(struct scan *s, struct urne_answer *a)
{
	return TAKE(s, "{\"choices\":") && scan_run(s, a->choices, 1, 0) &&
	       TAKE(s, ",\"proof\":") && scan_proof(s, &a->overall[0]) && TAKE(s, "}");
}

/* The choices of a lists question, and then their proofs: an array for each list. */
static bool
scan_choices_of_lists(struct scan *s, const struct urne_question *q, struct urne_answer *a)
{
	size_t at = 0;

	if (!TAKE(s, "{\"choices\":[")) {
		return false;
	}
	for (size_t i = 0; i < q->num_lists; i++) {
		if (!separator(s, i) ||
		    !scan_ciphertexts(s, &a->choices[at], q->lists[i].num_labels)) {
			return false;
		}
		at += q->lists[i].num_labels;
	}
	if (!TAKE(s, "],\"individual_proofs\":[")) {
		return false;
	}
	at = 0;
	for (size_t i = 0; i < q->num_lists; i++) {
		if (!separator(s, i) ||
		    !scan_pairs(s, &a->individual[2 * at], q->lists[i].num_labels)) {
			return false;
		}
		at += q->lists[i].num_labels;
	}
	return TAKE(s, "]");
}

static bool
scan_lists(struct scan *s, const struct urne_question *q, struct urne_answer *a)
{
	return scan_choices_of_lists(s, q, a) && TAKE(s, ",\"overall_proof\":") &&
	       scan_proof(s, &a->overall[0]) && TAKE(s, ",\"list_proofs\":") &&
	       scan_pairs(s, a->list_proofs, q->num_lists) && TAKE(s, ",\"nonzero_proof\":") &&
	       scan_nonzero(s, &a->nonzero) && TAKE(s, "}");
}

static bool
scan_answer(struct scan *s, const struct urne_question *q, struct urne_answer *a)
{
	switch (q->kind) {
	case URNE_QUESTION_HOMOMORPHIC:
		return scan_homomorphic(s, q, a);
	case URNE_QUESTION_NON_HOMOMORPHIC:
		return scan_non_homomorphic(s, a);
	case URNE_QUESTION_LISTS:
		return scan_lists(s, q, a);
	}
	return false;
}

static bool
scan_answers(struct scan *s, const struct urne_election *e, struct urne_ballot *b)
{
	for (size_t i = 0; i < e->num_questions; i++) {
		if (!separator(s, i) || !scan_answer(s, &e->questions[i], &b->answers[i])) {
			return false;
		}
	}
	return TAKE(s, "]");
}

bool
urne_ballot_scan(struct urne_ballot *b, size_t *unsigned_len, const struct urne_election *e,
    struct urne_view text, struct urne_known_elems *known)
{
	struct scan s = {.p = text.p, .g = e->group, .known = known};

	*unsigned_len = 0;
	if (text.p == NULL) {
		return false;
	}
	s.end = text.p + text.len;
	if (!TAKE(&s, "{\"election_uuid\":\"") || !scan_uuid(&s, &b->election_uuid) ||
	    !TAKE(&s, ",\"election_hash\":\"") || !scan_election(&s, &b->election_hash, e) ||
	    !TAKE(&s, ",\"credential\":\"") || !scan_elem(&s, &b->credential) ||
	    !TAKE(&s, ",\"answers\":[") || !scan_answers(&s, e, b)) {
		return false;
	}
	*unsigned_len = (size_t)(s.p - text.p);
	return TAKE(&s, ",\"signature\":{\"hash\":\"") && scan_hash(&s, &b->hash) &&
	       TAKE(&s, ",\"proof\":") && scan_proof(&s, &b->signature) && TAKE(&s, "}}") &&
	       s.p == s.end;
}
