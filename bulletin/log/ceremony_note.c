/* SPDX-License-Identifier: EUPL-1.2 */
/* Six lines. The note names journal, election, round and trustee, so that a signature for one place
 * is of no use at another. */
#include "bulletin/log/ceremony_note.h"

#include "base/limits.h"
#include "crypto/note.h"
#include "election/ceremony.h"
#include "election/election.h"

#define FORMAT "urne-ceremony/1"

void
urne_ceremony_note_write(struct urne_buf *out, const struct urne_ceremony_note *n)
{
	urne_buf_puts(out, FORMAT "\n");
	urne_buf_put_view(out, n->origin);
	urne_buf_putc(out, '\n');
	urne_buf_put_view(out, n->election);
	urne_buf_putc(out, '\n');
	urne_buf_put_u64(out, n->round);
	urne_buf_putc(out, '\n');
	urne_buf_put_u64(out, n->trustee);
	urne_buf_putc(out, '\n');
	urne_buf_put_hex(out, n->hash.b, URNE_HASH_LEN);
	urne_buf_putc(out, '\n');
}

static enum urne_err
read_number(
    uint64_t *out, struct urne_diag *d, struct urne_view line, uint64_t max, const char *what)
{
	if (urne_decimal_decode(out, line, max) != URNE_OK || *out == 0) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "the %s of the trustee's note is no number from 1 to %u", what, (unsigned)max);
	}
	return URNE_OK;
}

static enum urne_err
read_lines(struct urne_ceremony_note *n, struct urne_diag *d, const struct urne_view line[6])
{
	enum urne_err e;

	if (!urne_view_is(line[0], FORMAT)) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "a trustee's note begins with the line " FORMAT);
	}
	e = urne_note_name_check(d, line[1]);
	if (e != URNE_OK) {
		urne_diag_within(d, "line 2 of the trustee's note, the journal: ");
		return e;
	}
	if (!urne_uuid_check(line[2])) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 3 of the trustee's note is not the UUID of an election");
	}
	if (urne_hex_decode(n->hash.b, URNE_HASH_LEN, line[5]) != URNE_OK) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line 6 of the trustee's note is no hash of 64 lower-case hex digits");
	}
	n->origin = line[1];
	n->election = line[2];
	e = read_number(&n->round, d, line[3], URNE_CEREMONY_NUM_ROUNDS, "round");
	return e == URNE_OK ? read_number(&n->trustee, d, line[4], URNE_MAX_TRUSTEES, "trustee")
			    : e;
}

enum urne_err
urne_ceremony_note_read(struct urne_ceremony_note *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_ceremony_note n = {.round = 0};
	struct urne_view line[6];
	enum urne_err e;

	*out = n;
	for (size_t i = 0; i < 6; i++) {
		if (!urne_view_cut(&line[i], &text, '\n')) {
			return urne_fail(d, URNE_ERR_SYNTAX,
			    "a trustee's note has six lines, " FORMAT
			    ", journal, election, round, trustee and hash, and this one has %zu",
			    i);
		}
	}
	if (text.len > 0) {
		return urne_fail(d, URNE_ERR_SYNTAX, "a trustee's note ends behind its sixth line");
	}
	e = read_lines(&n, d, line);
	if (e == URNE_OK) {
		*out = n;
	}
	return e;
}
