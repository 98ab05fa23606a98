/* SPDX-License-Identifier: EUPL-1.2 */
/* The one file that knows libmicrohttpd. It turns the library's callbacks into the steps of an
 * exchange; what to answer is decided there. The library calls for one connection on one thread at
 * a time; only carrier_wake comes from elsewhere, and the lock of a call is for the two of them. */
#include "bulletin/server/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "bulletin/server/connections.h"
#include "bulletin/server/exchange.h"

/* The library keeps a request's head here; what does not fit it refuses by itself, in its own
 * words. Below that, heads above URNE_HTTP_HEAD get ours. */
#define POOL ((size_t)2 * URNE_HTTP_HEAD)

struct urne_server {
	struct urne_service *service;
	struct urne_server_options options;
	struct MHD_Daemon *daemon;
	struct urne_connections *connections;
	struct urne_limiter *limiter;
	atomic_bool stopping;
	atomic_size_t num_calls; /* requests that have begun and not ended */
};

/* One request as the library carries it. */
struct call {
	struct urne_exchange x; /* first, so that its request leads back here */
	struct urne_server *server;
	struct MHD_Connection *connection;
	struct urne_connection *place; /* in server->connections; NULL without memory */
	const char *target_end;	       /* in the library's memory */
	enum urne_step step;
	bool has_head;
	pthread_mutex_t lock;
	bool suspended, woken;
};

_Static_assert(offsetof(struct call, x) == 0 && offsetof(struct urne_exchange, r) == 0,
    "a request, its exchange and its call begin at the same place");

static struct call *
call_of(struct urne_request *r)
{
	return (struct call *)(void *)r;
}

/* Headers of the request. */

static struct urne_view
carrier_header(const struct urne_request *r, const char *name)
{
	const struct call *c = (const struct call *)(const void *)r;
	struct urne_view v = {"", 0};

	if (MHD_lookup_connection_value_n(
		c->connection, MHD_HEADER_KIND, name, strlen(name), &v.p, &v.len) != MHD_YES ||
	    v.p == NULL) {
		return (struct urne_view){"", 0};
	}
	return v;
}

static enum MHD_Result
put_line(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len, const char *value,
    size_t value_len)
{
	(void)kind;
	urne_http_head_put(cls, (struct urne_view){key, key_len},
	    (struct urne_view){value != NULL ? value : "", value_len});
	return MHD_YES;
}

/* Waiting. */

static void
carrier_wake(struct urne_request *r)
{
	struct call *c = call_of(r);

	(void)pthread_mutex_lock(&c->lock);
	c->woken = true;
	if (c->suspended) {
		MHD_resume_connection(c->connection);
	}
	/* the library frees the call only after it has had this lock: see on_completed */
	(void)pthread_mutex_unlock(&c->lock);
}

static const struct urne_carrier carrier = {carrier_header, carrier_wake};

/* wait_for_wake suspends the connection, or goes on when the board was faster. */
static void
wait_for_wake(struct call *c)
{
	(void)pthread_mutex_lock(&c->lock);
	if (!c->woken) {
		c->suspended = true;
		MHD_suspend_connection(c->connection);
	}
	(void)pthread_mutex_unlock(&c->lock);
}

static bool
was_woken(struct call *c)
{
	bool woken;

	(void)pthread_mutex_lock(&c->lock);
	woken = c->woken;
	(void)pthread_mutex_unlock(&c->lock);
	return woken;
}

/* Answers. */

static void
put_header(void *ctx, const char *name, const char *value)
{
	/* without memory a header is missing; the body still tells what happened */
	(void)MHD_add_response_header(ctx, name, value);
}

static struct MHD_Response *
make_response(struct urne_response *out)
{
	struct MHD_Response *response;

	if (out->fd >= 0) {
		response = MHD_create_response_from_fd_at_offset64(out->len, out->fd, out->offset);
		if (response != NULL) {
			out->fd = -1; /* the library owns it now */
		}
		return response;
	}
	if (out->kept.len > 0) {
		/* persistent: the library only reads it */
		return MHD_create_response_from_buffer(
		    out->kept.len, (void *)(uintptr_t)out->kept.p, MHD_RESPMEM_PERSISTENT);
	}
	if (out->body.len == 0) {
		return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	}
	response =
	    MHD_create_response_from_buffer(out->body.len, out->body.data, MHD_RESPMEM_MUST_FREE);
	if (response != NULL) {
		urne_buf_init(&out->body, 0); /* the library owns it now */
	}
	return response;
}

static void
count(struct urne_server *s, unsigned status)
{
	struct urne_metrics *m = urne_board_metrics(s->service->board);

	urne_metrics_add(m,
	    status >= 500   ? URNE_METRIC_REQUESTS_5XX
	    : status >= 400 ? URNE_METRIC_REQUESTS_4XX
			    : URNE_METRIC_REQUESTS_2XX,
	    1);
}

static void
deadline(struct call *c, uint64_t seconds)
{
	if (c->place != NULL) {
		urne_connection_deadline(c->server->connections, c->place, seconds);
	}
}

