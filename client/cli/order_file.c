/* SPDX-License-Identifier: EUPL-1.2 */
/* A note ends its text with an empty line; an order's text has none in it. */
#include "client/cli/order_file.h"

#include <string.h>

#include "client/cli/workdir.h"

#define FILE_MEMORY ((size_t)4 << 20)

void
urne_order_file_init(struct urne_order_file *f)
{
	*f = (struct urne_order_file){.note = {.num_lines = 0}};
	urne_arena_init(&f->arena, FILE_MEMORY);
	urne_buf_init(&f->content, URNE_NOTE_MAX);
}

void
urne_order_file_clear(struct urne_order_file *f)
{
	urne_arena_clear(&f->arena);
	urne_buf_clear(&f->content);
}

enum urne_err
urne_order_file_read(struct urne_order_file *f, struct urne_cli *cli, const char *path)
{
	struct urne_diag *d = &cli->diag;
	enum urne_err e = urne_cli_read(cli, &f->content, path);

	if (e != URNE_OK) {
		return e;
	}
	f->note.text = urne_buf_view(&f->content);
	if (memmem(f->content.data, f->content.len, "\n\n", 2) != NULL) {
		e = urne_note_read(&f->note, &f->arena, d, urne_buf_view(&f->content));
	}
	if (e == URNE_OK) {
		e = urne_order_read(&f->order, d, f->note.text);
	}
	if (e != URNE_OK) {
		urne_diag_within(d, "%s: ", path);
		return e;
	}
	urne_order_text_hash(&f->hash, f->note.text);
	return URNE_OK;
}

static bool
has_line(const struct urne_note *note, struct urne_view name, uint32_t id)
{
	for (size_t i = 0; note != NULL && i < note->num_lines; i++) {
		if (note->lines[i].id == id && urne_view_eq(note->lines[i].name, name)) {
			return true;
		}
	}
	return false;
}

enum urne_err
urne_order_note(struct urne_cli *cli, struct urne_buf *out, size_t *num,
    const struct urne_note *note, const struct urne_note *without)
{
	enum urne_err e;

	*num = 0;
	urne_buf_put_view(out, note->text);
	urne_buf_putc(out, '\n');
	for (size_t i = 0; i < note->num_lines; i++) {
		const struct urne_note_line *line = &note->lines[i];
		const struct urne_note_key key = {.name = line->name, .id = line->id};

		if (line->signature.len == URNE_ED25519_SIG_LEN &&
		    !has_line(without, line->name, line->id)) {
			urne_note_line_write(out, &key, (const uint8_t *)line->signature.p);
			++*num;
		}
	}
	e = urne_buf_error(out);
	return e == URNE_OK ? e : urne_fail(&cli->diag, e, "the order is too long");
}

enum urne_err
urne_order_sign(struct urne_cli *cli, struct urne_buf *out, const struct urne_signers *signers,
    const struct urne_note *lines, struct urne_view text)
{
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < signers->num; i++) {
		const struct urne_note_key *key = &signers->signers[i].key;
		bool again = has_line(lines, key->name, key->id);

		for (size_t k = 0; k < i; k++) {
			again |= signers->signers[k].key.id == key->id;
		}
		if (again) {
			return urne_fail(&cli->diag, URNE_ERR_DUPLICATE,
			    "%.*s has signed this order already; it waits for another official",
			    (int)key->name.len, key->name.p);
		}
		e = urne_signer_sign(out, &signers->signers[i], text);
	}
	if (e == URNE_OK) {
		e = urne_buf_error(out);
	}
	return e == URNE_OK ? e : urne_fail(&cli->diag, e, "the order could not be signed");
}
