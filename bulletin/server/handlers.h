/* SPDX-License-Identifier: EUPL-1.2 */
/* All handlers; each lives in the file handle_<name>.c. */
#ifndef URNE_BULLETIN_SERVER_HANDLERS_H
#define URNE_BULLETIN_SERVER_HANDLERS_H

#include "bulletin/server/request.h"

extern const struct urne_handler urne_handle_health;
extern const struct urne_handler urne_handle_metrics;
extern const struct urne_handler urne_handle_static;
extern const struct urne_handler urne_handle_pages;
extern const struct urne_handler urne_handle_receipt;
extern const struct urne_handler urne_handle_outcome;
extern const struct urne_handler urne_handle_minutes; /* handle_minutes.c, with the next */
extern const struct urne_handler urne_handle_minutes_put;
extern const struct urne_handler urne_handle_minutes_page;
extern const struct urne_handler urne_handle_status;
extern const struct urne_handler urne_handle_ballots;
extern const struct urne_handler urne_handle_order;
extern const struct urne_handler urne_handle_waiting;
extern const struct urne_handler urne_handle_events;
extern const struct urne_handler urne_handle_draft; /* handle_drafts.c, with the next two */
extern const struct urne_handler urne_handle_draft_definition;
extern const struct urne_handler urne_handle_draft_setup;
extern const struct urne_handler urne_handle_ceremony;
extern const struct urne_handler urne_handle_rehearsals;

/* urne_read_draft fills the body with a part of what lies with the drafts of the path's election;
 * empty when there is none. */
enum urne_problem urne_read_draft(struct urne_service *s, struct urne_request *r,
    struct urne_response *out, struct urne_diag *d, struct urne_view part) URNE_MUST_USE;
/* urne_finish_draft answers whoever put a part. */
enum urne_problem urne_finish_draft(
    struct urne_request *r, struct urne_response *out, struct urne_diag *d) URNE_MUST_USE;

#endif
