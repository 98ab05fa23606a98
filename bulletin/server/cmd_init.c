/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board init: a new board, whole or not at all. board.json comes last: a folder without it is
 * no board, and what is there of it is taken away again. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/commands.h"
#include "bulletin/server/config.h"
#include "bulletin/server/head.h"
#include "bulletin/server/store.h"
#include "crypto/secret/signer.h"

#define HEAD_NAME "head.db"

struct making {
	const char *dir;
	struct urne_arena arena;
	struct urne_buf config_text; /* board.json */
	struct urne_buf head;	     /* where head.db goes, with a NUL */
	bool made_dir, made_head;
	struct urne_signer signer;
};

/* Options. */

/* read_key reads the file with the public key of an official or of the registrar. */
static enum urne_err
read_key(struct urne_note_key *out, struct urne_arena *arena, struct urne_diag *d, const char *path)
{
	struct urne_buf text;
	struct urne_view line;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_file_read(&text, d, path);
	line = urne_buf_view(&text);
	while (line.len > 0 && line.p[line.len - 1] == '\n') {
		line.len--;
	}
	if (e == URNE_OK) {
		e = urne_arena_copy(arena, &line, line);
	}
	if (e == URNE_OK && (e = urne_note_key_read(out, d, line)) != URNE_OK) {
		urne_diag_within(d, "%s: ", path);
	}
	urne_buf_clear(&text);
	return e;
}

/* put_texts makes service and url of the host, and the name when none is given. */
static enum urne_err
put_texts(struct urne_board_config *c, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_options *o)
{
	const char *host = urne_options_get(o, "host", 0), *url = urne_options_get(o, "url", 0);
	const char *name = urne_options_get(o, "name", 0);
	struct urne_buf text;
	enum urne_err e;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&text, "%s/bb", host);
	e = urne_arena_copy(arena, &c->service, urne_buf_view(&text));
	urne_buf_reset(&text);
	urne_buf_puts(&text, url != NULL ? url : "https://");
	urne_buf_puts(&text, url != NULL ? "" : host);
	if (e == URNE_OK) {
		e = urne_arena_copy(arena, &c->url, urne_buf_view(&text));
	}
	c->name = urne_view_of(name != NULL ? name : host);
	urne_buf_clear(&text);
	return e == URNE_OK ? e : urne_fail(d, e, "no memory");
}

/* read_options makes board.json of the options. The reader of board.json judges it, so that there
 * is one set of rules. */
static enum urne_err
read_options(struct making *m, struct urne_diag *d, const struct urne_options *o)
{
	const char *head = urne_options_get(o, "head", 0);
	const char *registrar = urne_options_get(o, "registrar", 0);
	struct urne_board_config c = {.head = urne_view_of(head != NULL ? head : HEAD_NAME)}, again;
	uint64_t agree = 0;
	enum urne_err e = put_texts(&c, &m->arena, d, o);

	while (e == URNE_OK && urne_options_get(o, "official", c.num_officials) != NULL) {
		if (c.num_officials == URNE_MAX_OFFICIALS) {
			return urne_fail(
			    d, URNE_ERR_USAGE, "more than %zu officials", URNE_MAX_OFFICIALS);
		}
		e = read_key(&c.officials[c.num_officials], &m->arena, d,
		    urne_options_get(o, "official", c.num_officials));
		c.num_officials++;
	}
	c.has_registrar = registrar != NULL;
	if (e == URNE_OK && c.has_registrar) {
		e = read_key(&c.registrar, &m->arena, d, registrar);
	}
	agree = c.num_officials;
	if (e == URNE_OK) {
		e = urne_options_number(o, &agree, d, "agree", 1, URNE_MAX_OFFICIALS);
	}
	if (e != URNE_OK) {
		return e;
	}
	c.agree = (size_t)agree;
	urne_board_config_write(&m->config_text, &c);
	e = urne_buf_error(&m->config_text);
	if (e != URNE_OK) {
		return urne_fail(d, e, "no memory");
	}
	return urne_board_config_read(&again, &m->arena, d, urne_buf_view(&m->config_text));
}

