/* SPDX-License-Identifier: EUPL-1.2 */
/* The directory of one election before it is sealed, and files in it that come together or not at
 * all. */
#ifndef URNE_CLIENT_CLI_WORKDIR_H
#define URNE_CLIENT_CLI_WORKDIR_H

#include "base/arena.h"
#include "base/file.h"
#include "client/cli/cli.h"
#include "election/definition.h"
#include "election/election.h"
#include "election/trustees.h"

/* urne_cli_read appends a file that the user named; a missing one blames the input. */
enum urne_err urne_cli_read(
    struct urne_cli *cli, struct urne_buf *out, const char *path) URNE_MUST_USE;
/* urne_cli_read_line: the same, without one newline at the end. */
enum urne_err urne_cli_read_line(
    struct urne_cli *cli, struct urne_buf *out, const char *path) URNE_MUST_USE;

/* urne_cli_hash_file: SHA-256 of a program or other file, read whole. */
enum urne_err urne_cli_hash_file(
    struct urne_cli *cli, struct urne_hash *out, const char *path) URNE_MUST_USE;

/* Files made by one command: undone together when it fails later. */
#define URNE_MAX_BATCH (2 * URNE_MAX_TRUSTEES + 8)
struct urne_batch {
	struct urne_cli *cli;
	char **paths; /* URNE_MAX_BATCH, of what was made */
	size_t num;
};
void urne_batch_init(struct urne_batch *b, struct urne_cli *cli);
/* urne_batch_file makes dir/name, or the file `name` when dir is NULL. */
enum urne_err urne_batch_file(struct urne_batch *b, const char *dir, const char *name,
    enum urne_file_mode mode, struct urne_view content) URNE_MUST_USE;
enum urne_err urne_batch_dir(struct urne_batch *b, const char *dir, const char *name) URNE_MUST_USE;
/* urne_batch_end keeps the files, or removes them when e is an error; returns e. */
enum urne_err urne_batch_end(struct urne_batch *b, enum urne_err e) URNE_MUST_USE;

struct urne_workdir {
	struct urne_cli *cli;
	const char *dir;
	int lock; /* descriptor of the locked folder, or -1 */
	struct urne_arena arena;
	struct urne_buf text; /* of draft.json; the draft borrows from it */
	struct urne_buf definition_text;
	struct urne_buf path;	    /* scratch for urne_workdir_path */
	struct urne_election draft; /* without public key and fingerprint */
};

/* urne_workdir_open reads and checks the draft; writing: locks the folder against other commands
 * and refuses once the election is sealed. Close always. */
enum urne_err urne_workdir_open(
    struct urne_workdir *w, struct urne_cli *cli, const char *dir, bool writing) URNE_MUST_USE;
void urne_workdir_close(struct urne_workdir *w);
/* urne_workdir_definition reads the definition of the draft, DIR/UUID.vote.json, into w->arena, and
 * compares it with the draft; *out stays NULL for an election without one. */
enum urne_err urne_workdir_definition(
    struct urne_workdir *w, const struct urne_definition **out) URNE_MUST_USE;
/* urne_workdir_path: DIR/name, valid until the next call; NULL without memory. */
const char *urne_workdir_path(struct urne_workdir *w, const char *name);
bool urne_workdir_has(struct urne_workdir *w, const char *name);

/* urne_draft_emit appends draft.json. */
void urne_draft_emit(struct urne_buf *out, const struct urne_election *draft);
/* urne_find_archive sets out->data to the path of the archive: `path` itself, or the one *.bel in
 * the folder `path` that is no journal; out stays empty when the folder has none. */
enum urne_err urne_find_archive(
    struct urne_cli *cli, struct urne_buf *out, const char *path) URNE_MUST_USE;

/* urne_workdir_trustees: the trustees that are there: trustee-1.json .. and threshold.json, in the
 * order of the list. They live in w->arena. */
enum urne_err urne_workdir_trustees(
    struct urne_workdir *w, struct urne_trustees *out) URNE_MUST_USE;
/* urne_read_public_key decodes and checks a single trustee's public key. */
enum urne_err urne_read_public_key(struct urne_trustee_public_key *out, struct urne_arena *arena,
    struct urne_diag *d, const struct urne_group *g, struct urne_view text) URNE_MUST_USE;

#endif
