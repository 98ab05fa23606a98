/* SPDX-License-Identifier: EUPL-1.2 */
/* What the C programs say of texts that the booth reads as well (tests/booth/test_strictness.mjs):
 * a difference between two readers is two documents in one file (docs/threat-model.md, A30).
 *
 *   booth_reader KIND TEXTS [ELECTION]   one line for each line of hexadecimal digits in the file
 * TEXTS: "good", or the sentence of the refusal */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/event.h"
#include "bulletin/log/receipt.h"
#include "crypto/note.h"
#include "election/credential.h"
#include "election/definition.h"
#include "election/election.h"
#include "election/opened.h"

#define ARENA ((size_t)1 << 28)

struct reader {
	struct urne_arena arena;
	struct urne_diag d;
	struct urne_election e; /* for what is read with one */
};

static enum urne_err
read_json(struct reader *r, struct urne_view text)
{
	const struct urne_json *root;

	return urne_json_parse(&root, &r->arena, &r->d, text);
}

static enum urne_err
read_election(struct reader *r, struct urne_view text)
{
	struct urne_election e;

	return urne_election_parse(&e, &r->arena, &r->d, text);
}

static enum urne_err
read_definition(struct reader *r, struct urne_view text)
{
	struct urne_definition v;

	return urne_definition_read(&v, &r->arena, &r->d, text);
}

static enum urne_err
read_event(struct reader *r, struct urne_view text)
{
	struct urne_event e;

	return urne_event_read(&e, &r->d, text);
}

static enum urne_err
read_setup(struct reader *r, struct urne_view text)
{
	struct urne_setup_data s;

	return urne_setup_data_read(&s, &r->d, text);
}

static enum urne_err
read_note(struct reader *r, struct urne_view text)
{
	struct urne_note note;

	return urne_note_read(&note, &r->arena, &r->d, text);
}

static enum urne_err
read_receipt(struct reader *r, struct urne_view text)
{
	struct urne_receipt receipt;
	struct urne_tlog_proof proof;
	enum urne_err e = urne_receipt_read(&receipt, &r->arena, &r->d, text);

	return e == URNE_OK ? urne_tlog_proof_read(&proof, &r->arena, &r->d, receipt.proof) : e;
}

static enum urne_err
read_key(struct reader *r, struct urne_view text)
{
	struct urne_note_key key;

	return urne_note_key_read(&key, &r->d, text);
}

static enum urne_err
read_element(struct reader *r, struct urne_view text)
{
	struct urne_elem a;
	enum urne_err e = urne_elem_decode(urne_group_find(urne_view_of("Ed25519")), &a, text);

	return e == URNE_OK ? e : urne_fail(&r->d, e, "no element");
}

static void
ignore(void *ctx, const struct urne_opened_difference *x)
{
	(void)ctx;
	(void)x;
}

/* Differences are no refusal: the page shows them. */
static enum urne_err
read_opened(struct reader *r, struct urne_view text)
{
	struct urne_opened o;
	enum urne_err e = urne_opened_read(&o, &r->arena, &r->d, &r->e, text);

	e = e == URNE_OK ? urne_opened_check(&o, &r->d, &r->e, ignore, NULL) : e;
	return e == URNE_ERR_MISMATCH && strstr(r->d.text, "difference") != NULL ? URNE_OK : e;
}

static const struct {
	const char *name;
	enum urne_err (*read)(struct reader *r, struct urne_view text);
} kinds[] = {
    {"json", read_json},
    {"election", read_election},
    {"definition", read_definition},
    {"event", read_event},
    {"setup", read_setup},
    {"note", read_note},
    {"receipt", read_receipt},
    {"key", read_key},
    {"element", read_element},
    {"opened", read_opened},
};

static void
want(struct reader *r, enum urne_err e, const char *what)
{
	if (e != URNE_OK) {
		(void)fprintf(stderr, "booth_reader: %s: %s\n", what, r->d.text);
		exit(2);
	}
}

static void
judge(struct reader *r, size_t kind, struct urne_view hex)
{
	uint8_t *bytes = malloc(hex.len / 2 + 1);
	struct urne_view text = {(const char *)bytes, hex.len / 2};
	enum urne_err e;

	want(r, bytes == NULL ? URNE_ERR_MEMORY : urne_hex_decode(bytes, hex.len / 2, hex), "hex");
	r->d.text[0] = '\0';
	e = kinds[kind].read(r, text);
	(void)printf("%s\n", e == URNE_OK ? "good" : r->d.text);
	free(bytes);
}

static struct urne_view
read_file(struct reader *r, struct urne_buf *file, const char *path)
{
	urne_buf_init(file, (size_t)1 << 30);
	want(r, urne_file_read(file, &r->d, path), path);
	return urne_buf_view(file);
}

int
main(int argc, char **argv)
{
	struct reader r = {.d = {""}};
	struct urne_arena own;
	struct urne_buf texts, election;
	struct urne_view rest, line;
	size_t kind = 0;

	while (argc >= 3 && kind < sizeof(kinds) / sizeof(kinds[0]) &&
	       strcmp(kinds[kind].name, argv[1]) != 0) {
		kind++;
	}
	if (argc < 3 || kind == sizeof(kinds) / sizeof(kinds[0])) {
		(void)fputs("usage: booth_reader KIND TEXTS [ELECTION]\n", stderr);
		return 2;
	}
	urne_buf_init(&election, 0);
	urne_arena_init(&own, ARENA);
	if (argc > 3) {
		want(&r, urne_election_parse(&r.e, &own, &r.d, read_file(&r, &election, argv[3])),
		    "election");
	}
	rest = read_file(&r, &texts, argv[2]);
	while (urne_view_cut(&line, &rest, '\n')) {
		urne_arena_init(&r.arena, ARENA);
		judge(&r, kind, line);
		urne_arena_clear(&r.arena);
	}
	urne_buf_clear(&texts);
	urne_buf_clear(&election);
	urne_arena_clear(&own);
	return 0;
}
