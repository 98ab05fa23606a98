/* SPDX-License-Identifier: EUPL-1.2 */
/* urne-board run: open the board, serve it, and stop when asked to, so that whatever was accepted
 * is answered. */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/oplog.h"
#include "bulletin/server/commands.h"
#include "bulletin/server/http.h"

struct running {
	struct urne_board_options board_options;
	struct urne_server_options server_options;
	struct urne_buf cert, key; /* PEM, with a NUL behind */
	struct urne_buf pages;	   /* path of a folder, with a NUL behind */
	struct urne_board *board;
	struct urne_service service;
	struct urne_server *server;
	sigset_t stops;
};

/* Options. */

static enum urne_err
read_proxies(struct urne_server_options *s, struct urne_diag *d, const struct urne_options *o)
{
	const char *text;

	while ((text = urne_options_get(o, "proxy", s->num_proxies)) != NULL) {
		if (s->num_proxies == URNE_SERVER_MAX_PROXIES) {
			return urne_fail(
			    d, URNE_ERR_USAGE, "more than %zu proxies", URNE_SERVER_MAX_PROXIES);
		}
		if (urne_address_read(&s->proxies[s->num_proxies], urne_view_of(text)) != URNE_OK) {
			return urne_fail(d, URNE_ERR_USAGE,
			    "--proxy %s: write an address such as 127.0.0.1 or ::1", text);
		}
		s->num_proxies++;
	}
	return URNE_OK;
}

static enum urne_err
read_pem(struct urne_buf *out, struct urne_diag *d, const char *path)
{
	enum urne_err e = urne_file_read(out, d, path);

	if (e != URNE_OK) {
		return e;
	}
	urne_buf_putc(out, '\0');
	return urne_buf_error(out) == URNE_OK ? URNE_OK
					      : urne_fail(d, urne_buf_error(out), "no memory");
}

static enum urne_err
read_tls(struct running *r, struct urne_diag *d, const struct urne_options *o)
{
	const char *cert = urne_options_get(o, "tls-cert", 0);
	const char *key = urne_options_get(o, "tls-key", 0);
	struct stat st;
	enum urne_err e;

	if (cert == NULL && key == NULL) {
		return URNE_OK;
	}
	if (cert == NULL || key == NULL) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--tls-cert and --tls-key belong together, --tls-%s is missing",
		    cert == NULL ? "cert" : "key");
	}
	/* a group may: that is how systems hand certificates to services */
	if (stat(key, &st) == 0 && (st.st_mode & S_IROTH) != 0) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "%s: everybody can read this key; chmod o-r it, and make a new one if somebody "
		    "may have",
		    key);
	}
	e = read_pem(&r->cert, d, cert);
	if (e == URNE_OK) {
		e = read_pem(&r->key, d, key);
	}
	r->server_options.tls_cert = r->cert.data;
	r->server_options.tls_key = r->key.data;
	return e;
}

/* read_pages: the folder that was installed with this program, unless another is named, or none. */
static enum urne_err
read_pages(struct running *r, struct urne_diag *d, const struct urne_options *o)
{
	const char *given = urne_options_get(o, "pages", 0);
	char program[PATH_MAX];
	ssize_t len = 0;

	if (given != NULL && strcmp(given, "none") == 0) {
		return URNE_OK;
	}
	if (given == NULL) {
		len = readlink("/proc/self/exe", program, sizeof(program));
		if (len < 0 || (size_t)len == sizeof(program)) {
			return urne_fail_errno(d, "/proc/self/exe");
		}
		while (len > 0 && program[len - 1] != '/') {
			len--;
		}
		urne_buf_put(&r->pages, program, (size_t)len);
	}
	urne_buf_puts(&r->pages, given != NULL ? given : "../share/urne/pages");
	urne_buf_putc(&r->pages, '\0');
	r->board_options.pages = r->pages.data;
	return urne_buf_error(&r->pages) == URNE_OK ? URNE_OK
						    : urne_fail(d, URNE_ERR_MEMORY, "no memory");
}