/* Making. */

static enum urne_err
make_folder(struct making *m, struct urne_diag *d)
{
	enum urne_err e;

	m->made_dir = !urne_file_exists(m->dir);
	e = urne_dir_create(d, m->dir, URNE_FILE_SECRET);
	if (e != URNE_OK) {
		m->made_dir = false;
		return e;
	}
	/* a group may be let in to serve or back up what is in it; the key stays with its owner */
	if (chmod(m->dir, 0750) != 0) {
		return urne_fail_errno(d, "%s", m->dir);
	}
	return URNE_OK;
}

static enum urne_err
make_inside(struct making *m, struct urne_diag *d, const char *name, enum urne_file_mode mode,
    const struct urne_buf *content)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, m->dir, name);
	if (e != URNE_OK) {
		e = urne_fail(d, e, "no memory");
	} else if (content == NULL) {
		e = urne_dir_create(d, path.data, mode);
	} else {
		e = urne_buf_error(content);
		e = e == URNE_OK ? urne_file_create(d, path.data, mode, urne_buf_view(content))
				 : urne_fail(d, e, "no memory");
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
make_keys(struct making *m, struct urne_diag *d, struct urne_view service)
{
	struct urne_buf private_key, public_key;
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	if (e != URNE_OK) {
		return urne_fail(d, e, "the system gives no randomness");
	}
	urne_buf_init_secret(&private_key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&public_key, URNE_MAX_SMALL_FILE);
	e = urne_signer_new(&m->signer, d, service, &rng);
	urne_rng_clear(&rng);
	if (e == URNE_OK) {
		urne_signer_write(&private_key, &m->signer);
		urne_buf_putc(&private_key, '\n');
		urne_note_key_write(&public_key, &m->signer.key);
		urne_buf_putc(&public_key, '\n');
		e = make_inside(m, d, "log.key", URNE_FILE_SECRET, &private_key);
	}
	if (e == URNE_OK) {
		e = make_inside(m, d, "log.pub", URNE_FILE_PUBLIC, &public_key);
	}
	urne_buf_clear(&private_key);
	urne_buf_clear(&public_key);
	return e;
}

static enum urne_err
make_databases(struct making *m, struct urne_diag *d, const struct urne_options *o)
{
	const char *head = urne_options_get(o, "head", 0);
	struct urne_buf main_path;
	enum urne_err e = head != NULL && head[0] == '/'
			      ? urne_path_beside(&m->head, head, "", "")
			      : urne_path_join(&m->head, m->dir, head != NULL ? head : HEAD_NAME);

	urne_buf_init(&main_path, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = urne_path_join(&main_path, m->dir, "main.db");
	}
	if (e != URNE_OK) {
		e = urne_fail(d, e, "no memory");
	} else if (urne_file_exists(m->head.data)) {
		e = urne_fail(d, URNE_ERR_EXISTS,
		    "%s: is there already; a new board begins with new heads", m->head.data);
	} else {
		m->made_head = true;
		e = urne_head_create(d, m->head.data);
	}
	if (e == URNE_OK) {
		e = urne_store_create(d, main_path.data);
	}
	urne_buf_clear(&main_path);
	return e;
}

/* remove_all takes away what was made of a board that did not come to be. */
static void
remove_all(const struct making *m)
{
	static const struct {
		const char *name;
		int flags;
	} parts[] = {{"board.json", 0}, {"log.key", 0}, {"log.pub", 0}, {"main.db", 0},
	    {"main.db-wal", 0}, {"main.db-shm", 0}, {"tmp", AT_REMOVEDIR},
	    {"public/bb", AT_REMOVEDIR}, {"public", AT_REMOVEDIR}};
	int dir = open(m->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (m->made_head) {
		(void)unlink(m->head.data);
	}
	for (size_t i = 0; dir >= 0 && i < sizeof(parts) / sizeof(parts[0]); i++) {
		(void)unlinkat(dir, parts[i].name, parts[i].flags); /* it may not be there yet */
	}
	if (dir >= 0) {
		(void)close(dir);
	}
	if (m->made_dir) {
		(void)rmdir(m->dir);
	}
}

static enum urne_err
make_board(struct making *m, struct urne_diag *d, const struct urne_options *o)
{
	static const struct {
		const char *name;
		enum urne_file_mode mode;
	} folders[] = {{"tmp", URNE_FILE_SECRET}, {"public", URNE_FILE_PUBLIC},
	    {"public/bb", URNE_FILE_PUBLIC}};
	struct urne_board_config c;
	enum urne_err e = urne_board_config_read(&c, &m->arena, d, urne_buf_view(&m->config_text));

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]) && e == URNE_OK; i++) {
		e = make_inside(m, d, folders[i].name, folders[i].mode, NULL);
	}
	if (e == URNE_OK) {
		e = make_keys(m, d, c.service);
	}
	if (e == URNE_OK) {
		e = make_databases(m, d, o);
	}
	if (e == URNE_OK) {
		e = make_inside(m, d, "board.json", URNE_FILE_PUBLIC, &m->config_text);
	}
	return e;
}

