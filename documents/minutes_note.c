/* SPDX-License-Identifier: EUPL-1.2 */
/* The two short texts that stand for whole minutes: what a QR code carries and what officials
 * sign. Both name the election and the hash of the JSON document, and nothing else.
 * Spec: docs/minutes.md#certification */
#include "documents/minutes.h"

void
urne_minutes_qr_text(struct urne_buf *out, struct urne_view uuid, const struct urne_hash *sha256)
{
	urne_buf_puts(out, "URNE-MINUTES-1 ");
	urne_buf_put_view(out, uuid);
	urne_buf_putc(out, ' ');
	urne_buf_put_hex(out, sha256->b, URNE_HASH_LEN);
}

void
urne_minutes_note_text(struct urne_buf *out, struct urne_view uuid, const struct urne_hash *sha256)
{
	urne_buf_puts(out, "urne-minutes-1\n");
	urne_buf_put_view(out, uuid);
	urne_buf_puts(out, "\nsha256 ");
	urne_buf_put_hex(out, sha256->b, URNE_HASH_LEN);
	urne_buf_putc(out, '\n');
}
