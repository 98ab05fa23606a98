/* SPDX-License-Identifier: EUPL-1.2 */
/* Voters, many at once: takes the ballots of an archive (bench_archive makes some) to a board.
 *     bench_board ceiling ARCHIVE THREADS           proof checking alone, one JSON line
 *     bench_board setup ARCHIVE KEY SERVICE DRAFT SEAL OPEN    what brings the election to a board:
 *         the draft of its Setup and the orders to seal and to open it go to new files
 *     bench_board cast|cast-hinted ARCHIVE PORT CONNECTIONS RECEIPTS [SECONDS [KILLS VICTIM]]
 * cast posts every ballot to 127.0.0.1:PORT, as many at a time as there are connections, writes
 * each receipt as a line to the file RECEIPTS once it is there, and prints one JSON line. A
 * connection that breaks or is told to wait sends its ballot again, for at most SECONDS (default
 * 60) without any receipt: so it also serves tests of boards that die. With KILLS it kills the
 * board itself so many times, whose process id is in the file VICTIM each time; somebody else
 * starts it again. Every voter names an address of its own in X-Forwarded-For, for a board that
 * runs with
 * --proxy 127.0.0.1. cast-hinted sends hints with each ballot, which are made before the first is
 * sent, as voters make theirs. */
#include "tests/bench/bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/pool.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/event.h"
#include "bulletin/log/journal_entry.h"
#include "crypto/secret/signer.h"
#include "election/ballot_hints.h"
#include "election/credentials.h"
#include "tests/bench/support/board_killer.h"

#define MAX_CONNECTIONS 1024
#define MAX_ANSWER	((size_t)1 << 17)

/* An archive's Setup and ballots in memory. */
struct votes {
	struct urne_buf setup[URNE_MAX_EVENT_DATA];
	size_t num_setup;
	uint64_t timestamp;
	struct urne_buf *ballots;
	size_t num, cap;
};

static void
fail(const char *what, const struct urne_diag *d)
{
	fprintf(stderr, "bench_board: %s: %s\n", what, d != NULL ? d->text : strerror(errno));
	exit(1);
}

static void
load(struct urne_archive *a, struct urne_buf *out, const struct urne_record *rec)
{
	struct urne_diag d = {{0}};

	urne_buf_init(out, URNE_MAX_RECORD);
	if (urne_archive_load(a, out, &d, rec) != URNE_OK) {
		fail("archive", &d);
	}
}

static void
read_votes(struct votes *v, const char *path)
{
	struct urne_archive *a = NULL;
	struct urne_chain chain = {.stage = URNE_STAGE_EMPTY};
	enum urne_log_fault fault;
	struct urne_log_item item;
	struct urne_diag d = {{0}};
	bool done = false;

	memset(v, 0, sizeof(*v));
	if (urne_archive_open(&a, &d, path) != URNE_OK) {
		fail("archive", &d);
	}
	while (chain.num_of[URNE_EVENT_END_BALLOTS] == 0 && !done) {
		if (urne_log_next(a, &chain, &item, &done, &fault, &d) != URNE_OK) {
			fail("archive", &d);
		}
		if (!done && item.event.type == URNE_EVENT_SETUP) {
			v->num_setup = item.num_data;
			v->timestamp = urne_archive_timestamp(a);
			for (size_t i = 0; i < item.num_data; i++) {
				load(a, &v->setup[i], &item.data[i]);
			}
		} else if (!done && item.event.type == URNE_EVENT_BALLOT) {
			if (v->num == v->cap) {
				v->cap = v->cap == 0 ? 1024 : 2 * v->cap;
				v->ballots = realloc(v->ballots, v->cap * sizeof(*v->ballots));
				if (v->ballots == NULL) {
					abort();
				}
			}
			load(a, &v->ballots[v->num++], &item.data[0]);
		}
	}
	urne_archive_close(a);
}

/* The identifier that the ballots carry; one per run. */
static const char *
uuid_of(const struct votes *v)
{
	static char uuid[URNE_TEXT_MAX];
	static const char field[] = "\"election_uuid\":\"";
	const char *p = v->num > 0 ? strstr(v->ballots[0].data, field) : NULL;
	size_t len;

	if (p == NULL) {
		fprintf(stderr, "bench_board: the archive has no ballot\n");
		exit(1);
	}
	p += sizeof(field) - 1;
	len = strcspn(p, "\"");
	if (len >= sizeof(uuid)) {
		exit(1);
	}
	memcpy(uuid, p, len);
	uuid[len] = '\0';
	return uuid;
}

/* --- proof checking alone --- */

