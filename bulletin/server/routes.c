/* SPDX-License-Identifier: EUPL-1.2 */
/* Matching paths, segment by segment. No path here needs an escape, so that none is decoded: what
 * has another spelling than ours is nothing we know. */
#include "bulletin/server/routes.h"

#include <string.h>

#include "base/limits.h"
#include "bulletin/log/tile.h"
#include "bulletin/server/draft.h"
#include "bulletin/server/handlers.h"
#include "election/election.h"

static const struct urne_route routes[] = {
    {"GET", "/healthz", &urne_handle_health, "whether the board works"},
    {"GET", "/metrics", &urne_handle_metrics, "numbers for Prometheus"},
    {"GET", "/", &urne_handle_pages, "the page of the board: its elections"},
    {"GET", "/vote/{uuid}", &urne_handle_pages, "the page to vote"},
    {"GET", "/observe/{uuid}", &urne_handle_pages, "the page to observe"},
    {"GET", "/result/{uuid}", &urne_handle_pages, "the page with the result"},
    {"GET", "/receipt", &urne_handle_pages, "the page that checks a receipt"},
    {"GET", "/audit", &urne_handle_pages, "the page that checks an opened ballot"},
    {"GET", "/pages/{path}", &urne_handle_pages, "what the pages consist of"},
    {"GET", "/bb/log-list.1", &urne_handle_static, "the logs of this service"},
    {"GET", "/bb/journal/orders", &urne_handle_waiting, "orders that wait for signatures"},
    {"POST", "/bb/journal/orders", &urne_handle_order, "order something, or sign an order"},
    {"GET", "/bb/{uuid}/checkpoint", &urne_handle_static, "the newest signed checkpoint"},
    {"GET", "/bb/{uuid}/tile/{tile}", &urne_handle_static, "a tile of the tree or of entries"},
    {"GET", "/bb/{uuid}/objects/{hash}", &urne_handle_static, "what an event names"},
    {"GET", "/bb/{uuid}/last-event", &urne_handle_static, "the last event and the length"},
    {"GET", "/bb/{uuid}/archive-header", &urne_handle_static, "the archive's first record"},
    {"GET", "/bb/{uuid}/election.bel", &urne_handle_static, "the archive"},
    {"GET", "/bb/{uuid}/hints", &urne_handle_static, "hints for the ballots, from anybody"},
    {"GET", "/bb/{uuid}/policy", &urne_handle_static, "whose signatures a checkpoint needs"},
    {"GET", "/bb/{uuid}/vote.json", &urne_handle_static, "the vote definition"},
    {"GET", "/bb/{uuid}/outcome.json", &urne_handle_outcome, "the decisions, for programs"},
    {"GET", "/bb/{uuid}/outcome.csv", &urne_handle_outcome, "the decisions, for spreadsheets"},
    {"GET", "/bb/{uuid}/minutes.json", &urne_handle_minutes, "the certified minutes"},
    {"PUT", "/bb/{uuid}/minutes.json", &urne_handle_minutes_put, "bring the certified minutes"},
    {"GET", "/bb/{uuid}/minutes.note", &urne_handle_minutes, "who signed the minutes"},
    {"PUT", "/bb/{uuid}/minutes.note", &urne_handle_minutes_put, "bring their signatures"},
    {"GET", "/bb/{uuid}/minutes.fr.html", &urne_handle_minutes_page,
	"the minutes to read, in French"},
    {"GET", "/bb/{uuid}/minutes.en.html", &urne_handle_minutes_page,
	"the minutes to read, in English"},
    {"GET", "/bb/{uuid}/receipt/{hash}", &urne_handle_receipt, "the receipt of a ballot"},
    {"GET", "/bb/{uuid}/status", &urne_handle_status, "where the election stands"},
    {"POST", "/bb/{uuid}/ballots", &urne_handle_ballots, "cast a ballot"},
    {"POST", "/bb/{uuid}/events/PartialDecryption", &urne_handle_events,
	"hand in a partial decryption"},
    {"GET", "/bb/{uuid}/draft/{draft}", &urne_handle_draft, "a part of what is not sealed yet"},
    {"PUT", "/bb/{uuid}/draft/definition", &urne_handle_draft_definition,
	"propose the vote definition"},
    {"PUT", "/bb/{uuid}/draft/setup", &urne_handle_draft_setup, "propose the Setup"},
    {"PUT", "/bb/{uuid}/draft/ceremony/{file}", &urne_handle_ceremony,
	"hand in a trustee's file of the ceremony"},
    {"POST", "/bb/{uuid}/rehearsals", &urne_handle_rehearsals, "hand in a trustee's rehearsal"},
};
#define NUM_ROUTES (sizeof(routes) / sizeof(routes[0]))

const struct urne_route *
urne_route(size_t i)
{
	return i < NUM_ROUTES ? &routes[i] : NULL;
}

/* What may stand for a name in braces. */

static bool
is_hash(struct urne_view v)
{
	struct urne_hash hash;

	return urne_hex_decode(hash.b, sizeof(hash.b), v) == URNE_OK;
}

/* The journal has what every log has. */
static bool
is_log(struct urne_view v)
{
	return urne_uuid_check(v) || urne_view_is(v, URNE_JOURNAL_NAME);
}

static bool
is_tile(struct urne_view v)
{
	char path[URNE_TILE_PATH_MAX] = "tile/";
	const size_t start = sizeof("tile/") - 1;
	struct urne_tile tile;

	if (v.len > sizeof(path) - start) {
		return false;
	}
	memcpy(path + start, v.p, v.len);
	return urne_tile_path_read(&tile, (struct urne_view){path, start + v.len}) == URNE_OK;
}

