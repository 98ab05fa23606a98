/* SPDX-License-Identifier: EUPL-1.2 */
/* The numbers have a table with their names and words; counters that share a name differ by one
 * label, and stand beside each other in it. */
#include "bulletin/server/metrics.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

struct line {
	const char *name, *label;
	bool gauge, micros; /* micros: counted so, shown in seconds */
	const char *help;
};

static const struct line lines[URNE_NUM_METRICS] = {
    [URNE_METRIC_BALLOTS_ACCEPTED] = {"urne_ballots_total", "outcome=\"accepted\"", false, false,
	"Ballots by what became of them."},
    [URNE_METRIC_BALLOTS_REPEATED] = {"urne_ballots_total", "outcome=\"repeated\"", false, false,
	NULL},
    [URNE_METRIC_BALLOTS_REFUSED] = {"urne_ballots_total", "outcome=\"refused\"", false, false,
	NULL},
    [URNE_METRIC_EVENTS_ACCEPTED] = {"urne_events_total", NULL, false, false,
	"Events of officials that were recorded."},
    [URNE_METRIC_OVERLOADS] = {"urne_overloads_total", NULL, false, false,
	"Submissions turned away because too many were waiting."},
    [URNE_METRIC_BATCHES] = {"urne_batches_total", NULL, false, false, "Group commits."},
    [URNE_METRIC_COMMIT_MICROS] = {"urne_commit_seconds_total", NULL, false, true,
	"Time spent in transactions of both databases."},
    [URNE_METRIC_PUBLISH_MICROS] = {"urne_publish_seconds_total", NULL, false, true,
	"Time spent in writing published files."},
    [URNE_METRIC_CHECK_MICROS] = {"urne_check_seconds_total", NULL, false, true,
	"Time spent in checking ballots, over all threads."},
    [URNE_METRIC_HINTED_GOOD] = {"urne_hinted_ballots_total", "check=\"hints\"", false, false,
	"Ballots that came with hints, by what they were checked by in the end."},
    [URNE_METRIC_HINTED_EXACT] = {"urne_hinted_ballots_total", "check=\"exact\"", false, false,
	NULL},
    [URNE_METRIC_HINTED_1] = {"urne_hinted_batches_total", "size=\"1\"", false, false,
	"Batches in which ballots with hints were checked together, by their size."},
    [URNE_METRIC_HINTED_15] = {"urne_hinted_batches_total", "size=\"2-15\"", false, false, NULL},
    [URNE_METRIC_HINTED_63] = {"urne_hinted_batches_total", "size=\"16-63\"", false, false, NULL},
    [URNE_METRIC_HINTED_MORE] = {"urne_hinted_batches_total", "size=\"64-\"", false, false, NULL},
    [URNE_METRIC_HINTS_KEPT] = {"urne_hints_total", "outcome=\"kept\"", false, false,
	"Ballots that were published with hints, and without."},
    [URNE_METRIC_HINTS_LOST] = {"urne_hints_total", "outcome=\"missing\"", false, false, NULL},
    [URNE_METRIC_QUEUE_CHECK] = {"urne_queue_length", "queue=\"check\"", true, false,
	"Submissions that wait."},
    [URNE_METRIC_QUEUE_WRITE] = {"urne_queue_length", "queue=\"write\"", true, false, NULL},
    [URNE_METRIC_ELECTIONS] = {"urne_elections", NULL, true, false, "Elections on this board."},
    [URNE_METRIC_CONNECTIONS] = {"urne_connections", NULL, true, false, "Open connections."},
    [URNE_METRIC_REQUESTS_2XX] = {"urne_requests_total", "class=\"2xx\"", false, false,
	"Answers by class of status."},
    [URNE_METRIC_REQUESTS_4XX] = {"urne_requests_total", "class=\"4xx\"", false, false, NULL},
    [URNE_METRIC_REQUESTS_5XX] = {"urne_requests_total", "class=\"5xx\"", false, false, NULL},
    [URNE_METRIC_CONNECTIONS_CUT] = {"urne_connections_cut_total", NULL, false, false,
	"Connections that were too slow or too many."},
};

int64_t
urne_metrics_get(struct urne_metrics *m, enum urne_metric which)
{
	return atomic_load_explicit(&m->value[which], memory_order_relaxed);
}

void
urne_metrics_add(struct urne_metrics *m, enum urne_metric which, int64_t n)
{
	atomic_fetch_add_explicit(&m->value[which], n, memory_order_relaxed);
}

void
urne_metrics_write(struct urne_buf *out, struct urne_metrics *m)
{
	for (size_t i = 0; i < URNE_NUM_METRICS; i++) {
		const struct line *l = &lines[i];
		int64_t v = atomic_load_explicit(&m->value[i], memory_order_relaxed);

		if (l->help != NULL) {
			urne_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", l->name, l->help,
			    l->name, l->gauge ? "gauge" : "counter");
		}
		urne_buf_puts(out, l->name);
		if (l->label != NULL) {
			urne_buf_printf(out, "{%s}", l->label);
		}
		if (l->micros) {
			urne_buf_printf(
			    out, " %" PRId64 ".%06" PRId64 "\n", v / 1000000, v % 1000000);
		} else {
			urne_buf_printf(out, " %" PRId64 "\n", v);
		}
	}
}