static enum urne_err
read_options(struct running *r, struct urne_diag *d, const struct urne_options *o)
{
	uint64_t threads = 0, rate = r->server_options.rate, batch_ms = 0;
	enum urne_err e = urne_options_number(o, &threads, d, "threads", 1, URNE_MAX_THREADS);

	if (e == URNE_OK) {
		e = urne_options_number(o, &rate, d, "rate", 1, 1000000);
	}
	if (e == URNE_OK) {
		e = urne_options_number(o, &batch_ms, d, "batch-ms", 1, 60000);
	}
	if (e == URNE_OK) {
		e = read_proxies(&r->server_options, d, o);
	}
	if (e == URNE_OK) {
		e = read_tls(r, d, o);
	}
	if (e == URNE_OK) {
		e = read_pages(r, d, o);
	}
	r->board_options.num_threads = (size_t)threads;
	r->board_options.batch_ms = (unsigned)batch_ms;
	r->board_options.log_key = urne_options_get(o, "log-key", 0);
	r->board_options.no_hints = urne_options_get(o, "no-hints", 0) != NULL;
	r->server_options.rate = (unsigned)rate;
	return e;
}

/* Running. */

/* block_signals before any thread is there, so that only wait_for_stop gets them. */
static enum urne_err
block_signals(struct running *r, struct urne_diag *d)
{
	(void)sigemptyset(&r->stops);
	(void)sigaddset(&r->stops, SIGTERM);
	(void)sigaddset(&r->stops, SIGINT);
	return pthread_sigmask(SIG_BLOCK, &r->stops, NULL) == 0
		   ? URNE_OK
		   : urne_fail(d, URNE_ERR_INTERNAL, "signals cannot be blocked");
}

/* fit_connections takes as many open files as the system gives, and no more connections than have
 * one each, with one to send. */
static void
fit_connections(struct urne_server_options *o)
{
	const rlim_t others = 256; /* databases, bodies of events, sockets */
	rlim_t want = 2 * o->max_connections + others;
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
		return;
	}
	if (files.rlim_cur < want) {
		files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
		(void)setrlimit(RLIMIT_NOFILE, &files); /* what counts is what we then have */
		(void)getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur < want) {
		o->max_connections = files.rlim_cur > 2 * others
					 ? (size_t)(files.rlim_cur - others) / 2
					 : others / 2;
	}
}

/* warn says what works and should be otherwise. */
static void
warn(const struct running *r)
{
	struct urne_oplog l;

	if (geteuid() == 0) {
		urne_oplog_begin(&l, URNE_OPLOG_WARNING, "running as root");
		urne_oplog_string(&l, "message",
		    "the board needs no right of root; run it as a user of its own, as "
		    "urne-board.service does");
		urne_oplog_end(&l);
	}
	if (r->server_options.max_connections < URNE_HTTP_CONNECTIONS) {
		urne_oplog_begin(&l, URNE_OPLOG_WARNING, "few open files");
		urne_oplog_u64(&l, "connections", r->server_options.max_connections);
		urne_oplog_string(&l, "message",
		    "the system allows fewer open files than the board can use; raise LimitNOFILE");
		urne_oplog_end(&l);
	}
}

static void
log_listening(const struct running *r)
{
	struct urne_oplog l;
	struct urne_buf address;

	urne_buf_init(&address, URNE_MAX_SMALL_FILE);
	urne_listen_address(&address, r->server_options.listener);
	urne_oplog_begin(&l, URNE_OPLOG_INFO, "listening");
	urne_oplog_view(&l, "address", urne_buf_view(&address));
	urne_oplog_string(&l, "scheme", r->server_options.tls_cert != NULL ? "https" : "http");
	urne_oplog_view(&l, "service", urne_board_config(r->board)->service);
	urne_oplog_end(&l);
	urne_buf_clear(&address);
}

static void
log_event(const char *event, const char *key, const char *value)
{
	struct urne_oplog l;

	urne_oplog_begin(&l, URNE_OPLOG_INFO, event);
	if (key != NULL) {
		urne_oplog_string(&l, key, value);
	}
	urne_oplog_end(&l);
}

static void
wait_for_stop(const struct running *r)
{
	int which = 0;

	while (sigwait(&r->stops, &which) != 0) {
	}
	log_event("stopping", "signal", which == SIGINT ? "SIGINT" : "SIGTERM");
}

/* serve: the socket is there before the board is opened, so that a wrong address costs no time; who
 * connects early waits. */
