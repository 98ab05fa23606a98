/* SPDX-License-Identifier: EUPL-1.2 */
/* What is said and to whom: lines on standard output as things happen, and for an alarm the
 * evidence first, so that whoever is called finds it. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "bulletin/log/tile.h"
#include "client/cli/watch.h"
#include "client/cli/workdir.h"
#include "crypto/sha256.h"

#define MAX_LINE ((size_t)1 << 16)

static const struct {
	const char *name;
	bool stops; /* what was signed contradicts itself: watching on would show nothing more */
} alarms[URNE_NUM_ALARMS] = {
    [URNE_ALARM_FORK] = {"fork", true},
    [URNE_ALARM_ROLLBACK] = {"rollback", false},
    [URNE_ALARM_STALL] = {"stall", false},
    [URNE_ALARM_SIGNATURE] = {"signature", false},
    [URNE_ALARM_FILES] = {"files", false},
    [URNE_ALARM_ARCHIVE] = {"archive", false},
    [URNE_ALARM_INVALID] = {"invalid", true},
    [URNE_ALARM_EARLY_CLOSING] = {"early-closing", false},
    [URNE_ALARM_OUTSIDE_HOURS] = {"outside-hours", false},
    [URNE_ALARM_RECEIPT] = {"receipt", true},
    [URNE_ALARM_TALLY] = {"tally", true},
    [URNE_ALARM_RESULT] = {"result", true},
    [URNE_ALARM_JOURNAL] = {"journal", true},
    [URNE_ALARM_PAGES] = {"pages", false},
};

/* --- lines --- */

static void
put_time(struct urne_buf *out, uint64_t now)
{
	time_t t = (time_t)now;
	struct tm utc = {.tm_year = 0};
	char text[32] = "";

	if (gmtime_r(&t, &utc) != NULL) {
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	}
	urne_buf_puts(out, text);
}

static void
begin_line(const struct urne_watch *w, struct urne_buf *line)
{
	urne_buf_init(line, MAX_LINE);
	urne_buf_puts(line, w->cli->json ? "{\"time\":\"" : "");
	put_time(line, w->now);
	urne_buf_puts(line, w->cli->json ? "\"" : "  ");
}

/* Whoever reads them must have them at once. */
static void
end_line(const struct urne_watch *w, struct urne_buf *line)
{
	urne_buf_puts(line, w->cli->json ? "}\n" : "\n");
	if (urne_buf_error(line) != URNE_OK ||
	    fwrite(line->data, 1, line->len, stdout) != line->len || fflush(stdout) != 0) {
		urne_cli_note("urne: note: standard output cannot be written to");
	}
	urne_buf_clear(line);
}

static void
put_field(struct urne_buf *line, const char *name, const char *value)
{
	urne_buf_printf(line, ",\"%s\":", name);
	urne_buf_put_json_string(line, urne_view_of(value));
}

void
urne_watch_line(const struct urne_watch *w)
{
	const struct urne_observer *o = &w->o;
	const char *stage = urne_stage_name(o->chain.stage);
	struct urne_buf line;

	begin_line(w, &line);
	if (w->cli->json) {
		urne_buf_printf(&line,
		    ",\"size\":%" PRIu64 ",\"ballots\":%zu,\"voters\":%" PRIu64 ",\"stage\":\"%s\"",
		    o->tree.size, o->num_ballots, o->tally.num_tallied, stage);
	} else {
		urne_buf_printf(&line, "events %" PRIu64 ", ballots %zu, members %" PRIu64 ", %s",
		    o->tree.size, o->num_ballots, o->tally.num_tallied, stage);
	}
	end_line(w, &line);
}

void
urne_watch_note(const struct urne_watch *w, const char *sentence)
{
	struct urne_buf line;

	begin_line(w, &line);
	if (w->cli->json) {
		put_field(&line, "note", sentence);
	} else {
		urne_buf_printf(&line, "note: %s", sentence);
	}
	end_line(w, &line);
}

static void
alarm_line(const struct urne_watch *w, enum urne_alarm alarm, const char *folder)
{
	struct urne_buf line;

	begin_line(w, &line);
	if (w->cli->json) {
		put_field(&line, "alarm", alarms[alarm].name);
		put_field(&line, "message", w->cli->diag.text);
		put_field(&line, "evidence", folder);
	} else {
		urne_buf_printf(&line, "ALARM %s: %s; evidence: %s", alarms[alarm].name,
		    w->cli->diag.text, folder);
	}
	end_line(w, &line);
}

/* --- evidence --- */

struct folder {
	struct urne_watch *w;
	const char *path;
};

static enum urne_err
make_dirs(struct urne_watch *w, char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST) {
			return urne_fail_errno(&w->cli->diag, "%s", path);
		}
		*slash = '/';
	}
	return URNE_OK;
}

