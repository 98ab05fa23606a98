/* SPDX-License-Identifier: EUPL-1.2 */
/* The directory of one election before it is sealed: draft.json says what it will be, and the
 * other files wait beside it. */
#include "client/cli/workdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulletin/log/kept.h"
#include "client/cli/vote_file.h"
#include "crypto/sha256.h"
#include "election/questions.h"

#define MAX_PATH     ((size_t)65536)
#define MAX_HASHED   ((size_t)256 << 20)
#define DRAFT_MEMORY ((size_t)512 << 20)

enum urne_err
urne_cli_read(struct urne_cli *cli, struct urne_buf *out, const char *path)
{
	struct stat st;

	if (strcmp(path, "-") != 0 && stat(path, &st) != 0 &&
	    (errno == ENOENT || errno == ENOTDIR)) {
		return urne_fail(&cli->diag, URNE_ERR_UNKNOWN,
		    "%s: there is no such file, check its name", path);
	}
	if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		return urne_fail(
		    &cli->diag, URNE_ERR_UNKNOWN, "%s: is a folder, name a file", path);
	}
	return urne_file_read(out, &cli->diag, path);
}

enum urne_err
urne_cli_hash_file(struct urne_cli *cli, struct urne_hash *out, const char *path)
{
	struct urne_buf file;
	enum urne_err e;

	urne_buf_init(&file, MAX_HASHED);
	e = urne_cli_read(cli, &file, path);
	if (e == URNE_OK) {
		urne_sha256_of(out, urne_buf_view(&file));
	}
	urne_buf_clear(&file);
	return e;
}

enum urne_err
urne_cli_read_line(struct urne_cli *cli, struct urne_buf *out, const char *path)
{
	enum urne_err e = urne_cli_read(cli, out, path);

	if (e == URNE_OK && out->len > 0 && out->data[out->len - 1] == '\n') {
		out->len--;
	}
	return e;
}

/* --- batches --- */

void
urne_batch_init(struct urne_batch *b, struct urne_cli *cli)
{
	*b = (struct urne_batch){.cli = cli};
}

static enum urne_err
remember(struct urne_batch *b, char **path, const char *dir, const char *name)
{
	struct urne_buf joined;
	enum urne_err e = URNE_OK;

	*path = NULL;
	urne_buf_init(&joined, MAX_PATH);
	if (b->paths == NULL) {
		b->paths = calloc(URNE_MAX_BATCH, sizeof(*b->paths));
	}
	if (dir == NULL) {
		*path = strdup(name);
	} else if (urne_path_join(&joined, dir, name) == URNE_OK) {
		*path = strdup(joined.data);
	}
	if (b->paths == NULL || *path == NULL || b->num == URNE_MAX_BATCH) {
		free(*path);
		*path = NULL;
		e = urne_fail(&b->cli->diag, URNE_ERR_MEMORY, "no memory for the new files");
	}
	urne_buf_clear(&joined);
	return e;
}

static enum urne_err
keep(struct urne_batch *b, char *path, enum urne_err e)
{
	if (e != URNE_OK) {
		if (e == URNE_ERR_EXISTS) {
			urne_diag_within(&b->cli->diag, "nothing is overwritten: ");
		}
		free(path);
		return e;
	}
	b->paths[b->num++] = path; /* the batch owns it now */
	return URNE_OK;
}

enum urne_err
urne_batch_file(struct urne_batch *b, const char *dir, const char *name, enum urne_file_mode mode,
    struct urne_view content)
{
	char *path = NULL;
	enum urne_err e = remember(b, &path, dir, name);

	if (e != URNE_OK) {
		return e;
	}
	return keep(b, path, urne_file_create(&b->cli->diag, path, mode, content));
}

enum urne_err
urne_batch_dir(struct urne_batch *b, const char *dir, const char *name)
{
	char *path = NULL;
	bool there;
	enum urne_err e = remember(b, &path, dir, name);

	if (e != URNE_OK) {
		return e;
	}
	there = urne_file_exists(path);
	e = urne_dir_create(&b->cli->diag, path, URNE_FILE_PUBLIC);
	if (e == URNE_OK && there) {
		/* an empty folder of the user's: not ours to remove */
		free(path);
		return URNE_OK;
	}
	return keep(b, path, e);
}

enum urne_err
urne_batch_end(struct urne_batch *b, enum urne_err e)
{
	while (b->num > 0) {
		char *path = b->paths[--b->num];
		if (e != URNE_OK && unlink(path) != 0) {
			(void)rmdir(path);
		}
		free(path);
	}
	free(b->paths);
	b->paths = NULL;
	return e;
}

/* --- the draft --- */