static enum MHD_Result
send_answer(struct call *c)
{
	struct MHD_Response *response = make_response(&c->x.out);
	enum MHD_Result result;

	if (response == NULL) {
		return MHD_NO;
	}
	urne_exchange_headers(&c->x, put_header, response);
	deadline(c, c->server->options.head_seconds + c->x.out.len / URNE_HTTP_MIN_RATE);
	result = MHD_queue_response(c->connection, c->x.status, response);
	MHD_destroy_response(response);
	count(c->server, c->x.status);
	return result;
}

/* act does what the exchange wants next. */
static enum MHD_Result
act(struct call *c)
{
	switch (c->step) {
	case URNE_STEP_READ:
		return MHD_YES;
	case URNE_STEP_ANSWER:
		return send_answer(c);
	case URNE_STEP_WAIT:
		deadline(c, 0);
		wait_for_wake(c);
		if (!c->suspended) {
			c->step = urne_exchange_finish(&c->x);
			return send_answer(c);
		}
		return MHD_YES;
	case URNE_STEP_CUT:
		return MHD_NO;
	}
	return MHD_NO;
}

/* Callbacks of the library, in the order in which they come. */

static enum MHD_Result
on_accept(void *cls, const struct sockaddr *sa, socklen_t len)
{
	struct urne_server *s = cls;
	struct urne_address a;

	(void)len;
	urne_address_of_socket(&a, sa);
	return urne_connections_may_open(s->connections, &a) ? MHD_YES : MHD_NO;
}

static void
on_connection(void *cls, struct MHD_Connection *connection, void **place,
    enum MHD_ConnectionNotificationCode what)
{
	struct urne_server *s = cls;
	const union MHD_ConnectionInfo *fd, *addr;
	struct urne_address a;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		urne_connections_close(s->connections, *place);
		*place = NULL;
		return;
	}
	fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	addr = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (fd == NULL || addr == NULL) {
		return;
	}
	urne_address_of_socket(&a, addr->client_addr);
	*place = urne_connections_open(s->connections, fd->connect_fd, &a);
	if (*place != NULL) {
		urne_connection_deadline(s->connections, *place, s->options.head_seconds);
	}
}

/* on_target: the request line is there; what comes back is the request's context. */
static void *
on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct urne_server *s = cls;
	struct call *c = calloc(1, sizeof(*c));
	const union MHD_ConnectionInfo *place;

	if (c == NULL || pthread_mutex_init(&c->lock, NULL) != 0) {
		free(c);
		return NULL;
	}
	place = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	c->place = place != NULL ? place->socket_context : NULL;
	c->server = s;
	c->connection = connection;
	c->target_end = target + strlen(target);
	urne_exchange_init(&c->x, s->service, &carrier, target);
	atomic_fetch_add(&s->num_calls, 1);
	return c;
}

/* Nothing is decoded: the route table says why. */
static size_t
keep_escapes(void *cls, struct MHD_Connection *connection, char *s)
{
	(void)cls;
	(void)connection;
	return strlen(s);
}

static enum urne_step
take_head(struct call *c, const char *method)
{
	struct urne_server *s = c->server;
	struct urne_http_head head = {0};
	struct urne_address nobody = {{0}};
	const struct urne_address *peer =
	    c->place != NULL ? urne_connection_address(c->place) : &nobody;
	struct urne_asked asked = {.method = urne_view_of(method),
	    .head = &head,
	    .limiter = s->limiter,
	    .now_ms = urne_now_ms(),
	    .stopping = atomic_load(&s->stopping)};
	enum urne_step step;

	(void)MHD_get_connection_values_n(c->connection, MHD_HEADER_KIND, put_line, &head);
	asked.from =
	    urne_http_head_from(&head, peer, urne_connections_is_proxy(s->connections, peer));
	step = urne_exchange_head(&c->x, &asked);
	/* of a body that nobody announced the length of, the cap is the announcement */
	deadline(c, s->options.head_seconds +
			(head.chunked ? c->x.r.body.max : head.length) / URNE_HTTP_MIN_RATE);
	return step;
}

static enum MHD_Result
on_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *data, size_t *data_len, void **context)
{
	struct call *c = *context;

	(void)cls;
	(void)connection;
	(void)url;
	if (c == NULL) {
		return MHD_NO; /* there was no memory for it */
	}
	if (!c->has_head) {
		c->has_head = true;
		/* libmicrohttpd 0.9.75, 2026-11: the version stands right behind the target, but
		 * when a zero byte is in the target, of which we would see the beginning */
		if (version != c->target_end + 1) {
			c->x.target[0] = '\0';
		}
		c->step = take_head(c, method);
		return act(c);
	}
	if (c->step == URNE_STEP_READ && *data_len > 0) {
		c->step = urne_exchange_piece(&c->x, (struct urne_view){data, *data_len});
		*data_len = 0;
		return act(c);
	}
	if (c->step == URNE_STEP_READ) {
		c->step = urne_exchange_end(&c->x);
		return act(c);
	}
	if (c->step == URNE_STEP_WAIT && was_woken(c)) {
		c->step = urne_exchange_finish(&c->x);
		return act(c);
	}
	return c->step == URNE_STEP_WAIT ? MHD_YES : MHD_NO;
}

