/* SPDX-License-Identifier: EUPL-1.2 */
/* A folder has the names that a board serves; a file is an archive alone. */
#include "verifier/source.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"

/* read_part reads DIR/name to `out`; nothing when it is not there. */
static enum urne_err
read_part(struct urne_buf *out, struct urne_diag *d, const char *dir, const char *name)
{
	struct urne_buf path;
	enum urne_err e;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, dir, name);
	if (e == URNE_OK && urne_file_exists(path.data)) {
		e = urne_file_read(out, d, path.data);
	}
	urne_buf_clear(&path);
	return e;
}

/* find_names: a board's folder calls the files of every log alike; a kept one has the journal's
 * under other names, beside the election's. Tiles and objects are of the log that has the folder.
 */
static enum urne_err
find_names(struct urne_source *s, struct urne_diag *d)
{
	enum urne_err e = urne_path_join(&s->archive, s->name, s->names->archive);

	if (e == URNE_OK && s->is_journal && !urne_file_exists(s->archive.data)) {
		s->names = &urne_kept_election;
		e = urne_path_join(&s->archive, s->name, s->names->archive);
	}
	s->folder = s->names == &urne_kept_election ? s->name : NULL;
	if (e == URNE_OK && !urne_file_exists(s->archive.data)) {
		e = urne_fail(d, URNE_ERR_INCOMPLETE,
		    "%s: there is no %s, so it is not a board's folder of %s; an archive alone is "
		    "given by its own name",
		    s->name, s->names->archive, s->is_journal ? "a journal" : "an election");
	}
	return e;
}

/* open_pulled: a folder in which people work holds the archive under the election's name, and no
 * checkpoint of it: *there tells whether it is one. */
static enum urne_err
open_pulled(struct urne_source *s, struct urne_diag *d, bool *there)
{
	struct urne_buf path;
	enum urne_err e;

	*there = false;
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&path, s->name, s->names->archive);
	if (e == URNE_OK && !s->is_journal && !urne_file_exists(path.data)) {
		e = urne_kept_archive(&s->archive, d, s->name);
		*there = e == URNE_OK && s->archive.len > 0;
	}
	urne_buf_clear(&path);
	return e;
}

static enum urne_err
open_folder(struct urne_source *s, struct urne_diag *d)
{
	bool there = false;
	enum urne_err e = open_pulled(s, d, &there);

	if (e != URNE_OK || there) {
		return e;
	}
	e = find_names(s, d);
	s->is_board = true;
	if (e == URNE_OK) {
		e = read_part(&s->policy, d, s->name, s->names->policy);
	}
	if (e == URNE_OK) {
		e = read_part(&s->checkpoint, d, s->name, s->names->checkpoint);
	}
	if (e == URNE_OK && !s->is_journal) {
		e = read_part(&s->definition, d, s->name, "vote.json");
	}
	return e;
}

/* read_key: a file of that name, else the text itself. */
static enum urne_err
read_key(struct urne_source *s, struct urne_diag *d, const char *given)
{
	struct urne_view text;
	enum urne_err e = URNE_OK;

	if (urne_file_exists(given)) {
		e = urne_file_read(&s->log_key, d, given);
	} else {
		urne_buf_puts(&s->log_key, given);
		e = urne_buf_error(&s->log_key);
	}
	if (e != URNE_OK) {
		return e;
	}
	text = urne_buf_view(&s->log_key);
	text.len -= text.len > 0 && text.p[text.len - 1] == '\n' ? 1 : 0;
	if (urne_note_key_read(&s->given_key, d, text) != URNE_OK) {
		urne_diag_within(d, "--log-key: neither a file nor a key: ");
		return URNE_ERR_USAGE;
	}
	s->has_given_key = true;
	return URNE_OK;
}

static void
begin(struct urne_source *s, const struct urne_source_options *options)
{
	*s = (struct urne_source){.name = options->given, .keep = options->keep, .fd = -1};
	s->names = &urne_kept_election;
	urne_buf_init(&s->place, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s->archive, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s->log_key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s->policy, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s->checkpoint, URNE_NOTE_MAX);
	urne_buf_init(&s->definition, URNE_MAX_TEXT_FILE);
	urne_buf_init(&s->kept_policy, URNE_MAX_SMALL_FILE);
	urne_buf_init(&s->kept_checkpoint, URNE_NOTE_MAX);
}

/* open_name reads or fetches what s->name is. */
static enum urne_err
open_name(struct urne_source *s, struct urne_diag *d, const struct urne_source_options *options)
{
	struct stat st;

	if (urne_source_is_address(s->name)) {
		return urne_source_fetch(s, d, options);
	}
	if (stat(s->name, &st) == 0 && S_ISDIR(st.st_mode)) {
		return open_folder(s, d);
	}
	urne_buf_put(&s->archive, s->name, strlen(s->name) + 1);
	return urne_buf_error(&s->archive);
}