void
urne_draft_emit(struct urne_buf *out, const struct urne_election *draft)
{
	const struct {
		const char *name;
		struct urne_view v;
	} fields[] = {
	    {"uuid", draft->uuid},
	    {"group", urne_view_of(draft->group->name)},
	    {"name", draft->name},
	    {"description", draft->description},
	    {"administrator", draft->administrator},
	    {"credential_authority", draft->credential_authority},
	    {"vote_definition", draft->vote_definition},
	};

	urne_buf_puts(out, "{\"urne_draft\":1");
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		urne_buf_printf(out, ",\n\"%s\":", fields[i].name);
		urne_buf_put_json_string(out, fields[i].v);
	}
	urne_buf_puts(out, ",\n\"questions\":");
	urne_questions_emit(out, draft->questions, draft->num_questions);
	urne_buf_puts(out, "}\n");
}

static enum urne_err
parse_draft(struct urne_workdir *w)
{
	struct urne_diag *d = &w->cli->diag;
	struct urne_election *e = &w->draft;
	const struct urne_json *root = NULL, *v = NULL;
	struct {
		const char *name;
		struct urne_view *out;
	} fields[] = {{"uuid", &e->uuid}, {"name", &e->name}, {"description", &e->description},
	    {"administrator", &e->administrator},
	    {"credential_authority", &e->credential_authority},
	    {"vote_definition", &e->vote_definition}};
	enum urne_err err = urne_json_parse(&root, &w->arena, d, urne_buf_view(&w->text));

	if (err != URNE_OK) {
		return err;
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		v = urne_json_get(root, fields[i].name);
		if (v == NULL || v->type != URNE_JSON_STRING) {
			return urne_json_fail(
			    d, URNE_ERR_SYNTAX, root, "\"%s\" must be a string", fields[i].name);
		}
		*fields[i].out = v->text;
	}
	v = urne_json_get(root, "group");
	e->group = v != NULL && v->type == URNE_JSON_STRING ? urne_group_find(v->text) : NULL;
	if (e->group == NULL || !urne_uuid_check(e->uuid)) {
		return urne_json_fail(
		    d, URNE_ERR_SYNTAX, root, "the group or the uuid is not a possible one");
	}
	v = urne_json_get(root, "questions");
	if (v == NULL) {
		return urne_json_fail(d, URNE_ERR_SYNTAX, root, "\"questions\" is missing");
	}
	return urne_questions_parse(&e->questions, &e->num_questions, &w->arena, d, v);
}

