/* SPDX-License-Identifier: EUPL-1.2 */
/* Pieces find their places on sheets, from the first to the last: pieces that are kept together go
 * to a new sheet together, unless no sheet could hold them. */
#include "documents/page_pdf.h"

struct flow {
	struct urne_pdf_doc *doc;
	struct urne_pdf_place *first, *last;
	unsigned sheet;
	int y;
};

static int
gap_above(const struct flow *f, const struct urne_pdf_piece *piece)
{
	return f->y > f->doc->top ? piece->gap : 0;
}

static void
put(struct flow *f, const struct urne_pdf_piece *piece, bool again)
{
	struct urne_pdf_place *place = urne_pdf_alloc(f->doc, 1, sizeof(*place));

	if (place == NULL) {
		return;
	}
	f->y += gap_above(f, piece);
	*place =
	    (struct urne_pdf_place){.piece = piece, .sheet = f->sheet, .y = f->y, .again = again};
	f->y += piece->height;
	if (f->last == NULL) {
		f->first = place;
	} else {
		f->last->next = place;
	}
	f->last = place;
}

/* height_kept is the height of a piece and those that it must not part from, or a little more than
 * a sheet. */
static int
height_kept(const struct flow *f, const struct urne_pdf_piece *piece)
{
	int most = f->doc->bottom - f->doc->top;
	int height = piece->height;

	while (piece->keep && piece->next != NULL && height <= most) {
		piece = piece->next;
		height += piece->gap + piece->height;
	}
	return height;
}

/* make_room begins a new sheet where `height` more would not fit; a table goes on below its head.
 */
static void
make_room(struct flow *f, const struct urne_pdf_piece *piece, int height)
{
	if (f->y > f->doc->top && f->y + gap_above(f, piece) + height > f->doc->bottom) {
		f->sheet++;
		f->y = f->doc->top;
	}
	if (f->y == f->doc->top && piece->head != NULL) {
		put(f, piece->head, true);
	}
}

void
urne_pdf_flow(const struct urne_pdf_place **places, unsigned *num_sheets, struct urne_pdf_doc *doc)
{
	struct flow f = {.doc = doc, .y = doc->top};
	const struct urne_pdf_piece *piece;
	bool kept = false; /* the piece belongs to those before it, which have made room for it */

	for (piece = doc->first; piece != NULL && doc->err == URNE_OK; piece = piece->next) {
		int height = height_kept(&f, piece);
		bool fits = height <= doc->bottom - doc->top;

		if (!kept) {
			make_room(&f, piece, fits ? height : piece->height);
		}
		put(&f, piece, false);
		kept = piece->keep && (kept || fits);
	}
	*places = f.first;
	*num_sheets = f.sheet + 1;
}