struct ceiling {
	const struct votes *v;
	struct urne_election e;
	struct urne_credentials *credentials;
	struct urne_arena arena[URNE_MAX_THREADS];
};

static void
check_one(void *ctx, size_t i, size_t t)
{
	struct ceiling *c = ctx;
	struct urne_diag d = {{0}};
	struct urne_ballot b;
	size_t member;

	urne_arena_reset(&c->arena[t]);
	if (urne_ballot_check(&b, &member, &c->arena[t], &d, &c->e, c->credentials,
		urne_buf_view(&c->v->ballots[i])) != URNE_OK) {
		fail("ballot", &d);
	}
}

/* prepare reads the Setup, for the threads of a pool; once in a run. */
static struct ceiling *
prepare(const struct votes *v, struct urne_pool *pool)
{
	static struct ceiling c;
	static struct urne_arena arena;
	struct urne_diag d = {{0}};

	c.v = v;
	urne_arena_init(&arena, (size_t)1 << 30);
	if (urne_election_parse(&c.e, &arena, &d, urne_buf_view(&v->setup[0])) != URNE_OK ||
	    urne_election_prepare(&c.e, &arena, &d) != URNE_OK ||
	    urne_credentials_parse(
		&c.credentials, c.e.group, &d, urne_buf_view(&v->setup[2]), pool) != URNE_OK) {
		fail("setup", &d);
	}
	for (size_t t = 0; t < urne_pool_size(pool); t++) {
		urne_arena_init(&c.arena[t], (size_t)1 << 28);
	}
	return &c;
}

static void
add_hints(void *ctx, size_t i, size_t t)
{
	struct ceiling *c = ctx;
	struct urne_buf *text = &c->v->ballots[i];
	size_t len = urne_ballot_num_points(&c->e) * URNE_HINT_LEN;
	struct urne_diag d = {{0}};
	struct urne_ballot b;
	struct urne_buf hints;
	char *room;

	urne_arena_reset(&c->arena[t]);
	urne_buf_init(&hints, len + 1);
	room = urne_buf_grow(&hints, len);
	if (room == NULL ||
	    urne_ballot_read(&b, &c->arena[t], &d, &c->e, urne_buf_view(text)) != URNE_OK ||
	    urne_ballot_hints_make((uint8_t *)room, &b, &c->e) != URNE_OK) {
		fail("hints", &d);
	}
	hints.len = len;
	urne_buf_putc(text, '\n');
	urne_buf_put_view(text, urne_buf_view(&hints));
	urne_buf_clear(&hints);
}

static int
run_ceiling(const char *path, size_t threads)
{
	struct urne_pool *pool = urne_pool_new(threads);
	struct ceiling *c;
	struct votes v;
	double start;

	read_votes(&v, path);
	c = prepare(&v, pool);
	start = bench_now();
	urne_pool_for(pool, v.num, check_one, c);
	start = bench_now() - start;
	urne_pool_free(pool);
	printf("{\"bench\":\"board_ceiling\",\"group\":\"%s\",\"ballots\":%zu,\"threads\":%zu,"
	       "\"ballots_per_s\":%.1f}\n",
	    c->e.group->name, v.num, threads, (double)v.num / start);
	return 0;
}

/* --- the Setup --- */

static void
read_signer(struct urne_signer *out, const char *path)
{
	struct urne_diag d = {{0}};
	struct urne_buf text;

	urne_buf_init_secret(&text, URNE_MAX_SMALL_FILE);
	if (urne_file_read(&text, &d, path) != URNE_OK) {
		fail("key", &d);
	}
	text.len -= text.len > 0 && text.data[text.len - 1] == '\n' ? 1 : 0;
	if (urne_signer_read(out, &d, urne_buf_view(&text)) != URNE_OK) {
		fail("key", &d);
	}
	urne_buf_clear(&text);
}

static void
write_file(const char *path, const struct urne_buf *text)
{
	struct urne_diag d = {{0}};

	if (urne_buf_error(text) != URNE_OK ||
	    urne_file_create(&d, path, URNE_FILE_PUBLIC, urne_buf_view(text)) != URNE_OK) {
		fail(path, &d);
	}
}

