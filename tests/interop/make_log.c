/* SPDX-License-Identifier: EUPL-1.2 */
/* Writes the public folder of a log as a board publishes it, for checkers that nobody here wrote:
 * make_log DIR SIZE. The log grows in steps, so partial tiles of earlier sizes lie beside the later
 * ones. DIR/log is the folder, DIR/vkey the log's key, DIR/receipts/ has one receipt for each step.
 * Always the same bytes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bulletin/log/checkpoint.h"
#include "bulletin/log/receipt.h"
#include "crypto/secret/signer.h"
#include "crypto/sha256.h"
#include "tests/unit/support/memory_log.h"

#define SERVICE "board.example.org/bb"
#define UUID	"8GpLcyFqQvDrUn"
/* Above this the objects are left out: as many files again, and nothing new. */
#define MAX_OBJECTS ((uint64_t)1000)

static const uint64_t stops[] = {1, 2, 3, 7, 8, 255, 256, 257, 511, 600, 65535, 65536, 65537};

struct folder {
	const char *path;
	uint64_t target;
	struct memory_log log;
	struct urne_signer signer;
	struct urne_hash last;
	uint64_t published;
};

static _Noreturn void
die(const char *what, const char *why)
{
	fprintf(stderr, "make_log: %s: %s\n", what, why);
	exit(1);
}

static void
want(enum urne_err e, const char *what)
{
	if (e != URNE_OK) {
		die(what, urne_err_name(e));
	}
}

/* write_file makes the folders on the way. */
static void
write_file(const struct folder *f, const char *name, struct urne_view content)
{
	char path[4096];
	int len = snprintf(path, sizeof(path), "%s/%s", f->path, name);
	FILE *file;

	if (len < 0 || (size_t)len >= sizeof(path)) {
		die(name, "the path is too long");
	}
	for (char *p = strchr(path + strlen(f->path), '/'); p != NULL; p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST) {
			die(path, strerror(errno));
		}
		*p = '/';
	}
	file = fopen(path, "wb");
	if (file == NULL || fwrite(content.p, 1, content.len, file) != content.len ||
	    fclose(file) != 0) {
		die(path, strerror(errno));
	}
}

/* append adds the next event: a Setup, then ballots. */
static void
append(struct folder *f)
{
	struct urne_event e = {.type = URNE_EVENT_BALLOT, .height = f->log.tree.size};
	struct urne_buf text;

	urne_buf_init(&text, (size_t)1 << 12);
	urne_buf_printf(&text, "payload %zu", (size_t)e.height);
	urne_sha256_of(&e.payload, urne_buf_view(&text));
	if (f->target <= MAX_OBJECTS) {
		char name[128] = "log/objects/";

		urne_hex_encode(name + strlen(name), e.payload.b, URNE_HASH_LEN);
		write_file(f, name, urne_buf_view(&text));
	}
	e.has_payload = true;
	e.has_parent = e.height > 0;
	e.parent = f->last;
	if (e.height == 0) {
		e.type = URNE_EVENT_SETUP;
	}
	urne_buf_reset(&text);
	urne_event_write(&text, &e);
	urne_sha256_of(&f->last, urne_buf_view(&text));
	want(memory_log_append(&f->log, urne_buf_view(&text)), "append");
	urne_buf_clear(&text);
}

static enum urne_err
write_tile(void *ctx, const struct urne_tile *t)
{
	const struct folder *f = ctx;
	struct urne_buf name, content;

	urne_buf_init(&name, (size_t)1 << 10);
	urne_buf_init(&content, (size_t)1 << 25);
	urne_buf_puts(&name, "log/");
	urne_tile_path(&name, t);
	urne_buf_putc(&name, '\0');
	memory_log_tile(&content, &f->log, t);
	want(urne_buf_error(&name), "path");
	want(urne_buf_error(&content), name.data);
	write_file(f, name.data, urne_buf_view(&content));
	urne_buf_clear(&name);
	urne_buf_clear(&content);
	return URNE_OK;
}

