/* SPDX-License-Identifier: EUPL-1.2 */
/* All handlers; each lives in the file handle_<name>.c. */
#ifndef URNE_BULLETIN_SERVER_HANDLERS_H
#define URNE_BULLETIN_SERVER_HANDLERS_H

#include "bulletin/server/request.h"

extern const struct urne_handler urne_handle_health;
extern const struct urne_handler urne_handle_metrics;
extern const struct urne_handler urne_handle_static;
extern const struct urne_handler urne_handle_receipt;
extern const struct urne_handler urne_handle_status;
extern const struct urne_handler urne_handle_ballots;
extern const struct urne_handler urne_handle_order;
extern const struct urne_handler urne_handle_waiting;
extern const struct urne_handler urne_handle_events;

#endif