/* write_order writes an order of now, signed, to a file. */
static void
write_order(
    const char *path, struct urne_order *o, const char *service, const struct urne_signer *signer)
{
	struct urne_buf origin, text, note;

	urne_buf_init(&origin, URNE_NOTE_MAX);
	urne_buf_init(&text, URNE_NOTE_MAX);
	urne_buf_init(&note, URNE_NOTE_MAX);
	urne_origin_write(&origin, urne_view_of(service), urne_view_of(URNE_JOURNAL_NAME));
	o->origin = urne_buf_view(&origin);
	o->issued = (int64_t)time(NULL);
	urne_order_write(&text, o);
	urne_buf_put_view(&note, urne_buf_view(&text));
	urne_buf_putc(&note, '\n');
	if (urne_signer_sign(&note, signer, urne_buf_view(&text)) != URNE_OK) {
		fail("order", NULL);
	}
	write_file(path, &note);
	urne_buf_clear(&note);
	urne_buf_clear(&text);
	urne_buf_clear(&origin);
}

static int
run_setup(char **argv)
{
	struct urne_order seal = {.action = URNE_ACTION_SEAL,
	    .value = {{NULL, 0}, urne_view_of("-"), urne_view_of("1"), urne_view_of("-"),
		urne_view_of("-"), urne_view_of("test")},
	    .num_values = 6};
	struct urne_order open = {.action = URNE_ACTION_OPEN};
	struct urne_signer signer;
	struct urne_hash hash = {{0}};
	char hex[URNE_HASH_HEX_LEN];
	struct urne_buf out;
	struct votes v;

	read_votes(&v, argv[2]);
	read_signer(&signer, argv[3]);
	urne_buf_init(&out, (size_t)4 * URNE_MAX_RECORD);
	urne_record_put_header(&out, v.timestamp);
	for (size_t i = 0; i < v.num_setup; i++) {
		urne_record_put(
		    &out, &hash, URNE_RECORD_DATA, urne_buf_view(&v.setup[i]), v.timestamp);
	}
	write_file(argv[5], &out);
	urne_hex_encode(hex, hash.b, sizeof(hash.b)); /* of the last record */
	seal.value[URNE_SEAL_SETUP] = (struct urne_view){hex, sizeof(hex)};
	seal.election = urne_view_of(uuid_of(&v));
	open.election = seal.election;
	write_order(argv[6], &seal, argv[4], &signer);
	write_order(argv[7], &open, argv[4], &signer);
	urne_signer_clear(&signer);
	urne_buf_clear(&out);
	return 0;
}

/* --- voters --- */

enum phase {
	PHASE_IDLE,
	PHASE_WAITING, /* told to wait, or the board is down */
	PHASE_SENDING,
	PHASE_READING,
};

struct voter {
	int fd;
	enum phase phase;
	size_t ballot;
	double started, retry_at;
	char head[2 * URNE_TEXT_MAX];
	size_t head_len, sent;
	char *answer;
	size_t got;
};

struct load {
	const struct votes *v;
	struct sockaddr_in to;
	const char *uuid, *type;
	int epoll;
	FILE *receipts;
	struct voter voter[MAX_CONNECTIONS];
	size_t num_voters;
	size_t next, done, retries;
	double *latency;
	double *when; /* each receipt came */
	double last;  /* receipt */
	struct board_killer killer;
};

static void
hang_up(struct voter *o, double now, double wait)
{
	if (o->fd >= 0) {
		(void)close(o->fd);
	}
	o->fd = -1;
	o->phase = PHASE_WAITING;
	o->retry_at = now + wait;
}

static void
watch(struct load *l, struct voter *o, uint32_t events, int op)
{
	struct epoll_event ev = {.events = events, .data.ptr = o};

	if (epoll_ctl(l->epoll, op, o->fd, &ev) != 0) {
		fail("epoll_ctl", NULL);
	}
}