static bool
is_file(struct urne_view v)
{
	uint64_t round, trustee;

	return urne_draft_read_file(&round, &trustee, v);
}

/* The list of the pages decides what there is. */
static bool
is_any(struct urne_view v)
{
	return v.len > 0;
}

static const struct {
	const char *name;
	bool (*is)(struct urne_view v);
	bool all; /* of the path that is left; otherwise up to the next slash */
} parts[] = {
    {"{uuid}", is_log, false},
    {"{hash}", is_hash, false},
    {"{tile}", is_tile, true},
    {"{draft}", urne_draft_is_name, true},
    {"{file}", is_file, true},
    {"{path}", is_any, true},
};
#define NUM_PARTS (sizeof(parts) / sizeof(parts[0]))

/* take_part matches the name in braces at the start of *pattern and moves both on. */
static bool
take_part(struct urne_request *out, const char **pattern, struct urne_view *path)
{
	for (size_t i = 0; i < NUM_PARTS; i++) {
		size_t name_len = strlen(parts[i].name);
		const char *slash = path->len > 0 ? memchr(path->p, '/', path->len) : NULL;
		struct urne_view v = *path;

		if (strncmp(*pattern, parts[i].name, name_len) != 0) {
			continue;
		}
		if (!parts[i].all && slash != NULL) {
			v.len = (size_t)(slash - path->p);
		}
		if (!parts[i].is(v)) {
			return false;
		}
		*(i == 0 ? &out->uuid : &out->rest) = v;
		*pattern += name_len;
		*path = (struct urne_view){path->p + v.len, path->len - v.len};
		return true;
	}
	return false;
}

static bool
matches(struct urne_request *out, const char *pattern, struct urne_view path)
{
	out->uuid = out->rest = (struct urne_view){"", 0};
	while (*pattern != '\0') {
		if (*pattern == '{') {
			if (!take_part(out, &pattern, &path)) {
				return false;
			}
		} else if (path.len > 0 && *pattern == path.p[0]) {
			pattern++;
			path = (struct urne_view){path.p + 1, path.len - 1};
		} else {
			return false;
		}
	}
	return path.len == 0;
}

/* path_of takes scheme and host off a target in absolute form, and refuses every character that
 * stands in no path of ours. */
static bool
path_of(struct urne_view *path, struct urne_view target)
{
	static const char *const schemes[] = {"http://", "https://"};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t len = strlen(schemes[i]);

		if (!urne_view_starts(target, schemes[i])) {
			continue;
		}
		while (len < target.len && target.p[len] != '/') {
			len++;
		}
		target = (struct urne_view){target.p + len, target.len - len};
		break;
	}
	*path = target;
	for (size_t i = 0; i < target.len; i++) {
		char c = target.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    c != '.' && c != '_' && c != '-' && c != '/') {
			return false;
		}
	}
	return target.len > 0 && target.len <= URNE_HTTP_PATH;
}

static bool
is_method(const struct urne_route *route, struct urne_view method)
{
	return urne_view_is(method, route->method) ||
	       (urne_view_is(method, "HEAD") && strcmp(route->method, "GET") == 0);
}

enum urne_problem
urne_route_find(
    struct urne_request *out, struct urne_diag *d, struct urne_view method, struct urne_view target)
{
	struct urne_view path;
	bool there = false;

	out->route = NULL;
	out->path = (struct urne_view){"", 0};
	if (!path_of(&path, target)) {
		(void)urne_fail(d, URNE_ERR_SYNTAX,
		    "a path here has letters, digits and \". _ - /\", no escapes and no query");
		return URNE_PROBLEM_REQUEST;
	}
	out->path = path;
	for (size_t i = 0; i < NUM_ROUTES; i++) {
		if (matches(out, routes[i].pattern, path)) {
			there = true;
			if (is_method(&routes[i], method)) {
				out->route = &routes[i];
				return URNE_PROBLEM_NONE;
			}
		}
	}
	return there ? URNE_PROBLEM_METHOD : URNE_PROBLEM_NOT_FOUND;
}

bool
urne_route_page(struct urne_buf *out, struct urne_view target)
{
	const char *query = memchr(target.p, '?', target.len);
	struct urne_request r = {.route = NULL};
	struct urne_diag d = {{0}};
	const char *slash;
	bool is_below;

	target.len = query != NULL ? (size_t)(query - target.p) : target.len;
	is_below = target.len > 1 && target.p[target.len - 1] == '/';
	target.len -= is_below ? 1 : 0;
	if ((query == NULL && !is_below) ||
	    urne_route_find(&r, &d, urne_view_of("GET"), target) != URNE_PROBLEM_NONE ||
	    r.route->handler != &urne_handle_pages || r.rest.len > 0) {
		return false;
	}
	urne_buf_puts(out, is_below ? "../" : "./");
	slash = memrchr(r.path.p, '/', r.path.len);
	urne_buf_put(out, slash + 1, r.path.len - (size_t)(slash + 1 - r.path.p));
	return true;
}

void
urne_route_allow(struct urne_buf *out, struct urne_view target)
{
	struct urne_request r = {.route = NULL};
	struct urne_view path;

	if (!path_of(&path, target)) {
		return;
	}
	for (size_t i = 0; i < NUM_ROUTES; i++) {
		if (matches(&r, routes[i].pattern, path)) {
			urne_buf_printf(out, "%s, ", routes[i].method);
			urne_buf_puts(out, strcmp(routes[i].method, "GET") == 0 ? "HEAD, " : "");
		}
	}
	urne_buf_puts(out, "OPTIONS");
}
