/* SPDX-License-Identifier: EUPL-1.2 */
/* The vote definition in files: given by an official, kept beside the election, and compared with
 * the hash that the election seals. */
#ifndef URNE_CLIENT_CLI_VOTE_FILE_H
#define URNE_CLIENT_CLI_VOTE_FILE_H

#include "client/cli/cli.h"
#include "election/definition.h"
#include "election/election.h"

/* urne_vote_file_report says every finding, errors and warnings, one line each:
 * FILE:LINE:COLUMN: PATH: error: PROBLEM; REMEDY. Faults: URNE_ERR_SYNTAX with their number. */
enum urne_err urne_vote_file_report(
    struct urne_cli *cli, const char *path, const struct urne_findings *findings) URNE_MUST_USE;

/* urne_vote_file_check reads a definition that an official gives: text into `text`, the rest into
 * `arena`; faults and warnings are reported. */
enum urne_err urne_vote_file_check(struct urne_cli *cli, struct urne_definition *out,
    struct urne_buf *text, struct urne_arena *arena, const char *path) URNE_MUST_USE;

/* urne_vote_text_sealed reads a text that must be the definition of election `e`: the hash it
 * seals, the questions it compiles to. `place` begins the sentence of a refusal. */
enum urne_err urne_vote_text_sealed(struct urne_cli *cli, struct urne_definition *out,
    struct urne_buf *text, struct urne_arena *arena, const char *place,
    const struct urne_election *e) URNE_MUST_USE;
/* urne_vote_file_sealed reads the file `path` and the rest is urne_vote_text_sealed. */
enum urne_err urne_vote_file_sealed(struct urne_cli *cli, struct urne_definition *out,
    struct urne_buf *text, struct urne_arena *arena, const char *path,
    const struct urne_election *e) URNE_MUST_USE;

#endif