/* start sends the voter's ballot, on the connection it has or on a new one. */
static void
start(struct load *l, struct voter *o, double now)
{
	const struct urne_buf *ballot = &l->v->ballots[o->ballot];
	int one = 1;

	if (o->fd < 0) {
		o->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (o->fd < 0) {
			fail("socket", NULL);
		}
		(void)setsockopt(o->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		if (connect(o->fd, (const struct sockaddr *)&l->to, sizeof(l->to)) != 0 &&
		    errno != EINPROGRESS) {
			hang_up(o, now, 0.05);
			return;
		}
		watch(l, o, EPOLLOUT, EPOLL_CTL_ADD);
	} else {
		watch(l, o, EPOLLOUT, EPOLL_CTL_MOD);
	}
	o->head_len = (size_t)snprintf(o->head, sizeof(o->head),
	    "POST /bb/%s/ballots HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	    "X-Forwarded-For: 10.%zu.%zu.%zu\r\n"
	    "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
	    l->uuid, o->ballot >> 16 & 255, o->ballot >> 8 & 255, o->ballot & 255, l->type,
	    ballot->len);
	o->sent = 0;
	o->got = 0;
	o->phase = PHASE_SENDING;
}

static void
take_next(struct load *l, struct voter *o, double now)
{
	if (l->next == l->v->num) {
		o->phase = PHASE_IDLE;
		if (o->fd >= 0) {
			(void)close(o->fd);
			o->fd = -1;
		}
		return;
	}
	o->ballot = l->next++;
	o->started = now;
	start(l, o, now);
}

static void
go_on_sending(struct load *l, struct voter *o, double now)
{
	const struct urne_buf *ballot = &l->v->ballots[o->ballot];
	size_t total = o->head_len + ballot->len;

	while (o->sent < total) {
		bool in_head = o->sent < o->head_len;
		const char *p =
		    in_head ? o->head + o->sent : ballot->data + (o->sent - o->head_len);
		size_t len = in_head ? o->head_len - o->sent : total - o->sent;
		ssize_t n = send(o->fd, p, len, MSG_NOSIGNAL | (in_head ? MSG_MORE : 0));

		if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			return;
		}
		if (n < 0) {
			l->retries++;
			hang_up(o, now, 0.05);
			return;
		}
		o->sent += (size_t)n;
	}
	o->phase = PHASE_READING;
	watch(l, o, EPOLLIN, EPOLL_CTL_MOD);
}

/* finish judges a whole answer: 200 is a receipt, 429 and 503 come back, anything else is the end.
 */
static void
finish(struct load *l, struct voter *o, size_t head_len, size_t body_len, double now)
{
	if (strncmp(o->answer, "HTTP/1.1 503", 12) == 0 ||
	    strncmp(o->answer, "HTTP/1.1 429", 12) == 0) {
		l->retries++;
		hang_up(o, now, 0.2);
		return;
	}
	if (strncmp(o->answer, "HTTP/1.1 200", 12) != 0) {
		fprintf(stderr, "bench_board: ballot %zu: %s\n", o->ballot, o->answer);
		exit(1);
	}
	if (fwrite(o->answer + head_len, 1, body_len, l->receipts) != body_len ||
	    fputc('\n', l->receipts) == EOF || fflush(l->receipts) != 0) {
		fail("receipts", NULL);
	}
	l->when[l->done] = now;
	l->latency[l->done++] = now - o->started;
	l->last = now;
	take_next(l, o, now);
}

static void
go_on_reading(struct load *l, struct voter *o, double now)
{
	ssize_t n = recv(o->fd, o->answer + o->got, MAX_ANSWER - 1 - o->got, 0);
	const char *end, *length;
	size_t head_len, body_len;

	if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		return;
	}
	if (n <= 0) {
		l->retries++;
		hang_up(o, now, 0.05);
		return;
	}
	o->got += (size_t)n;
	o->answer[o->got] = '\0';
	end = strstr(o->answer, "\r\n\r\n");
	length = strcasestr(o->answer, "\r\nContent-Length: ");
	if (end == NULL || length == NULL) {
		return;
	}
	head_len = (size_t)(end - o->answer) + 4;
	body_len = (size_t)strtoul(length + 18, NULL, 10);
	if (o->got >= head_len + body_len) {
		finish(l, o, head_len, body_len, now);
	}
}

static void
wake_waiting(struct load *l, double now)
{
	for (size_t i = 0; i < l->num_voters; i++) {
		if (l->voter[i].phase == PHASE_WAITING && l->voter[i].retry_at <= now) {
			start(l, &l->voter[i], now);
		}
	}
}

/* Ballots that are on their way, or there, and have no answer. */
static size_t
num_asking(const struct load *l)
{
	size_t num = 0;

	for (size_t i = 0; i < l->num_voters; i++) {
		num += l->voter[i].phase == PHASE_SENDING || l->voter[i].phase == PHASE_READING;
	}
	return num;
}

