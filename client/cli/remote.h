/* SPDX-License-Identifier: EUPL-1.2 */
/* A board, seen from a client that does not trust it: its address, the key of the log, the signed
 * checkpoint, and everything else proved against that. Spec: docs/log.md#api */
#ifndef URNE_CLIENT_CLI_REMOTE_H
#define URNE_CLIENT_CLI_REMOTE_H

#include "base/http/http.h"
#include "bulletin/log/checkpoint.h"
#include "bulletin/log/event.h"
#include "bulletin/log/merkle.h"
#include "bulletin/log/policy.h"
#include "bulletin/log/tile.h"
#include "client/cli/cli.h"
#include "client/cli/log_key.h"
#include "client/cli/sealed.h"

/* The options of every command that speaks to a board: this one and URNE_OPTION_LOG_KEY. */
#define URNE_OPTION_CA                                                                             \
	{                                                                                          \
		"ca", "FILE",                                                                      \
		    "Trust the certificates in FILE for the connection instead of the system's.",  \
		    false                                                                          \
	}

struct urne_remote_tile;

struct urne_remote {
	struct urne_cli *cli;
	struct urne_http *http;
	struct urne_arena arena;
	struct urne_buf base;	 /* where /bb/ begins: "https://vote.example.org", with a NUL */
	struct urne_buf address; /* of the election, with a NUL; begins sentences */
	struct urne_view uuid;	 /* empty: the address is that of the board */
	struct urne_buf request; /* scratch: the URL of the last request */
	unsigned status;	 /* of the last answer; 0: there was none */
	struct urne_buf option_text, policy_text, origin;
	struct urne_note_key key; /* of this election's log; its name is `origin` */
	bool has_key;
	bool told_key;	      /* that it is only the board's word */
	struct urne_buf note; /* the signed checkpoint */
	struct urne_checkpoint checkpoint;
	struct urne_remote_tile *tiles; /* that were fetched, in the arena */
};

#define URNE_REMOTE_MAX_ADDRESS ((size_t)1024)
/* urne_remote_address sets r->base and r->uuid from what was given, for urne_remote_open. A note is
 * written when it is not encrypted and of another machine. */
enum urne_err urne_remote_address(struct urne_remote *r, const char *address) URNE_MUST_USE;
/* urne_remote_open reads the address of an election, https://HOST/bb/UUID, or of a board,
 * https://HOST. Nothing is sent yet. Close always. */
enum urne_err urne_remote_open(
    struct urne_remote *r, struct urne_cli *cli, const char *address) URNE_MUST_USE;
void urne_remote_close(struct urne_remote *r);
/* urne_remote_election says which election is meant: that of the address, which must be `uuid`
 * unless this is empty. */
enum urne_err urne_remote_election(struct urne_remote *r, struct urne_view uuid) URNE_MUST_USE;

/* urne_remote_key sets r->key from --log-key and from the policy of the log; when both are there
 * they must agree. *there: the board has a policy, so it knows the election. Without either,
 * r->has_key stays false. */
enum urne_err urne_remote_key(struct urne_remote *r, bool *there) URNE_MUST_USE;
/* urne_remote_keep_key sets r->key to one that was compared before. */
enum urne_err urne_remote_keep_key(
    struct urne_remote *r, const struct urne_note_key *key) URNE_MUST_USE;
/* urne_remote_checkpoint fetches the present checkpoint, of one entry at least, and verifies its
 * signature. */
enum urne_err urne_remote_checkpoint(struct urne_remote *r) URNE_MUST_USE;
/* urne_remote_forget lets go of the checkpoint and of what was fetched for it; for those who ask
 * for days. */
void urne_remote_forget(struct urne_remote *r);
/* urne_remote_known is both for an election that must be there. */
enum urne_err urne_remote_known(struct urne_remote *r) URNE_MUST_USE;

/* urne_remote_try appends the election's resource `path` ("last-event"); *found is false when the
 * board has none. urne_remote_get refuses then. */
enum urne_err urne_remote_try(
    struct urne_remote *r, struct urne_buf *body, bool *found, const char *path) URNE_MUST_USE;
enum urne_err urne_remote_get(
    struct urne_remote *r, struct urne_buf *body, const char *path) URNE_MUST_USE;