static enum urne_err
serve(struct running *r, struct urne_diag *d, const struct urne_options *o)
{
	const char *dir = urne_options_get(o, "dir", 0);
	enum urne_err e =
	    urne_listen(&r->server_options.listener, d, urne_options_get(o, "listen", 0));

	if (e == URNE_OK) {
		e = urne_board_open(&r->board, d, dir, &r->board_options);
	}
	if (e == URNE_OK) {
		e = urne_service_open(&r->service, d, r->board, dir);
	}
	if (e == URNE_OK) {
		e = urne_server_start(&r->server, d, &r->service, &r->server_options);
	}
	if (e == URNE_OK) {
		log_listening(r);
		warn(r);
		wait_for_stop(r);
		urne_server_stop(r->server, URNE_HTTP_STOP_SECONDS);
	} else if (r->server_options.listener >= 0) {
		(void)close(r->server_options.listener);
	}
	urne_service_close(&r->service);
	urne_board_close(r->board);
	if (e == URNE_OK) {
		log_event("stopped", NULL, NULL);
	}
	return e;
}

static enum urne_err
run_run(struct urne_buf *out, struct urne_diag *d, const struct urne_options *o)
{
	struct running r = {.service = {.public = -1, .tmp = -1}};
	enum urne_err e;

	(void)out;
	urne_server_defaults(&r.server_options);
	urne_buf_init(&r.cert, URNE_MAX_SMALL_FILE);
	urne_buf_init(&r.pages, URNE_MAX_SMALL_FILE);
	urne_buf_init_secret(&r.key, URNE_MAX_SMALL_FILE);
	e = read_options(&r, d, o);
	if (e == URNE_OK) {
		e = block_signals(&r, d);
	}
	if (e == URNE_OK) {
		fit_connections(&r.server_options);
		e = serve(&r, d, o);
	}
	urne_buf_clear(&r.cert);
	urne_buf_clear(&r.pages);
	urne_buf_clear(&r.key);
	return e;
}

static const struct urne_option options[] = {
    URNE_BOARD_OPTION_DIR,
    {"listen", "ADDR:PORT", "Where to listen; port 0 takes a free one.", true},
    {"tls-cert", "FILE", "The certificate and its chain, in PEM; without this plain HTTP.", false},
    {"tls-key", "FILE", "Its private key, in PEM, which not everybody may read.", false},
    {"proxy", "ADDR...",
	"A proxy whose X-Forwarded-For is believed: requests through it are counted to the address "
	"behind it.",
	false},
    {"threads", "N", "Threads that check ballots; without this one per processor.", false},
    {"rate", "N", "POST and PUT requests per second from one address; ten times that at once.",
	false},
    {"batch-ms", "N",
	"How long ballots are gathered before they are committed together; without this 200. "
	"Checkpoints tell when a batch was made and no more: in a small election gather longer, so "
	"that nobody can tell whose ballot came when.",
	false},
    {"no-hints", NULL,
	"Keep no hints beside the archives, and ask voters for none: that saves half an archive's "
	"room, and whoever verifies takes several times as long.",
	false},
    {"pages", "FOLDER",
	"The pages for browsers; without this ../share/urne/pages from where the program lies; "
	"none: "
	"no pages.",
	false},
    {"log-key", "FILE", "The key of the log; without this DIR/log.key.", false},
    {NULL, NULL, NULL, false},
};

static const char *const description[] = {
    "Serves the board until it gets SIGTERM or SIGINT; then it accepts nothing more, answers what "
    "it has accepted, and ends with status 0. Its log goes to standard error, a JSON object per "
    "line; it never names who sent what.",
    "Certificates are read once: restart after renewing them. Only from the addresses given with "
    "--proxy is X-Forwarded-For believed, and only its last element; from everybody else the "
    "header "
    "means nothing.",
    NULL};

const struct urne_board_command urne_board_cmd_run = {
    .name = "run",
    .summary = "serve a board",
    .synopsis =
	"--dir DIR --listen ADDR:PORT [--tls-cert FILE --tls-key FILE] [--proxy ADDR]... "
	"[--threads N] [--rate N] [--batch-ms N] [--no-hints] [--pages FOLDER] [--log-key FILE]",
    .options = options,
    .description = description,
    .example =
	"urne-board run --dir /var/lib/urne-board/board --listen 127.0.0.1:8080 --proxy 127.0.0.1",
    .run = run_run,
};
