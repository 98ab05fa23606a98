/* SPDX-License-Identifier: EUPL-1.2 */
/* A key file as lines on paper: what the key is, its text or its locked form, and a check over the
 * whole. The same lines are typed by a person and read by a camera.
 * Spec: docs/formats.md#keys-on-paper */
#ifndef URNE_CRYPTO_SECRET_PAPER_H
#define URNE_CRYPTO_SECRET_PAPER_H

#include <stdbool.h>

#include "base/buf.h"
#include "crypto/group.h"
#include "crypto/secret/typed.h"

/* Numbers are written on paper. */
enum urne_paper_kind {
	URNE_PAPER_TRUSTEE = 1,	 /* the decimal of a single trustee, a JSON string */
	URNE_PAPER_SEED = 2,	 /* the seed of a threshold trustee */
	URNE_PAPER_SIGNER = 3,	 /* a key that signs notes */
	URNE_PAPER_IDENTITY = 4, /* the seed of a trustee, whose public half is its identity */
};

/* More lines nobody types. A locked key of the largest group takes 47. */
#define URNE_PAPER_MAX_LINES	   ((size_t)64)
#define URNE_PAPER_FINGERPRINT_LEN ((size_t)8)

/* What stands in front of the key. */
struct urne_paper {
	enum urne_paper_kind kind;
	const struct urne_group *group; /* of a trustee's key; NULL for a signer and an identity */
	bool locked;
	/* the first bytes of SHA-256 of the public half's text */
	uint8_t fingerprint[URNE_PAPER_FINGERPRINT_LEN];
};

/* urne_paper_write appends the lines "N:CCCC...\n" of a key file: `file` is its text, without a
 * newline at the end, locked as p->locked says. `out` is a secret buffer. URNE_ERR_LIMIT for a key
 * that takes too many lines; URNE_ERR_SYNTAX for a locked form that is not canonical. Constant time
 * in the text of a plain key. */
enum urne_err urne_paper_write(struct urne_buf *out, struct urne_diag *d,
    const struct urne_paper *p, struct urne_view file) URNE_MUST_USE;

/* A paper being read, line by line. */
struct urne_paper_reader {
	struct urne_buf bytes; /* secret: of the lines so far */
	size_t num_lines;      /* of the paper; 0 until its first line is there */
	size_t next;	       /* the line that comes next, from 1 */
};
void urne_paper_reader_init(struct urne_paper_reader *r);
void urne_paper_reader_clear(struct urne_paper_reader *r);
/* urne_paper_reader_line takes line r->next, without number. After an error, those of
 * urne_typed_read, it may be tried again. */
enum urne_err urne_paper_reader_line(
    struct urne_paper_reader *r, struct urne_diag *d, struct urne_view line) URNE_MUST_USE;
bool urne_paper_reader_done(const struct urne_paper_reader *r);
/* urne_paper_reader_end checks the whole, tells what the key is, and appends the text of the key
 * file to `file`, a secret buffer. Lines that are right one by one but not together:
 * URNE_ERR_MISMATCH. */
enum urne_err urne_paper_reader_end(struct urne_paper *out, struct urne_buf *file,
    struct urne_paper_reader *r, struct urne_diag *d) URNE_MUST_USE;

/* urne_paper_read reads all lines of a text at once, each with its number and a colon in front, as
 * they are printed and as the QR code carries them; empty lines do not count. A line that is
 * missing, stands twice or at a wrong place is named: URNE_ERR_INCOMPLETE, URNE_ERR_ORDER. */
enum urne_err urne_paper_read(struct urne_paper *out, struct urne_buf *file, struct urne_diag *d,
    struct urne_view text) URNE_MUST_USE;

#endif
