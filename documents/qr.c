/* SPDX-License-Identifier: EUPL-1.2 */
/* QR codes by libqrencode: bytes as they are (no guess at character sets), the smallest version
 * that holds them with error correction M. */
#include "documents/page.h"

#include <errno.h>
#include <limits.h>

#include <qrencode.h>

/* libqrencode says it by errno. */
static enum urne_err
fail_encode(struct urne_diag *d, int error, size_t len)
{
	if (error == ERANGE) {
		return urne_fail(d, URNE_ERR_LIMIT,
		    "QR code: %zu bytes do not fit into the largest one, shorten the text", len);
	}
	if (error == ENOMEM) {
		return urne_fail(d, URNE_ERR_MEMORY, "QR code: no memory");
	}
	return urne_fail(d, URNE_ERR_INTERNAL, "QR code: libqrencode failed");
}

enum urne_err
urne_qr(const uint8_t **modules, size_t *size, struct urne_arena *arena, struct urne_diag *d,
    struct urne_view content)
{
	QRcode *code = NULL;
	uint8_t *m;
	size_t width;

	*modules = NULL;
	*size = 0;
	if (content.len == 0) {
		return urne_fail(d, URNE_ERR_RANGE, "QR code: there is nothing to put into it");
	}
	if (content.len > INT_MAX) {
		return fail_encode(d, ERANGE, content.len);
	}
	errno = 0;
	code =
	    QRcode_encodeData((int)content.len, (const unsigned char *)content.p, 0, QR_ECLEVEL_M);
	if (code == NULL || code->width <= 0) {
		enum urne_err e = fail_encode(d, errno, content.len);

		QRcode_free(code);
		return e;
	}
	width = (size_t)code->width;
	m = urne_arena_alloc(arena, width, width);
	if (m != NULL) {
		/* the other bits tell how a module came about */
		for (size_t i = 0; i < width * width; i++) {
			m[i] = code->data[i] & 1;
		}
		*modules = m;
		*size = width;
	}
	/* what it carries may be a key */
	urne_wipe(code->data, width * width);
	QRcode_free(code);
	return m != NULL ? URNE_OK : urne_fail(d, URNE_ERR_MEMORY, "QR code: no memory");
}
