/* SPDX-License-Identifier: EUPL-1.2 */
/* Six lines and the trustee's signature under them. They name everything that a file could be
 * mistaken for, so that a note serves for one place only. */
#include "bulletin/log/ceremony_note.h"

#include <inttypes.h>

#include "election/election.h"

#define FORMAT	  "urne-ceremony/1"
#define NUM_LINES 6

void
urne_ceremony_note_write(struct urne_buf *out, const struct urne_ceremony_note *n)
{
	urne_buf_puts(out, FORMAT "\n");
	urne_buf_put_view(out, n->origin);
	urne_buf_putc(out, '\n');
	urne_buf_put_view(out, n->election);
	urne_buf_printf(out, "\n%" PRIu64 "\n%" PRIu64 "\n", n->round, n->trustee);
	urne_buf_put_hex(out, n->hash.b, URNE_HASH_LEN);
	urne_buf_putc(out, '\n');
}

/* What each line behind the first must be. */
static const char *const must_be[NUM_LINES] = {
    NULL,
    "the journal's origin",
    "the identifier of an election",
    "the round, 1 to 4",
    "the trustee's number, 1 to 32",
    "the hash of the file in 64 lower-case hex digits",
};

/* read_line reads line i, from 0. */
static bool
read_line(struct urne_ceremony_note *n, size_t i, struct urne_view line)
{
	switch (i) {
	case 1:
		n->origin = line;
		return urne_note_name_check(NULL, line) == URNE_OK;
	case 2:
		n->election = line;
		return urne_uuid_check(line);
	case 3:
		return urne_decimal_decode(&n->round, line, URNE_CEREMONY_MAX_ROUND) == URNE_OK &&
		       n->round > 0;
	case 4:
		return urne_decimal_decode(&n->trustee, line, URNE_CEREMONY_MAX_TRUSTEE) ==
			   URNE_OK &&
		       n->trustee > 0;
	}
	return urne_hex_decode(n->hash.b, URNE_HASH_LEN, line) == URNE_OK;
}

enum urne_err
urne_ceremony_note_read(struct urne_ceremony_note *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_ceremony_note n = {.round = 0};
	struct urne_view line;

	*out = n;
	if (!urne_view_cut(&line, &text, '\n') || !urne_view_is(line, FORMAT)) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "a trustee's note of the ceremony begins with the line " FORMAT);
	}
	for (size_t i = 1; i < NUM_LINES; i++) {
		if (!urne_view_cut(&line, &text, '\n') || !read_line(&n, i, line)) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "line %zu of the trustee's note is not %s", i + 1, must_be[i]);
		}
	}
	if (text.len > 0) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "the trustee's note has more than its six lines");
	}
	*out = n;
	return URNE_OK;
}

/* says_same: for the very place that is wanted. */
static enum urne_err
says_same(
    struct urne_diag *d, const struct urne_ceremony_note *n, const struct urne_ceremony_note *want)
{
	if (!urne_view_eq(n->origin, want->origin)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the trustee's note is for %.*s, this is %.*s", (int)n->origin.len, n->origin.p,
		    (int)want->origin.len, want->origin.p);
	}
	if (!urne_view_eq(n->election, want->election)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the trustee's note is for the election %.*s, this is %.*s",
		    (int)n->election.len, n->election.p, (int)want->election.len, want->election.p);
	}
	if (n->round != want->round || n->trustee != want->trustee) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the trustee's note is for round %" PRIu64 " and trustee %" PRIu64
		    ", this is round %" PRIu64 " of trustee %" PRIu64,
		    n->round, n->trustee, want->round, want->trustee);
	}
	return URNE_OK;
}

enum urne_err
urne_ceremony_note_check(struct urne_hash *hash, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view note, const struct urne_ceremony_note *want, const struct urne_note_key *key)
{
	struct urne_ceremony_note n;
	struct urne_note signed_note;
	enum urne_err e;

	*hash = (struct urne_hash){{0}};
	if ((e = urne_note_read(&signed_note, arena, d, note)) != URNE_OK ||
	    (e = urne_ceremony_note_read(&n, d, signed_note.text)) != URNE_OK ||
	    (e = says_same(d, &n, want)) != URNE_OK) {
		return e;
	}
	e = urne_note_verify(d, &signed_note, key);
	if (e == URNE_ERR_UNKNOWN) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE,
		    "trustee %" PRIu64 " did not sign: its key, %.*s, is not under the note",
		    want->trustee, (int)key->name.len, key->name.p);
	}
	if (e == URNE_OK) {
		*hash = n.hash;
	}
	return e;
}
