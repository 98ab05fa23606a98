/* SPDX-License-Identifier: EUPL-1.2 */
/* Running urne-verify and reading its JSON report. */
#include "client/cli/verified.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "bulletin/log/kept.h"
#include "client/cli/workdir.h"

#define MAX_ARGS 16
#define PROGRAM	 "urne-verify"

/* --- which program --- */

static enum urne_err
find_program(struct urne_verified *v, struct urne_cli *cli)
{
	const char *given = urne_cli_option(cli, "verifier");
	char self[4096];
	ssize_t n;
	char *slash;

	if (given != NULL) {
		return urne_path_beside(&v->path, given, "", "");
	}
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n <= 0) {
		return urne_fail_errno(&cli->diag, "/proc/self/exe");
	}
	self[n] = '\0';
	slash = strrchr(self, '/');
	if (slash == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_INTERNAL, "/proc/self/exe: no folder");
	}
	*slash = '\0';
	return urne_path_join(&v->path, self, PROGRAM);
}

static enum urne_err
hash_program(struct urne_verified *v, struct urne_cli *cli)
{
	if (!urne_file_exists(v->path.data)) {
		return urne_fail(&cli->diag, URNE_ERR_UNKNOWN,
		    "%s: there is no such program; name " PROGRAM " with --verifier", v->path.data);
	}
	return urne_cli_hash_file(cli, &v->sha256, v->path.data);
}

/* --- running it --- */

static enum urne_err
read_pipe(struct urne_buf *out, struct urne_cli *cli, int fd)
{
	for (;;) {
		char *room = urne_buf_grow(out, 65536);
		ssize_t n = room != NULL ? read(fd, room, 65536) : -1;

		if (room == NULL) {
			return urne_fail(
			    &cli->diag, urne_buf_error(out), "the verifier's report is too large");
		}
		if (n > 0) {
			out->len += (size_t)n;
		} else if (n == 0) {
			return URNE_OK;
		} else if (errno != EINTR) {
			return urne_fail_errno(&cli->diag, "reading the verifier's report");
		}
	}
}

static enum urne_err
spawn(struct urne_verified *v, struct urne_cli *cli, char *const *argv, int *status)
{
	posix_spawn_file_actions_t actions;
	int fds[2] = {-1, -1};
	enum urne_err e;
	pid_t pid = 0;
	int err;

	if (pipe(fds) != 0) {
		return urne_fail_errno(&cli->diag, "pipe");
	}
	err = posix_spawn_file_actions_init(&actions);
	if (err == 0) {
		err = posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO);
		err = err == 0 ? posix_spawn_file_actions_addclose(&actions, fds[0]) : err;
		err = err == 0 ? posix_spawn_file_actions_addclose(&actions, fds[1]) : err;
		err =
		    err == 0 ? posix_spawn(&pid, v->path.data, &actions, NULL, argv, environ) : err;
		(void)posix_spawn_file_actions_destroy(&actions);
	}
	(void)close(fds[1]);
	if (err != 0) {
		(void)close(fds[0]);
		return urne_fail(
		    &cli->diag, URNE_ERR_IO, "%s: cannot be run: %s", v->path.data, strerror(err));
	}
	e = read_pipe(&v->report, cli, fds[0]);
	(void)close(fds[0]);
	while (waitpid(pid, status, 0) < 0) {
		if (errno != EINTR) {
			return urne_fail_errno(&cli->diag, "waiting for the verifier");
		}
	}
	return e;
}

/* --- reading its report --- */

static bool
read_check(struct urne_minutes_check *c, const struct urne_json *v)
{
	const struct urne_json *id = urne_json_get(v, "id");
	const struct urne_json *verdict = urne_json_get(v, "verdict");
	const struct urne_json *unit = urne_json_get(v, "unit");
	const struct urne_json *items = urne_json_get(v, "items");

	if (id == NULL || verdict == NULL || unit == NULL || items == NULL ||
	    id->type != URNE_JSON_STRING || verdict->type != URNE_JSON_STRING ||
	    unit->type != URNE_JSON_STRING || urne_json_u64(&c->items, items, UINT64_MAX)) {
		return false;
	}
	c->id = id->text;
	c->verdict = verdict->text;
	c->unit = unit->text;
	return true;
}

/* The first failure in words, for a refusal. */
static void
note_failure(struct urne_verified *v, const struct urne_json *check)
{
	const struct urne_json *list = urne_json_get(check, "failures");
	const struct urne_json *id = urne_json_get(check, "id");
	const struct urne_json *place, *reason;
	struct urne_buf text;
	struct urne_view copy;

	if (v->first_failure != NULL || list == NULL || list->child == NULL || id == NULL) {
		return;
	}
	place = urne_json_get(list->child, "place");
	reason = urne_json_get(list->child, "reason");
	if (place == NULL || reason == NULL) {
		return;
	}
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_buf_put_view(&text, id->text);
	urne_buf_puts(&text, ": ");
	urne_buf_put_view(&text, place->text);
	urne_buf_puts(&text, ": ");
	urne_buf_put_view(&text, reason->text);
	if (urne_buf_error(&text) == URNE_OK &&
	    urne_arena_copy(&v->arena, &copy, urne_buf_view(&text)) == URNE_OK) {
		v->first_failure = copy.p;
	}
	urne_buf_clear(&text);
}

