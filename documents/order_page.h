/* SPDX-License-Identifier: EUPL-1.2 */
/* Orders of officials in words, in French and English: what an order does, every hash of it in
 * groups of four digits for the telephone, who signed; and what is sealed, as a page.
 * Spec: docs/journal.md#orders */
#ifndef URNE_DOCUMENTS_ORDER_PAGE_H
#define URNE_DOCUMENTS_ORDER_PAGE_H

#include "bulletin/log/order.h"
#include "documents/page.h"
#include "documents/words.h"

/* urne_words_action: what the action is called: "scellement", "seal". */
const char *urne_words_action(enum urne_lang lang, enum urne_action a);
/* urne_words_order: one sentence, what the order does when it is executed; without the election. */
void urne_words_order(struct urne_buf *out, enum urne_lang lang, const struct urne_order *o);
/* A moment in seconds since 1970, in UTC. */
void urne_words_seconds(struct urne_buf *out, enum urne_lang lang, int64_t seconds);

/* An order, and what is known of it. */
struct urne_order_facts {
	const struct urne_order *order; /* read: its form is right */
	struct urne_hash hash;		/* of its text */
	const struct urne_view *signed_by;
	size_t num_signed;
	bool unverified; /* nobody's keys are known: names alone */
	bool has_needed; /* how many must sign is known */
	size_t needed;
	bool executed; /* it stands in the journal, as this entry */
	uint64_t entry;
};

/* urne_order_compose adds the order: its title as heading of level 1 or 2, what it does, its
 * arguments, who signed and what is missing. */
void urne_order_compose(struct urne_page *p, enum urne_lang lang, const struct urne_order_facts *f);

/* urne_order_compose_facts adds its arguments alone, one fact each, with the hash of its text. */
void urne_order_compose_facts(struct urne_page *p, enum urne_lang lang, const struct urne_order *o,
    const struct urne_hash *hash);

/* What a Setup consists of, as officials compare it before they sign its seal. */
struct urne_seal_trustee {
	struct urne_view name;	/* empty: it has none */
	struct urne_hash key;	/* SHA-256 of its public key, as the list of trustees writes it */
	uint64_t group, needed; /* group: 0 is a trustee of its own, who is always needed; else the
				   number of its group, of which `needed` suffice */
};
struct urne_seal_facts {
	struct urne_view name; /* of the election */
	bool test;
	struct urne_hash setup;
	struct urne_hash fingerprint;		  /* of the election */
	const struct urne_definition *definition; /* NULL: the election seals none */
	struct urne_hash credentials;
	uint64_t num_credentials, weight;
	const struct urne_seal_trustee *trustees;
	size_t num_trustees;
};
/* urne_seal_compose adds what is sealed, as hashes to be compared by telephone, and behind it the
 * whole definition. r reads that definition; without one, the language alone counts. */
void urne_seal_compose(struct urne_page *p, struct urne_reader r, const struct urne_seal_facts *f);

#endif