/* urne_remote_part appends at most `len` > 0 bytes of the resource, from `first` on; none when it
 * ends there or is not there. */
enum urne_err urne_remote_part(struct urne_remote *r, struct urne_buf *body, const char *path,
    uint64_t first, uint64_t len) URNE_MUST_USE;
/* urne_remote_timestamp: the timestamp that all records of the election's archive have, also those
 * that are sent to it. The board's word. */
enum urne_err urne_remote_timestamp(struct urne_remote *r, uint64_t *out) URNE_MUST_USE;
/* urne_remote_send sends `content` with `method` and appends the answer of a success. While the
 * board is busy, or the connection breaks, it waits and sends the same again, for two minutes. An
 * error that is ours (urne_err_is_ours) leaves open whether the board took it. */
enum urne_err urne_remote_send(struct urne_remote *r, struct urne_buf *body, const char *method,
    const char *path, const char *const *headers, struct urne_view content) URNE_MUST_USE;

/* --- what is proved against r->checkpoint (remote_log.c) --- */

/* urne_remote_tiles: the nodes of its tree. */
struct urne_merkle_source urne_remote_tiles(struct urne_remote *r);
/* urne_remote_each_tile calls visit(ctx, tile, hashes) for those that were fetched. */
enum urne_err urne_remote_each_tile(const struct urne_remote *r,
    enum urne_err (*visit)(void *ctx, const struct urne_tile *tile, const struct urne_hash *hashes),
    void *ctx) URNE_MUST_USE;
/* urne_remote_bundle empties `out` and fetches the entries tile that holds entry `index`; nothing
 * is proved by that. */
enum urne_err urne_remote_bundle(
    struct urne_remote *r, struct urne_buf *out, uint64_t index) URNE_MUST_USE;
/* urne_remote_entry: the entry with this index, in `bundle`, proved to be in the tree. */
enum urne_err urne_remote_entry(struct urne_remote *r, struct urne_buf *bundle,
    struct urne_view *entry, uint64_t index) URNE_MUST_USE;
/* urne_remote_object appends a record that is named by its hash, and compares. */
enum urne_err urne_remote_object(
    struct urne_remote *r, struct urne_buf *out, const struct urne_hash *hash) URNE_MUST_USE;
/* urne_remote_beginning: the root of the first `size` entries (0 < size <= that of the checkpoint),
 * taken from tiles that lead to the signed root: so it is what the board has signed. Tiles that do
 * not: URNE_ERR_PROOF. */
enum urne_err urne_remote_beginning(
    struct urne_remote *r, struct urne_hash *root, uint64_t size) URNE_MUST_USE;
/* urne_remote_extends: the tree of `size` entries with this root is the beginning of the one that
 * the board signs now; URNE_ERR_MISMATCH when it is not, or no proof can be had. */
enum urne_err urne_remote_extends(
    struct urne_remote *r, uint64_t size, const struct urne_hash *root) URNE_MUST_USE;
/* urne_remote_stands: the event that the board said it took at this height is there, with this
 * payload (NULL: none), in a log that it has signed since and that goes on from r->checkpoint,
 * which becomes the newer one. URNE_ERR_MISMATCH: the board does not show what it claims. */
enum urne_err urne_remote_stands(struct urne_remote *r, enum urne_event_type type,
    const struct urne_hash *payload, uint64_t height) URNE_MUST_USE;
/* urne_remote_event reads the event at this height, proved to be in the tree. */
enum urne_err urne_remote_event(
    struct urne_remote *r, struct urne_event *event, uint64_t height) URNE_MUST_USE;
/* urne_remote_definition fetches the definition that the election in `s` seals from `path`, and
 * checks it; none is sealed: nothing is asked. missing: what is said, behind the address, when the
 * board has none. */
enum urne_err urne_remote_definition(struct urne_remote *r, struct urne_sealed *s, const char *path,
    const char *missing) URNE_MUST_USE;
/* urne_remote_setup fetches the Setup of the election, the objects it names, and the definition
 * that is sealed, and checks all of it. `s` is initialised with r->address.data as place. */
enum urne_err urne_remote_setup(struct urne_remote *r, struct urne_sealed *s) URNE_MUST_USE;

#endif