/* The minutes hold what the archive shows; the journal has a chapter of its own. */
static bool
is_of_archive(const struct urne_json *check)
{
	const struct urne_json *id = urne_json_get(check, "id");

	return id == NULL || !urne_view_starts(id->text, "journal-");
}

static bool
read_checks(struct urne_verified *v, const struct urne_json *list)
{
	struct urne_minutes_check *checks;

	if (list == NULL || list->type != URNE_JSON_ARRAY) {
		return false;
	}
	checks = urne_arena_alloc(&v->arena, list->num_children, sizeof(*checks));
	if (checks == NULL) {
		return false;
	}
	for (const struct urne_json *c = list->child; c != NULL; c = c->next) {
		if (is_of_archive(c) && !read_check(&checks[v->num_checks++], c)) {
			return false;
		}
		note_failure(v, c);
	}
	v->checks = checks;
	return true;
}

static bool
read_decrypted(struct urne_verified *v, const struct urne_json *list)
{
	uint64_t *owners;

	if (list == NULL) {
		return true; /* nothing was decrypted, or the setup is not right */
	}
	owners = urne_arena_alloc(&v->arena, list->num_children, sizeof(*owners));
	if (owners == NULL) {
		return false;
	}
	for (const struct urne_json *o = list->child; o != NULL; o = o->next) {
		if (urne_json_u64(&owners[v->num_decrypted++], o, URNE_MAX_TRUSTEES)) {
			return false;
		}
	}
	v->decrypted = owners;
	return true;
}

static enum urne_err
read_report(struct urne_verified *v, struct urne_cli *cli)
{
	const struct urne_json *root = NULL, *verdict, *sha256, *release;
	struct urne_diag d = {{0}};

	if (urne_json_parse(&root, &v->arena, &d, urne_buf_view(&v->report)) != URNE_OK) {
		return urne_fail(&cli->diag, URNE_ERR_INTERNAL, "%s: its report is no JSON: %s",
		    v->path.data, d.text);
	}
	verdict = urne_json_get(root, "verdict");
	sha256 = urne_json_get(root, "sha256");
	release = urne_json_get(root, "version");
	if (release == NULL || release->type != URNE_JSON_STRING || verdict == NULL ||
	    verdict->type != URNE_JSON_STRING || !read_checks(v, urne_json_get(root, "checks")) ||
	    !read_decrypted(v, urne_json_get(urne_json_get(root, "election"), "decrypted"))) {
		return urne_fail(&cli->diag, URNE_ERR_INTERNAL,
		    "%s: its report is not of the form that this program reads, use one of the "
		    "same release",
		    v->path.data);
	}
	if (sha256 != NULL && sha256->type == URNE_JSON_STRING &&
	    urne_hex_decode(v->archive_sha256.b, sizeof(v->archive_sha256.b), sha256->text)) {
		return urne_fail(&cli->diag, URNE_ERR_INTERNAL,
		    "%s: its report has no hash of the archive", v->path.data);
	}
	v->verdict = verdict->text;
	v->release = release->text;
	return URNE_OK;
}

enum urne_err
urne_verified_run(struct urne_verified *out, struct urne_cli *cli, const char *const *args)
{
	/* posix_spawn takes char *const[] but does not write to the strings */
	union {
		const char *in;
		char *out;
	} word;
	char *argv[MAX_ARGS + 1] = {NULL};
	size_t n = 0;
	int status = 0;
	enum urne_err e;

	*out = (struct urne_verified){.checks = NULL};
	urne_buf_init(&out->path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&out->report, URNE_MAX_DOCUMENT);
	urne_arena_init(&out->arena, 4 * URNE_MAX_DOCUMENT);
	e = find_program(out, cli);
	if (e == URNE_OK) {
		e = hash_program(out, cli);
	}
	if (e != URNE_OK) {
		return e;
	}
	argv[n++] = out->path.data;
	for (const char *const *a = args; *a != NULL && n < MAX_ARGS; a++) {
		word.in = *a;
		argv[n++] = word.out;
	}
	e = spawn(out, cli, argv, &status);
	if (e == URNE_OK &&
	    (!WIFEXITED(status) || WEXITSTATUS(status) == 2 || out->report.len == 0)) {
		e = urne_fail(&cli->diag, URNE_ERR_IO,
		    "%s could not do its work; what it says stands above", out->path.data);
	}
	return e == URNE_OK ? read_report(out, cli) : e;
}

enum urne_err
urne_verified_journal(
    const char **out, struct urne_buf *path, const struct urne_cli *cli, const char *archive)
{
	const char *given = urne_cli_option(cli, "journal"), *slash = strrchr(archive, '/');

	*out = given;
	if (given != NULL) {
		return URNE_OK;
	}
	urne_buf_reset(path);
	urne_buf_put(path, archive, slash != NULL ? (size_t)(slash - archive) + 1 : 0);
	urne_buf_puts(path, urne_kept_journal.archive);
	urne_buf_put(path, "", 1);
	if (urne_buf_error(path) == URNE_OK && urne_file_exists(path->data)) {
		*out = path->data;
	}
	return urne_buf_error(path);
}

void
urne_verified_clear(struct urne_verified *v)
{
	urne_buf_clear(&v->path);
	urne_buf_clear(&v->report);
	urne_arena_clear(&v->arena);
}
