/* SPDX-License-Identifier: EUPL-1.2 */
/* Files with hints are opened when the election is known and closed when all of it was read; in
 * between each family of checks asks for its records. */
#include "verifier/hints.h"

#include "crypto/batch.h"

enum urne_err
urne_verify_hints_open(struct urne_verification *v, struct urne_diag *d)
{
	if (v->files.hints != NULL) {
		return urne_hint_reader_open(
		    &v->hint_reader, d, v->report, v->files.hints, &v->election);
	}
	if (v->files.write_hints == NULL) {
		return URNE_OK;
	}
	if (!urne_hints_serve(v->election.group)) {
		urne_report_note(v->report,
		    "%s: was not written, hints do not serve this kind of election",
		    v->files.write_hints);
		return URNE_OK;
	}
	return urne_hint_writer_open(&v->hint_writer, d, v->files.write_hints, &v->election);
}

enum urne_err
urne_verify_hints_finish(struct urne_verification *v, struct urne_diag *d)
{
	return v->hint_writer != NULL ? urne_hint_writer_finish(v->hint_writer, d) : URNE_OK;
}

void
urne_verify_hints_close(struct urne_verification *v)
{
	urne_hint_reader_close(v->hint_reader);
	urne_hint_writer_close(v->hint_writer);
	v->hint_reader = NULL;
	v->hint_writer = NULL;
}

static bool
read_list(void *ctx, uint8_t *out, size_t first, size_t num)
{
	const struct urne_list_hints *l = ctx;

	return first + num <= l->place.num_points &&
	       urne_hint_reader_read(l->v->hint_reader, out, &l->place, first, num);
}

static enum urne_err
write_list(
    void *ctx, struct urne_diag *d, const uint8_t *hints, size_t first, size_t num, size_t total)
{
	const struct urne_list_hints *l = ctx;
	struct urne_hint_writer *w = l->v->hint_writer;
	enum urne_err err = URNE_OK;

	if (first == 0) {
		err = urne_hint_writer_begin(w, d, &l->record->hash, total);
	}
	return err == URNE_OK ? urne_hint_writer_put(w, d, hints, num) : err;
}

struct urne_credential_hints *
urne_verify_list_hints(
    struct urne_list_hints *l, struct urne_verification *v, const struct urne_record *record)
{
	*l = (struct urne_list_hints){.v = v, .record = record};
	l->hints.ctx = l;
	if (v->hint_writer != NULL) {
		l->hints.write = write_list;
		return &l->hints;
	}
	urne_hint_reader_look(v->hint_reader, &l->place, &record->hash);
	if (l->place.num_points == 0) {
		return NULL;
	}
	l->hints.read = read_list;
	return &l->hints;
}
