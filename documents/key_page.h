/* SPDX-License-Identifier: EUPL-1.2 */
/* The sheet of paper that holds a private key: whose it is, the key as lines and as a QR code, and
 * how to make a key file of them again. It knows the lines only, not what they say.
 * Spec: docs/formats.md#keys-on-paper */
#ifndef URNE_DOCUMENTS_KEY_PAGE_H
#define URNE_DOCUMENTS_KEY_PAGE_H

#include "documents/page.h"
#include "documents/words.h"

enum urne_key_page_kind {
	URNE_KEY_PAGE_TRUSTEE,	 /* a single trustee */
	URNE_KEY_PAGE_THRESHOLD, /* a trustee of several, some of whom suffice */
	URNE_KEY_PAGE_SIGNER,	 /* of an official */
	URNE_KEY_PAGE_IDENTITY,	 /* a trustee that a board knows by name */
};

struct urne_key_page {
	enum urne_key_page_kind kind;
	struct urne_view owner;		     /* whose key it is; empty: a line to write it on */
	struct urne_view purpose;	     /* what it is for, the same */
	struct urne_view group;		     /* of a trustee's key */
	struct urne_view name;		     /* of a signer, of an identity */
	uint64_t index, size, threshold;     /* of a threshold trustee, 0 if not known */
	const struct urne_hash *fingerprint; /* of the public half */
	bool locked;
	struct urne_view lines; /* "N:CCCC...\n", crypto/secret/paper.h */
	bool for_text;		/* no QR code, which a text cannot show */
};

/* urne_key_page_compose composes the page, which urne_page_init began in a secret arena. */
void urne_key_page_compose(struct urne_page *p, enum urne_lang lang, const struct urne_key_page *k);
/* urne_key_page_title: the title of the document. */
const char *urne_key_page_title(enum urne_lang lang);

#endif