static void
tell(struct making *m, struct urne_buf *out)
{
	urne_buf_printf(
	    out, "%s: a new board. The key of its service, for everybody who checks:\n", m->dir);
	urne_note_key_write(out, &m->signer.key);
	urne_buf_printf(out,
	    "\nlog.key signs the logs and stays on this machine; head.db is never restored from a "
	    "copy.\nNext: urne-board run --dir %s --listen 127.0.0.1:8080\n",
	    m->dir);
}

static enum urne_err
run_init(struct urne_buf *out, struct urne_diag *d, const struct urne_options *o)
{
	struct making m = {.dir = urne_options_get(o, "dir", 0)};
	enum urne_err e;

	urne_arena_init(&m.arena, URNE_MAX_SMALL_FILE);
	urne_buf_init(&m.config_text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&m.head, URNE_MAX_SMALL_FILE);
	e = read_options(&m, d, o);
	if (e == URNE_OK) {
		e = make_folder(&m, d);
	}
	if (e == URNE_OK) {
		e = make_board(&m, d, o);
		if (e == URNE_OK) {
			tell(&m, out);
		} else {
			remove_all(&m);
		}
	}
	urne_signer_clear(&m.signer);
	urne_buf_clear(&m.head);
	urne_buf_clear(&m.config_text);
	urne_arena_clear(&m.arena);
	return e;
}

static const struct urne_option options[] = {
    {"dir", "DIR", "The new data directory.", true},
    {"host", "HOST", "The name of the service; every log is called HOST/bb/UUID.", true},
    {"name", "TEXT", "The name of the organisation; without this the host.", false},
    {"url", "URL", "Where clients reach it; without this https://HOST.", false},
    {"official", "FILE...", "The public key of an official, from urne official key.", true},
    {"agree", "K", "How many officials sign an order; without this all of them.", false},
    {"registrar", "FILE",
	"The public key of whoever answers for the list of credentials; with one no election is "
	"sealed "
	"before the registrar has signed its list.",
	false},
    {"head", "FILE", "Where the signed heads are kept, best on another disk; without this in DIR.",
	false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Makes the data directory of a board: its key, its databases, its folders. Officials are those "
    "whose orders the board obeys: to set elections up, to close and to count them. The first run "
    "writes name, officials and registrar into the board's journal; from then on they change by "
    "orders alone.",
    "Everything is there afterwards, or nothing.", NULL};

const struct urne_board_command urne_board_cmd_init = {
    .name = "init",
    .summary = "make a new board",
    .synopsis =
	"--dir DIR --host HOST --official FILE... [--agree K] [--name TEXT] [--registrar FILE] "
	"[--url URL] [--head FILE]",
    .options = options,
    .description = description,
    .example = "urne-board init --dir /var/lib/urne-board/board --host vote.example.org --official "
	       "claire.pub --official amel.pub --agree 2",
    .run = run_init,
};