static void
look_to_kill(struct load *l, double now)
{
	if (!board_killer_look(&l->killer, l->done, num_asking(l), now)) {
		exit(1);
	}
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
work(struct load *l, double patience)
{
	struct epoll_event ready[64];

	while (l->done < l->v->num) {
		int n = epoll_wait(l->epoll, ready, 64, l->killer.near ? 1 : 20);
		double now = bench_now();

		for (int i = 0; i < n; i++) {
			struct voter *o = ready[i].data.ptr;

			if (o->phase == PHASE_SENDING) {
				go_on_sending(l, o, now);
			} else if (o->phase == PHASE_READING) {
				go_on_reading(l, o, now);
				look_to_kill(l, now);
			}
		}
		look_to_kill(l, now);
		wake_waiting(l, now);
		if (now - l->last > patience) {
			fprintf(stderr, "bench_board: no receipt for %.0f seconds\n", patience);
			exit(1);
		}
	}
}

/* Receipts a second without the first and the last tenth: while the first batch is gathered and the
 * last one published nothing is checked, and that is so once, however long people vote. */
static double
steady(const struct load *l)
{
	size_t first = l->done / 10, last = l->done - 1 - l->done / 10;
	double spent = last > first ? l->when[last] - l->when[first] : 0;

	return spent > 0 ? (double)(last - first) / spent : 0;
}

static int
run_cast(int argc, char **argv, bool hinted)
{
	static struct load l;
	static struct votes v;
	double begin, spent;

	read_votes(&v, argv[2]);
	l.v = &v;
	l.to.sin_family = AF_INET;
	l.to.sin_port = htons((uint16_t)strtoul(argv[3], NULL, 10));
	l.to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	l.num_voters = (size_t)strtoul(argv[4], NULL, 10);
	l.receipts = fopen(argv[5], "ae");
	l.epoll = epoll_create1(EPOLL_CLOEXEC);
	l.latency = calloc(v.num + 1, sizeof(*l.latency));
	l.when = calloc(v.num + 1, sizeof(*l.when));
	if (l.num_voters == 0 || l.num_voters > MAX_CONNECTIONS || l.receipts == NULL ||
	    l.epoll < 0 || l.latency == NULL || l.when == NULL || v.num == 0) {
		fail("cannot begin", NULL);
	}
	l.uuid = uuid_of(&v);
	l.type = hinted ? "application/vnd.urne.hinted-ballot" : "application/json";
	if (hinted) {
		struct urne_pool *pool = urne_pool_new(0);

		urne_pool_for(pool, v.num, add_hints, prepare(&v, pool));
		urne_pool_free(pool);
	}
	if (argc > 8 && !board_killer_init(&l.killer, argv[8], (size_t)strtoul(argv[7], NULL, 10),
			    v.num, l.num_voters)) {
		fprintf(stderr, "bench_board: too few voters for so many kills\n");
		return 1;
	}
	begin = bench_now();
	l.last = begin;
	for (size_t i = 0; i < l.num_voters; i++) {
		l.voter[i].fd = -1;
		l.voter[i].answer = malloc(MAX_ANSWER);
		if (l.voter[i].answer == NULL) {
			abort();
		}
		take_next(&l, &l.voter[i], begin);
	}
	work(&l, argc > 6 ? strtod(argv[6], NULL) : 60);
	spent = bench_now() - begin;
	qsort(l.latency, l.done, sizeof(*l.latency), by_size);
	printf("{\"bench\":\"board_cast\",\"hints\":%s,\"ballots\":%zu,\"connections\":%zu,"
	       "\"ballots_per_s\":%.1f,\"steady_per_s\":%.1f,\"retries\":%zu,\"p50_ms\":%.1f,"
	       "\"p95_ms\":%.1f,\"p99_ms\":%.1f,\"max_ms\":%.1f",
	    hinted ? "true" : "false", l.done, l.num_voters, (double)l.done / spent, steady(&l),
	    l.retries, 1e3 * l.latency[l.done / 2], 1e3 * l.latency[l.done * 95 / 100],
	    1e3 * l.latency[l.done * 99 / 100], 1e3 * l.latency[l.done - 1]);
	if (l.killer.made > 0) {
		printf(
		    ",\"kills\":%zu,\"fewest_asking\":%zu", l.killer.made, l.killer.fewest_asking);
	}
	printf("}\n");
	return fclose(l.receipts) == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	if (argc == 1) {
		return 0;
	}
	if (argc == 4 && strcmp(argv[1], "ceiling") == 0) {
		return run_ceiling(argv[2], (size_t)strtoul(argv[3], NULL, 10));
	}
	if (argc == 8 && strcmp(argv[1], "setup") == 0) {
		return run_setup(argv);
	}
	if ((argc == 6 || argc == 7 || argc == 9) && strcmp(argv[1], "cast") == 0) {
		return run_cast(argc, argv, false);
	}
	if ((argc == 6 || argc == 7 || argc == 9) && strcmp(argv[1], "cast-hinted") == 0) {
		return run_cast(argc, argv, true);
	}
	fprintf(stderr,
	    "usage: bench_board ceiling ARCHIVE THREADS |\n"
	    "       setup ARCHIVE KEY SERVICE DRAFT SEAL OPEN |\n"
	    "       cast|cast-hinted ARCHIVE PORT CONNECTIONS RECEIPTS [SECONDS [KILLS VICTIM]]\n");
	return 2;
}