/* write_receipt: of the ballot in the middle of what this step published. */
static void
write_receipt(struct folder *f, struct urne_view note)
{
	uint64_t size = f->log.tree.size, height = (f->published + size) / 2;
	struct urne_merkle_source source = memory_log_source(&f->log);
	struct urne_tlog_proof p = {.index = height, .note = note};
	struct urne_receipt r = {.election = urne_view_of(UUID), .height = height};
	struct urne_event event;
	struct urne_buf proof, text;
	char name[64];

	p.event = memory_log_entry(&f->log, (size_t)height);
	want(urne_merkle_prove_inclusion(&p.inclusion, height, size, &source), "prove");
	want(urne_event_read(&event, NULL, p.event), "event");
	if (event.type != URNE_EVENT_BALLOT) {
		return;
	}
	urne_buf_init(&proof, (size_t)1 << 20);
	urne_buf_init(&text, (size_t)1 << 20);
	urne_tlog_proof_write(&proof, &p);
	r.tracker = event.payload;
	r.proof = urne_buf_view(&proof);
	urne_receipt_write(&text, &r);
	want(urne_buf_error(&text), "receipt");
	(void)snprintf(
	    name, sizeof(name), "receipts/%zu-in-%zu.json", (size_t)height, (size_t)size);
	write_file(f, name, urne_buf_view(&text));
	urne_buf_clear(&proof);
	urne_buf_clear(&text);
}

static void
publish(struct folder *f)
{
	struct urne_checkpoint c = {.origin = f->signer.key.name, .size = f->log.tree.size};
	struct urne_buf text, note;

	want(urne_tile_each(f->published, c.size, write_tile, f), "tiles");
	urne_merkle_root(&f->log.tree, &c.root);
	urne_buf_init(&text, URNE_NOTE_MAX);
	urne_buf_init(&note, URNE_NOTE_MAX);
	urne_checkpoint_write(&text, &c);
	urne_buf_put_view(&note, urne_buf_view(&text));
	urne_buf_putc(&note, '\n');
	want(urne_signer_sign(&note, &f->signer, urne_buf_view(&text)), "sign");
	write_file(f, "log/checkpoint", urne_buf_view(&note));
	write_receipt(f, urne_buf_view(&note));
	f->published = c.size;
	urne_buf_clear(&text);
	urne_buf_clear(&note);
}

static bool
is_stop(const struct folder *f)
{
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		if (stops[i] == f->log.tree.size) {
			return true;
		}
	}
	return f->log.tree.size == f->target;
}

/* make_key: a seed that everybody may know, under the log's own name. */
static void
make_key(struct folder *f)
{
	static const uint8_t seed[32] = {3};
	struct urne_signer service;
	struct urne_buf origin, vkey;
	struct urne_rng rng;

	urne_buf_init(&origin, URNE_NOTE_MAX_NAME);
	urne_buf_init(&vkey, (size_t)1 << 10);
	urne_origin_write(&origin, urne_view_of(SERVICE), urne_view_of(UUID));
	urne_rng_init_fixed(&rng, seed);
	want(urne_signer_new(&service, NULL, urne_view_of(SERVICE), &rng), "key");
	want(urne_signer_rename(&f->signer, NULL, &service, urne_buf_view(&origin)), "key");
	urne_note_key_write(&vkey, &f->signer.key);
	urne_buf_putc(&vkey, '\n');
	write_file(f, "vkey", urne_buf_view(&vkey));
	urne_signer_clear(&service);
	urne_buf_clear(&origin);
	urne_buf_clear(&vkey);
}

int
main(int argc, char **argv)
{
	struct folder f = {.published = 0};

	if (argc != 3 || (f.target = strtoull(argv[2], NULL, 10)) == 0) {
		fprintf(stderr, "usage: make_log DIR SIZE\n");
		return 2;
	}
	f.path = argv[1];
	memory_log_init(&f.log);
	make_key(&f);
	while (f.published < f.target) {
		append(&f);
		if (is_stop(&f)) {
			publish(&f);
		}
	}
	memory_log_clear(&f.log);
	urne_signer_clear(&f.signer);
	return 0;
}
