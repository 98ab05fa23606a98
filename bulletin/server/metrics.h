/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers about the service, for Prometheus: a table of counters and gauges that any thread adds
 * to. Nothing in them tells one voter from another. */
#ifndef URNE_BULLETIN_SERVER_METRICS_H
#define URNE_BULLETIN_SERVER_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/buf.h"

enum urne_metric {
	URNE_METRIC_BALLOTS_ACCEPTED,
	URNE_METRIC_BALLOTS_REPEATED,
	URNE_METRIC_BALLOTS_REFUSED,
	URNE_METRIC_EVENTS_ACCEPTED,
	URNE_METRIC_OVERLOADS,	    /* submissions answered with 503 */
	URNE_METRIC_BATCHES,	    /* group commits */
	URNE_METRIC_COMMIT_MICROS,  /* spent in transactions of main.db and head.db */
	URNE_METRIC_PUBLISH_MICROS, /* spent in writing files */
	URNE_METRIC_CHECK_MICROS,   /* spent in checking ballots, over all threads */
	URNE_METRIC_HINTED_GOOD,    /* ballots with hints that were good by them */
	URNE_METRIC_HINTED_EXACT,   /* and those that were checked exactly after all */
	URNE_METRIC_HINTED_1,	    /* batches of one such ballot */
	URNE_METRIC_HINTED_15,	    /* of 2 to 15 */
	URNE_METRIC_HINTED_63,	    /* of 16 to 63 */
	URNE_METRIC_HINTED_MORE,    /* of more */
	URNE_METRIC_HINTS_KEPT,	    /* hints of ballots that were published with them */
	URNE_METRIC_HINTS_LOST,	    /* and those that were not, whatever the reason */
	URNE_METRIC_QUEUE_CHECK,    /* gauge: submissions waiting to be checked */
	URNE_METRIC_QUEUE_WRITE,    /* gauge: and to be written */
	URNE_METRIC_ELECTIONS,	    /* gauge */
	URNE_METRIC_CONNECTIONS,    /* gauge */
	URNE_METRIC_REQUESTS_2XX,
	URNE_METRIC_REQUESTS_4XX,
	URNE_METRIC_REQUESTS_5XX,
	URNE_METRIC_CONNECTIONS_CUT, /* closed by us: too slow or too many */
};
#define URNE_NUM_METRICS 25

struct urne_metrics {
	_Atomic int64_t value[URNE_NUM_METRICS];
};

void urne_metrics_add(struct urne_metrics *m, enum urne_metric which, int64_t n);
int64_t urne_metrics_get(struct urne_metrics *m, enum urne_metric which);
/* urne_metrics_write appends the Prometheus text form (version 0.0.4), with HELP and TYPE. */
void urne_metrics_write(struct urne_buf *out, struct urne_metrics *m);

#endif