static enum urne_err
lock(struct urne_workdir *w)
{
	w->lock = open(w->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (w->lock < 0) {
		return urne_fail_errno(&w->cli->diag, "%s", w->dir);
	}
	if (flock(w->lock, LOCK_EX | LOCK_NB) != 0) {
		return urne_fail(&w->cli->diag, URNE_ERR_ORDER,
		    "%s: another command is at work there, wait for it", w->dir);
	}
	return URNE_OK;
}

enum urne_err
urne_workdir_open(struct urne_workdir *w, struct urne_cli *cli, const char *dir, bool writing)
{
	struct urne_diag *d = &cli->diag;
	struct urne_buf archive;
	enum urne_err e;

	*w = (struct urne_workdir){.cli = cli, .dir = dir, .lock = -1};
	urne_arena_init(&w->arena, DRAFT_MEMORY);
	urne_buf_init(&w->text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&w->definition_text, URNE_MAX_TEXT_FILE);
	urne_buf_init(&w->path, MAX_PATH);
	urne_buf_init(&archive, MAX_PATH);
	e = urne_find_archive(cli, &archive, dir);
	if (e == URNE_OK && writing && archive.len > 0) {
		e = urne_fail(d, URNE_ERR_ORDER,
		    "%s: the election is sealed, this had to be done before; \"urne status %s\" "
		    "says what comes next",
		    dir, dir);
	}
	if (e == URNE_OK && !urne_workdir_has(w, "draft.json")) {
		e = urne_fail(d, URNE_ERR_UNKNOWN,
		    "%s: has no draft.json, make an election there with \"urne new\"", dir);
	}
	if (e == URNE_OK && writing) {
		e = lock(w);
	}
	if (e == URNE_OK) {
		e = urne_cli_read(cli, &w->text, urne_workdir_path(w, "draft.json"));
	}
	if (e == URNE_OK) {
		e = parse_draft(w);
		if (e != URNE_OK) {
			urne_diag_within(d, "%s/draft.json: ", dir);
		}
	}
	urne_buf_clear(&archive);
	return e;
}

void
urne_workdir_close(struct urne_workdir *w)
{
	if (w->lock >= 0) {
		(void)close(w->lock);
	}
	urne_arena_clear(&w->arena);
	urne_buf_clear(&w->text);
	urne_buf_clear(&w->definition_text);
	urne_buf_clear(&w->path);
}

enum urne_err
urne_workdir_definition(struct urne_workdir *w, const struct urne_definition **out)
{
	struct urne_definition *v = urne_arena_alloc(&w->arena, 1, sizeof(*v));
	struct urne_buf name;
	enum urne_err e;

	*out = NULL;
	if (w->draft.vote_definition.len == 0) {
		return URNE_OK;
	}
	if (v == NULL) {
		return urne_fail(&w->cli->diag, URNE_ERR_MEMORY, "no memory for the definition");
	}
	urne_buf_init(&name, MAX_PATH);
	urne_buf_put_view(&name, w->draft.uuid);
	urne_buf_puts(&name, ".vote.json");
	urne_buf_put(&name, "", 1);
	e = urne_buf_error(&name);
	if (e == URNE_OK) {
		e = urne_vote_file_sealed(w->cli, v, &w->definition_text, &w->arena,
		    urne_workdir_path(w, name.data), &w->draft);
	}
	if (e == URNE_OK) {
		*out = v;
	}
	urne_buf_clear(&name);
	return e;
}

const char *
urne_workdir_path(struct urne_workdir *w, const char *name)
{
	return urne_path_join(&w->path, w->dir, name) == URNE_OK ? w->path.data : "";
}

bool
urne_workdir_has(struct urne_workdir *w, const char *name)
{
	return urne_file_exists(urne_workdir_path(w, name));
}

/* --- the archive's place --- */

enum urne_err
urne_find_archive(struct urne_cli *cli, struct urne_buf *out, const char *path)
{
	struct stat st;

	urne_buf_reset(out);
	if (stat(path, &st) != 0) {
		return errno == ENOENT || errno == ENOTDIR
			   ? urne_fail(&cli->diag, URNE_ERR_UNKNOWN,
				 "%s: there is no such directory or file, check its name", path)
			   : urne_fail_errno(&cli->diag, "%s", path);
	}
	if (!S_ISDIR(st.st_mode)) {
		urne_buf_puts(out, path);
		urne_buf_put(out, "", 1);
		out->len -= out->len > 0 ? 1 : 0;
		return urne_buf_error(out);
	}
	return urne_kept_archive(out, &cli->diag, path);
}

/* --- trustees --- */

enum urne_err
urne_read_public_key(struct urne_trustee_public_key *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_group *g, struct urne_view text)
{
	struct urne_codec c;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_codec_read(&c, text, arena);
	urne_codec_trustee_public_key(&c, g, out);
	e = urne_codec_end(&c, d);
	if (e != URNE_OK) {
		return e;
	}
	if (urne_elem_is_identity(g, &out->public_key)) {
		return urne_fail(d, URNE_ERR_GROUP, "the public key is the neutral element");
	}
	if (urne_pok_check(out, g) != URNE_OK) {
		return urne_fail(d, URNE_ERR_PROOF,
		    "the proof that the trustee knows the private key does not verify, ask the "
		    "trustee for the file again");
	}
	return URNE_OK;
}

/* The list as text: [["Single",K],...,["Pedersen",T]] from the files as they are. */
static enum urne_err
join_trustees(struct urne_workdir *w, struct urne_buf *out)
{
	char name[64];
	size_t num = 0;
	enum urne_err e = URNE_OK;

	urne_buf_putc(out, '[');
	for (size_t i = 1; e == URNE_OK && i <= URNE_MAX_TRUSTEES; i++) {
		(void)snprintf(name, sizeof(name), "trustee-%zu.json", i);
		if (!urne_workdir_has(w, name)) {
			break;
		}
		urne_buf_puts(out, num++ > 0 ? ",[\"Single\"," : "[\"Single\",");
		e = urne_cli_read_line(w->cli, out, urne_workdir_path(w, name));
		urne_buf_putc(out, ']');
	}
	if (e == URNE_OK && urne_workdir_has(w, "threshold.json")) {
		urne_buf_puts(out, num > 0 ? ",[\"Pedersen\"," : "[\"Pedersen\",");
		e = urne_cli_read_line(w->cli, out, urne_workdir_path(w, "threshold.json"));
		urne_buf_putc(out, ']');
	}
	urne_buf_putc(out, ']');
	return e == URNE_OK ? urne_buf_error(out) : e;
}

enum urne_err
urne_workdir_trustees(struct urne_workdir *w, struct urne_trustees *out)
{
	struct urne_view text = {"", 0};
	struct urne_buf b;
	enum urne_err e;

	memset(out, 0, sizeof(*out));
	urne_buf_init(&b, (size_t)64 << 20);
	e = join_trustees(w, &b);
	if (e == URNE_OK && urne_view_is(urne_buf_view(&b), "[]")) {
		goto out;
	}
	if (e == URNE_OK) {
		e = urne_arena_copy(&w->arena, &text, urne_buf_view(&b));
	}
	if (e == URNE_OK) {
		e = urne_trustees_read(out, &w->arena, &w->cli->diag, w->draft.group, text);
	}
	if (e == URNE_OK) {
		e = urne_trustees_check(out, &w->cli->diag, w->draft.group);
	}
	if (e != URNE_OK) {
		urne_diag_within(&w->cli->diag, "%s: the trustees' files: ", w->dir);
	}
out:
	urne_buf_clear(&b);
	return e;
}
