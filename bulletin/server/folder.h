/* SPDX-License-Identifier: EUPL-1.2 */
/* A board's data directory: its lock, its configuration, its key, and where everything lies.
 *   board.json  log.key  log.pub  main.db  head.db (or elsewhere)  lock  tmp/  public/bb/ */
#ifndef URNE_BULLETIN_SERVER_FOLDER_H
#define URNE_BULLETIN_SERVER_FOLDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "bulletin/server/config.h"
#include "crypto/secret/signer.h"

struct urne_folder {
	const char *dir;
	int lock; /* or -1 */
	struct urne_arena arena;
	struct urne_buf text; /* of board.json; the configuration borrows from it */
	struct urne_board_config config;
	struct urne_buf main, head; /* paths, with a NUL behind */
};

/* urne_folder_open reads board.json and takes the lock (flock), which the system gives back when
 * the process ends: URNE_ERR_ORDER when another process has it. `dir` must stay. Close always. */
enum urne_err urne_folder_open(
    struct urne_folder *f, struct urne_diag *d, const char *dir) URNE_MUST_USE;
/* urne_folder_read is the same without the lock: for those who only read beside a running board. */
enum urne_err urne_folder_read(
    struct urne_folder *f, struct urne_diag *d, const char *dir) URNE_MUST_USE;
void urne_folder_close(struct urne_folder *f);
/* urne_folder_key reads the signer key of the service, from `path` or, when NULL, DIR/log.key; its
 * name must be that of the service, and log.pub its public key. */
enum urne_err urne_folder_key(const struct urne_folder *f, struct urne_signer *out,
    struct urne_diag *d, const char *path) URNE_MUST_USE;

/* urne_folder_public_key reads DIR/log.pub; the key borrows from `text`. */
enum urne_err urne_folder_public_key(const struct urne_folder *f, struct urne_note_key *out,
    struct urne_buf *text, struct urne_diag *d) URNE_MUST_USE;

#endif
