/* SPDX-License-Identifier: EUPL-1.2 */
/* Requests with patience, and the two things that come before all proofs: whose signature the log
 * needs, and the checkpoint that bears it. */
#include "client/cli/remote.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "client/cli/workdir.h"

#define REMOTE_MEMORY ((size_t)64 << 20)
#define MAX_ADDRESS   (2 * URNE_REMOTE_MAX_ADDRESS)
/* How long a busy or absent board is asked again, and how long between when it does not say. */
#define PATIENCE_SECONDS ((int64_t)120)
#define MAX_PAUSE	 ((int64_t)15)

enum urne_err
urne_remote_open(struct urne_remote *r, struct urne_cli *cli, const char *address)
{
	enum urne_err e;

	*r = (struct urne_remote){.cli = cli};
	urne_arena_init(&r->arena, REMOTE_MEMORY);
	urne_buf_init(&r->base, MAX_ADDRESS);
	urne_buf_init(&r->address, MAX_ADDRESS);
	urne_buf_init(&r->request, 2 * MAX_ADDRESS);
	urne_buf_init(&r->option_text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&r->policy_text, URNE_MAX_SMALL_FILE);
	urne_buf_init(&r->origin, MAX_ADDRESS);
	urne_buf_init(&r->note, URNE_NOTE_MAX);
	e = urne_remote_address(r, address);
	return e == URNE_OK ? urne_http_new(&r->http, &cli->diag, urne_cli_option(cli, "ca")) : e;
}

void
urne_remote_close(struct urne_remote *r)
{
	struct urne_buf *const all[] = {&r->base, &r->address, &r->request, &r->option_text,
	    &r->policy_text, &r->origin, &r->note};

	urne_http_free(r->http);
	r->http = NULL;
	urne_arena_clear(&r->arena);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		urne_buf_clear(all[i]);
	}
}

enum urne_err
urne_remote_election(struct urne_remote *r, struct urne_view uuid)
{
	if (r->uuid.len == 0 && uuid.len == 0) {
		return urne_fail(&r->cli->diag, URNE_ERR_SYNTAX,
		    "%s: is the address of a board, add /bb/ and the UUID of the election",
		    r->base.data);
	}
	if (r->uuid.len > 0 && uuid.len > 0 && !urne_view_eq(r->uuid, uuid)) {
		return urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
		    "%s: the address is that of election %.*s, and this is election %.*s",
		    r->base.data, (int)r->uuid.len, r->uuid.p, (int)uuid.len, uuid.p);
	}
	r->uuid = uuid.len > 0 ? uuid : r->uuid;
	urne_buf_reset(&r->address);
	urne_buf_printf(&r->address, "%s/bb/%.*s", r->base.data, (int)r->uuid.len, r->uuid.p);
	urne_buf_put(&r->address, "", 1);
	return urne_buf_error(&r->address);
}

/* --- requests --- */

struct request {
	const char *method; /* NULL: GET */
	const char *const *headers;
	struct urne_view content;
	uint64_t first, len; /* GET: of a part; len == 0: all */
};