enum urne_err
urne_source_open(
    struct urne_source *s, struct urne_diag *d, const struct urne_source_options *options)
{
	enum urne_err e = URNE_OK;

	begin(s, options);
	if (options->log_key != NULL) {
		e = read_key(s, d, options->log_key);
	}
	if (e != URNE_OK) {
		return e;
	}
	if (!urne_source_is_address(s->name) &&
	    (options->keep != NULL || (options->ca != NULL && !options->fetches_hints))) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--keep and --ca are about fetching, and %s is not an address", s->name);
	}
	return open_name(s, d, options);
}

/* beside_archive: the journal in the folder `dir` of the election's archive, with its checkpoint if
 * that was kept too, else the archive of it alone. */
static enum urne_err
beside_archive(struct urne_source *journal, const char *dir)
{
	struct urne_buf checkpoint;
	enum urne_err e = urne_path_join(&journal->place, dir, urne_kept_journal.archive);

	if (e != URNE_OK || !urne_file_exists(journal->place.data)) {
		return e;
	}
	urne_buf_init(&checkpoint, URNE_MAX_SMALL_FILE);
	e = urne_path_join(&checkpoint, dir, urne_kept_journal.checkpoint);
	if (e == URNE_OK && urne_file_exists(checkpoint.data)) {
		urne_buf_reset(&journal->place);
		urne_buf_put(&journal->place, dir, strlen(dir) + 1);
		e = urne_buf_error(&journal->place);
	}
	journal->name = journal->place.data;
	urne_buf_clear(&checkpoint);
	return e;
}

/* beside_file is the same for the folder that holds `archive`. */
static enum urne_err
beside_file(struct urne_source *journal, const char *archive)
{
	const char *slash = strrchr(archive, '/');
	struct urne_buf dir;
	enum urne_err e;

	urne_buf_init(&dir, URNE_MAX_SMALL_FILE);
	urne_buf_put(&dir, slash != NULL ? archive : "./",
	    slash != NULL ? (size_t)(slash - archive) + 1 : 2);
	urne_buf_put(&dir, "", 1);
	e = urne_buf_error(&dir);
	e = e == URNE_OK ? beside_archive(journal, dir.data) : e;
	urne_buf_clear(&dir);
	return e;
}

/* beside sets the name of a journal that was not given: at an address it stands in the place of the
 * election, in a folder under its own name. It stays empty when neither is there. */
static enum urne_err
beside(struct urne_source *journal, const struct urne_source *s)
{
	size_t len = strlen(s->name);

	if (urne_source_is_address(s->name)) {
		while (len > 0 && s->name[len - 1] == '/') {
			len--;
		}
		while (len > 0 && s->name[len - 1] != '/') {
			len--;
		}
		urne_buf_put(&journal->place, s->name, len);
		urne_buf_put(&journal->place, "journal", sizeof("journal"));
		journal->name = journal->place.data;
		return urne_buf_error(&journal->place);
	}
	return s->folder != NULL ? beside_archive(journal, s->folder)
				 : beside_file(journal, s->archive.data);
}

enum urne_err
urne_source_open_journal(struct urne_source *journal, bool *there, struct urne_diag *d,
    const struct urne_source *s, const struct urne_source_options *options)
{
	enum urne_err e = URNE_OK;

	*there = false;
	begin(journal, options);
	journal->is_journal = true;
	journal->names = &urne_kept_journal;
	journal->name = options->journal;
	if (options->journal == NULL) {
		e = beside(journal, s);
	}
	if (e != URNE_OK || journal->name == NULL) {
		return e;
	}
	if (!urne_source_is_address(journal->name)) {
		journal->keep = NULL;
	}
	e = open_name(journal, d, options);
	*there = e == URNE_OK;
	return e == URNE_ERR_UNKNOWN && options->journal == NULL ? URNE_OK : e;
}

void
urne_source_close(struct urne_source *s)
{
	if (s->fd >= 0) {
		(void)close(s->fd); /* what had to last was settled */
	}
	s->fd = -1;
	urne_buf_clear(&s->place);
	urne_buf_clear(&s->archive);
	urne_buf_clear(&s->log_key);
	urne_buf_clear(&s->policy);
	urne_buf_clear(&s->checkpoint);
	urne_buf_clear(&s->definition);
	urne_buf_clear(&s->kept_policy);
	urne_buf_clear(&s->kept_checkpoint);
}