static void
on_completed(void *cls, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode why)
{
	struct urne_server *s = cls;
	struct call *c = *context;

	(void)connection;
	(void)why;
	if (c == NULL) {
		return;
	}
	*context = NULL;
	/* the next request of this connection has as long as the first */
	deadline(c, s->options.head_seconds);
	/* whoever woke it may still be in carrier_wake */
	(void)was_woken(c);
	urne_exchange_clear(&c->x);
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
	atomic_fetch_sub(&s->num_calls, 1);
}

/* The daemon. */

void
urne_server_defaults(struct urne_server_options *o)
{
	*o = (struct urne_server_options){.listener = -1,
	    .num_threads = 2,
	    .max_connections = URNE_HTTP_CONNECTIONS,
	    .max_per_address = URNE_HTTP_CONNECTIONS_PER_ADDRESS,
	    .idle_seconds = URNE_HTTP_IDLE,
	    .head_seconds = URNE_HTTP_HEAD_SECONDS,
	    .rate = URNE_HTTP_RATE};
}

static struct MHD_Daemon *
start_daemon(struct urne_server *s)
{
	const struct urne_server_options *o = &s->options;
	bool tls = o->tls_cert != NULL;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			 (tls ? (unsigned)MHD_USE_TLS : 0);
	/* MHD_OPTION_END ends the list where an option is not wanted */
	struct MHD_OptionItem more[] = {
	    {o->num_threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_STRICT_FOR_CLIENT,
		o->num_threads > 1 ? (intptr_t)o->num_threads : 1, NULL},
	    {tls ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, o->tls_cert},
	    {MHD_OPTION_HTTPS_MEM_KEY, 0, o->tls_key},
	    {MHD_OPTION_END, 0, NULL},
	};

	return MHD_start_daemon(flags, 0, on_accept, s, on_request, s, MHD_OPTION_LISTEN_SOCKET,
	    o->listener, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)o->max_connections, MHD_OPTION_CONNECTION_TIMEOUT, o->idle_seconds,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
	    s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_URI_LOG_CALLBACK, on_target,
	    s, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, s, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	    MHD_OPTION_ARRAY, more, MHD_OPTION_END);
}

static enum urne_err
start_parts(struct urne_server *s, struct urne_diag *d)
{
	struct urne_server_options *o = &s->options;

	if (o->tls_cert != NULL && MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES) {
		return urne_fail(d, URNE_ERR_UNSUPPORTED,
		    "libmicrohttpd was built without TLS; put a proxy in front of the board");
	}
	s->limiter = urne_limiter_new(o->rate);
	s->connections = urne_connections_new(
	    o->max_per_address, o->proxies, o->num_proxies, urne_board_metrics(s->service->board));
	if (s->limiter == NULL || s->connections == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory or no thread for the server");
	}
	s->daemon = start_daemon(s);
	if (s->daemon == NULL && o->tls_cert != NULL) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the server does not start: certificate and key must be PEM, and belong "
		    "together");
	}
	if (s->daemon == NULL) {
		return urne_fail(d, URNE_ERR_IO, "the server does not start");
	}
	return URNE_OK;
}

enum urne_err
urne_server_start(struct urne_server **out, struct urne_diag *d, struct urne_service *service,
    const struct urne_server_options *o)
{
	struct urne_server *s = calloc(1, sizeof(*s));
	enum urne_err e;

	*out = NULL;
	if (s == NULL) {
		return urne_fail(d, URNE_ERR_MEMORY, "no memory for the server");
	}
	s->service = service;
	s->options = *o;
	e = start_parts(s, d);
	if (e != URNE_OK) {
		urne_connections_free(s->connections);
		urne_limiter_free(s->limiter);
		free(s);
		return e;
	}
	*out = s;
	return URNE_OK;
}

/* wait_for_calls waits until no request is on its way, at most so long; ms 0: for ever. */
static void
wait_for_calls(struct urne_server *s, uint64_t ms)
{
	static const struct timespec moment = {.tv_nsec = 10000000};
	uint64_t start = urne_now_ms();

	while (atomic_load(&s->num_calls) > 0 && (ms == 0 || urne_now_ms() - start < ms)) {
		(void)nanosleep(&moment, NULL);
	}
}

void
urne_server_stop(struct urne_server *s, unsigned seconds)
{
	if (s == NULL) {
		return;
	}
	atomic_store(&s->stopping, true);
	(void)MHD_quiesce_daemon(s->daemon);
	wait_for_calls(s, (uint64_t)seconds * 1000);
	/* what is left waits for its client, who is cut off, or for the board, which answers */
	urne_connections_cut(s->connections);
	wait_for_calls(s, 0);
	MHD_stop_daemon(s->daemon);
	(void)close(s->options.listener);
	urne_connections_free(s->connections);
	urne_limiter_free(s->limiter);
	free(s);
}
