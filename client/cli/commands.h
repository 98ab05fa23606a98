/* SPDX-License-Identifier: EUPL-1.2 */
/* All subcommands; each lives in the file cmd_<name>.c. */
#ifndef URNE_CLIENT_CLI_COMMANDS_H
#define URNE_CLIENT_CLI_COMMANDS_H

#include "client/cli/cli.h"

extern const struct urne_command urne_cmd_definition_check;
extern const struct urne_command urne_cmd_definition_show;
extern const struct urne_command urne_cmd_new;
extern const struct urne_command urne_cmd_credentials;
extern const struct urne_command urne_cmd_trustee_key;
extern const struct urne_command urne_cmd_trustee_identity;
extern const struct urne_command urne_cmd_trustee_join;
extern const struct urne_command urne_cmd_trustee_rehearse;
extern const struct urne_command urne_cmd_trustee_step;
extern const struct urne_command urne_cmd_trustee_add;
extern const struct urne_command urne_cmd_ceremony_open;
extern const struct urne_command urne_cmd_ceremony_collect;
extern const struct urne_command urne_cmd_ceremony_pull;
extern const struct urne_command urne_cmd_seal;
extern const struct urne_command urne_cmd_vote;
extern const struct urne_command urne_cmd_ballot_audit;
extern const struct urne_command urne_cmd_receipt_verify;
extern const struct urne_command urne_cmd_append;
extern const struct urne_command urne_cmd_close;
extern const struct urne_command urne_cmd_tally;
extern const struct urne_command urne_cmd_decrypt;
extern const struct urne_command urne_cmd_result;
extern const struct urne_command urne_cmd_outcome;
extern const struct urne_command urne_cmd_minutes;
extern const struct urne_command urne_cmd_official_key;
extern const struct urne_command urne_cmd_certify;
extern const struct urne_command urne_cmd_order_write;
extern const struct urne_command urne_cmd_order_show;
extern const struct urne_command urne_cmd_order_sign;
extern const struct urne_command urne_cmd_order_send;
extern const struct urne_command urne_cmd_order_list;
extern const struct urne_command urne_cmd_order_give;
extern const struct urne_command urne_cmd_journal;
extern const struct urne_command urne_cmd_board_push;
extern const struct urne_command urne_cmd_board_pull;
extern const struct urne_command urne_cmd_watch;
extern const struct urne_command urne_cmd_key_print;
extern const struct urne_command urne_cmd_key_restore;
extern const struct urne_command urne_cmd_show;
extern const struct urne_command urne_cmd_status;
extern const struct urne_command urne_cmd_simulate;
extern const struct urne_command urne_cmd_help;
extern const struct urne_command urne_cmd_version;

#endif