static enum urne_err
put_file(const struct folder *f, const char *name, struct urne_view text)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, f->path, name);
	if (e == URNE_OK) {
		e = make_dirs(f->w, path.data);
	}
	if (e == URNE_OK) {
		e = urne_file_replace(&f->w->cli->diag, path.data, text);
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
put_tile(void *ctx, const struct urne_tile *tile, const struct urne_hash *hashes)
{
	struct urne_buf name;
	enum urne_err e;

	urne_buf_init(&name, URNE_TILE_PATH_MAX + 1);
	urne_tile_path(&name, tile);
	urne_buf_putc(&name, '\0');
	e = urne_buf_error(&name);
	if (e == URNE_OK) {
		e = put_file(ctx, name.data,
		    (struct urne_view){(const char *)hashes, tile->width * URNE_HASH_LEN});
	}
	urne_buf_clear(&name);
	return e;
}

/* put_evidence: the sentence last, so that a folder that has one is whole. */
static enum urne_err
put_evidence(struct urne_watch *w, const char *path, const char *sentence,
    const struct urne_evidence *files, size_t num)
{
	struct folder f = {w, path};
	struct urne_buf text;
	enum urne_err e = URNE_OK;

	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		e = put_file(&f, files[i].name, files[i].text);
	}
	if (e == URNE_OK && w->kept_size > 0) {
		e = put_file(&f, "checkpoint.kept", urne_buf_view(&w->o.note));
	}
	if (e == URNE_OK && w->r.has_key) {
		urne_buf_init(&text, URNE_MAX_SMALL_FILE);
		urne_note_key_write(&text, &w->r.key);
		urne_buf_putc(&text, '\n');
		e = put_file(&f, "log.pub", urne_buf_view(&text));
		urne_buf_clear(&text);
	}
	if (e == URNE_OK) {
		e = urne_remote_each_tile(&w->r, put_tile, &f);
	}
	if (e == URNE_OK) {
		urne_buf_init(&text, MAX_LINE);
		put_time(&text, w->now);
		urne_buf_printf(&text, "\n%s\n%s\n", w->r.address.data, sentence);
		e = put_file(&f, "why.txt", urne_buf_view(&text));
		urne_buf_clear(&text);
	}
	return e;
}

/* What an alarm is about, whenever it is raised. */
static void
identify(struct urne_hash *out, const struct urne_watch *w, enum urne_alarm alarm,
    const struct urne_evidence *files, size_t num)
{
	struct urne_sha256 h;

	urne_sha256_init(&h);
	urne_sha256_puts(&h, alarms[alarm].name);
	urne_sha256_put_view(&h, urne_buf_view(&w->o.note));
	for (size_t i = 0; i < num; i++) {
		urne_sha256_put_view(&h, files[i].text);
	}
	urne_sha256_final(&h, out);
}

static enum urne_err
folder_of(struct urne_watch *w, struct urne_buf *path, bool *there, enum urne_alarm alarm,
    const struct urne_hash *id)
{
	struct urne_buf why;
	enum urne_err e;

	urne_buf_reset(path);
	urne_buf_printf(path, "%s/alarms/%s-", w->folder.data, alarms[alarm].name);
	urne_buf_put_hex(path, id->b, 6);
	urne_buf_put(path, "", 1);
	e = urne_buf_error(path);
	urne_buf_init(&why, URNE_MAX_SMALL_FILE);
	if (e == URNE_OK) {
		e = urne_path_join(&why, path->data, "why.txt");
	}
	*there = e == URNE_OK && urne_file_exists(why.data);
	urne_buf_clear(&why);
	return e;
}

enum urne_err
urne_watch_raise(
    struct urne_watch *w, enum urne_alarm alarm, const struct urne_evidence *files, size_t num)
{
	const struct urne_diag why = w->cli->diag;
	struct urne_buf path;
	struct urne_hash id;
	bool there = false, again;
	enum urne_err e;

	identify(&id, w, alarm, files, num);
	again = w->told[alarm];
	w->alarmed = true;
	w->raised[alarm] = true;
	w->told[alarm] = true;
	w->stop |= alarms[alarm].stops;
	if (again) {
		return URNE_ERR_MISMATCH;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = folder_of(w, &path, &there, alarm, &id);
	if (e == URNE_OK && !there) {
		e = put_evidence(w, path.data, why.text, files, num);
	}
	if (e != URNE_OK) {
		/* the alarm is said all the same: whoever reads it sees what could not be kept */
		urne_cli_note("urne: note: the evidence could not be kept: %s", w->cli->diag.text);
	}
	w->cli->diag = why;
	alarm_line(w, alarm, path.data != NULL ? path.data : "");
	if (w->command != NULL) {
		urne_watch_run(w->command, alarms[alarm].name, w->cli->diag.text,
		    path.data != NULL ? path.data : "");
	}
	urne_buf_clear(&path);
	return URNE_ERR_MISMATCH;
}