static int64_t
now(void)
{
	struct timespec t = {0, 0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec;
}

static enum urne_err
ask_once(struct urne_remote *r, const struct request *q, struct urne_http_answer *answer,
    struct urne_buf *body)
{
	struct urne_diag *d = &r->cli->diag;

	if (q->method != NULL) {
		return urne_http_send(
		    r->http, answer, body, d, q->method, r->request.data, q->headers, q->content);
	}
	return q->len > 0
		   ? urne_http_get_part(r->http, answer, body, d, r->request.data, q->first, q->len)
		   : urne_http_get(r->http, answer, body, d, r->request.data);
}

/* The board did not judge what was sent: it is busy, restarting, or somebody before it is. What is
 * only read needs no patience with a board that is not there. */
static bool
is_worth_waiting(const struct request *q, enum urne_err e, const struct urne_http_answer *answer)
{
	static const unsigned busy[] = {429, 502, 503, 504};

	if (e != URNE_OK) {
		return e == URNE_ERR_IO && q->method != NULL;
	}
	for (size_t i = 0; i < sizeof(busy) / sizeof(busy[0]); i++) {
		if (answer->status == busy[i]) {
			return true;
		}
	}
	return false;
}

static void
wait_seconds(struct urne_remote *r, enum urne_err e, int64_t seconds)
{
	struct timespec t = {.tv_sec = (time_t)seconds};

	if (e != URNE_OK) {
		urne_cli_note(
		    "urne: note: %s; trying again in %" PRId64 " s", r->cli->diag.text, seconds);
		r->cli->diag.text[0] = '\0';
	} else {
		urne_cli_note(
		    "urne: note: the board is busy; trying again in %" PRId64 " s", seconds);
	}
	(void)nanosleep(&t, NULL);
}

static enum urne_err
ask(struct urne_remote *r, const struct request *q, struct urne_http_answer *answer,
    struct urne_buf *body, const char *path)
{
	size_t before = body->len;
	int64_t until = now() + PATIENCE_SECONDS, pause = 1;
	enum urne_err e;

	urne_buf_reset(&r->request);
	urne_buf_printf(
	    &r->request, "%s/bb/%.*s/%s", r->base.data, (int)r->uuid.len, r->uuid.p, path);
	urne_buf_put(&r->request, "", 1);
	e = urne_buf_error(&r->request);
	if (e != URNE_OK) {
		return urne_fail(&r->cli->diag, e, "%s: the address is too long", r->base.data);
	}
	for (;;) {
		int64_t seconds = pause, left = until - now();

		body->len = before;
		e = ask_once(r, q, answer, body);
		r->status = e == URNE_OK ? answer->status : 0;
		if (!is_worth_waiting(q, e, answer) || left <= 0) {
			return e;
		}
		if (e == URNE_OK && answer->retry_after > 0) {
			seconds = (int64_t)answer->retry_after;
		}
		wait_seconds(r, e, seconds < left ? seconds : left);
		pause = 2 * pause < MAX_PAUSE ? 2 * pause : MAX_PAUSE;
	}
}

/* The answer of a success stays in `body`; any other becomes a sentence. */
static enum urne_err
judge(struct urne_remote *r, const struct urne_http_answer *answer, struct urne_buf *body,
    size_t before)
{
	struct urne_view rest = {body->data + before, body->len - before};
	enum urne_err e;

	if (answer->status >= 200 && answer->status < 300) {
		return urne_buf_error(body);
	}
	e = urne_http_refusal(&r->cli->diag, answer, rest, r->request.data);
	body->len = before;
	return e;
}

enum urne_err
urne_remote_try(struct urne_remote *r, struct urne_buf *body, bool *found, const char *path)
{
	static const struct request get = {.method = NULL};
	struct urne_http_answer answer = {0, 0};
	size_t before = body->len;
	enum urne_err e = ask(r, &get, &answer, body, path);

	*found = e == URNE_OK && answer.status != 404;
	if (e == URNE_OK && answer.status == 404) {
		body->len = before;
		return URNE_OK;
	}
	return e == URNE_OK ? judge(r, &answer, body, before) : e;
}

enum urne_err
urne_remote_get(struct urne_remote *r, struct urne_buf *body, const char *path)
{
	bool found = false;
	enum urne_err e = urne_remote_try(r, body, &found, path);

	if (e == URNE_OK && !found) {
		e = urne_fail(&r->cli->diag, URNE_ERR_UNKNOWN, "%s: the board does not have it",
		    r->request.data);
	}
	return e;
}

enum urne_err
urne_remote_part(
    struct urne_remote *r, struct urne_buf *body, const char *path, uint64_t first, uint64_t len)
{
	const struct request part = {.first = first, .len = len};
	struct urne_http_answer answer = {0, 0};
	size_t before = body->len;
	enum urne_err e = ask(r, &part, &answer, body, path);

	if (e == URNE_ERR_MISMATCH) {
		return URNE_ERR_IO; /* somebody on the way errs: no word about the log */
	}
	if (e == URNE_OK && (answer.status == 404 || answer.status == 416)) {
		body->len = before;
		return URNE_OK;
	}
	if (e == URNE_OK && answer.status == 200 && first > 0) {
		body->len = before;
		return urne_fail(&r->cli->diag, URNE_ERR_IO,
		    "%s: the server does not send parts of a file", r->request.data);
	}
	if (e == URNE_OK) {
		e = judge(r, &answer, body, before);
	}
	if (e == URNE_OK && body->len - before > len) {
		body->len = before + (size_t)len;
	}
	return e;
}

enum urne_err
urne_remote_send(struct urne_remote *r, struct urne_buf *body, const char *method, const char *path,
    const char *const *headers, struct urne_view content)
{
	const struct request q = {.method = method, .headers = headers, .content = content};
	struct urne_http_answer answer = {0, 0};
	size_t before = body->len;
	enum urne_err e = ask(r, &q, &answer, body, path);

	/* an answer that cannot be taken, too long for one, refuses nothing: what was sent may
	 * stand */
	if (e != URNE_OK && !urne_err_is_ours(e)) {
		return URNE_ERR_IO;
	}
	return e == URNE_OK ? judge(r, &answer, body, before) : e;
}

/* --- key and checkpoint --- */

/* The origin follows from the key: a service's key signs for each election under the log's name. */
static enum urne_err
take_origin(struct urne_remote *r, struct urne_view name)
{
	urne_buf_reset(&r->origin);
	if (name.len > r->uuid.len + 1 && name.p[name.len - r->uuid.len - 1] == '/' &&
	    strncmp(name.p + name.len - r->uuid.len, r->uuid.p, r->uuid.len) == 0) {
		urne_buf_put_view(&r->origin, name);
	} else {
		urne_origin_write(&r->origin, name, r->uuid);
	}
	return urne_buf_error(&r->origin) == URNE_OK
		   ? URNE_OK
		   : urne_fail(&r->cli->diag, urne_buf_error(&r->origin),
			 "the name of the log's key is too long");
}

static bool
same_key(const struct urne_note_key *a, const struct urne_note_key *b)
{
	return a->id == b->id && urne_view_eq(a->name, b->name) &&
	       memcmp(a->key, b->key, sizeof(a->key)) == 0;
}

/* What the board itself says of its key: worth a comparison with the letter, no more. */
static enum urne_err
read_policy(struct urne_remote *r, struct urne_note_key *out, bool *there)
{
	struct urne_policy policy;
	enum urne_err e;

	urne_buf_reset(&r->policy_text);
	e = urne_remote_try(r, &r->policy_text, there, "policy");
	if (e != URNE_OK || !*there) {
		return e;
	}
	e = urne_policy_read(&policy, &r->cli->diag, urne_buf_view(&r->policy_text));
	if (e != URNE_OK) {
		urne_diag_within(&r->cli->diag, "%s: ", r->request.data);
	}
	*out = policy.log;
	return e;
}

static void
tell_key(const struct urne_note_key *key)
{
	struct urne_buf text;

	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	urne_note_key_write(&text, key);
	urne_cli_note("urne: note: the board itself names the key of its log; compare it with what "
		      "the officials published, or give that with --log-key: %.*s",
	    (int)text.len, text.data);
	urne_buf_clear(&text);
}

/* The key of the board itself: of the log that its policy names. */
static enum urne_err
take_named(struct urne_remote *r, const struct urne_note_key *named)
{
	enum urne_err e = take_origin(r, named->name);

	if (e == URNE_OK) {
		e = urne_log_key_of(&r->key, &r->cli->diag, named, urne_buf_view(&r->origin));
	}
	r->has_key = e == URNE_OK;
	return e;
}

/* The key that was given wins, and a board that names another is not the one that is meant. */
static enum urne_err
take_given(struct urne_remote *r, const struct urne_note_key *given)
{
	const struct urne_note_key named = r->key;
	bool compare = r->has_key;
	enum urne_err e = compare ? URNE_OK : take_origin(r, given->name);

	if (e == URNE_OK) {
		e = urne_log_key_of(&r->key, &r->cli->diag, given, urne_buf_view(&r->origin));
		if (e != URNE_OK) {
			urne_diag_within(&r->cli->diag, "--log-key: ");
		}
	}
	if (e == URNE_OK && compare && !same_key(&r->key, &named)) {
		e = urne_fail(&r->cli->diag, URNE_ERR_MISMATCH,
		    "%s: signs its log with another key than that of --log-key; do not use it, ask "
		    "the officials which is right",
		    r->address.data);
	}
	r->has_key = e == URNE_OK;
	return e;
}

enum urne_err
urne_remote_keep_key(struct urne_remote *r, const struct urne_note_key *key)
{
	return take_named(r, key);
}

void
urne_remote_forget(struct urne_remote *r)
{
	r->tiles = NULL;
	r->checkpoint = (struct urne_checkpoint){.size = 0};
	urne_arena_reset(&r->arena);
}

enum urne_err
urne_remote_key(struct urne_remote *r, bool *there)
{
	struct urne_note_key given, named;
	bool has_given = false;
	enum urne_err e;

	r->has_key = false;
	*there = false;
	urne_buf_reset(&r->option_text);
	e = urne_log_key_option(r->cli, &given, &has_given, &r->option_text);
	if (e == URNE_OK) {
		e = read_policy(r, &named, there);
	}
	if (e == URNE_OK && *there) {
		e = take_named(r, &named);
	}
	if (e == URNE_OK && has_given) {
		e = take_given(r, &given);
	} else if (e == URNE_OK && *there && !r->told_key) {
		tell_key(&named);
		r->told_key = true;
	}
	return e;
}

enum urne_err
urne_remote_checkpoint(struct urne_remote *r)
{
	enum urne_err e;

	urne_buf_reset(&r->note);
	e = urne_remote_get(r, &r->note, "checkpoint");
	if (e != URNE_OK) {
		return e;
	}
	e = urne_checkpoint_open(
	    &r->checkpoint, &r->arena, &r->cli->diag, urne_buf_view(&r->note), &r->key);
	if (e == URNE_OK && r->checkpoint.size == 0) {
		e = urne_fail(&r->cli->diag, URNE_ERR_INCOMPLETE,
		    "the log is empty, and every election's begins with its Setup");
	}
	if (e != URNE_OK) {
		urne_diag_within(&r->cli->diag, "%s: ", r->request.data);
	}
	return e;
}

enum urne_err
urne_remote_known(struct urne_remote *r)
{
	bool there = false;
	enum urne_err e = urne_remote_key(r, &there);

	if (e == URNE_OK && !there) {
		e = urne_fail(&r->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: there is no such election on this board, check the address",
		    r->address.data);
	}
	return e == URNE_OK ? urne_remote_checkpoint(r) : e;
}
