/* SPDX-License-Identifier: EUPL-1.2 */
/* Private keys in files, and what opens them: passphrases from a file or typed in. */
#ifndef URNE_CLIENT_CLI_KEYS_H
#define URNE_CLIENT_CLI_KEYS_H

#include "client/cli/workdir.h"
#include "crypto/note.h"
#include "crypto/secret/rng.h"

/* The two options of every command that makes or opens a key. */
#define URNE_OPTION_PASSPHRASE_FILE                                                                \
	{                                                                                          \
		"passphrase-file", "FILE",                                                         \
		    "Take the passphrase from FILE instead of asking for it on the terminal.",     \
		    false                                                                          \
	}
#define URNE_OPTION_NO_PASSPHRASE                                                                  \
	{                                                                                          \
		"no-passphrase", NULL, "Leave the new key file in plain, without a passphrase.",   \
		    false                                                                          \
	}

/* urne_prompt asks on the terminal without showing what is typed; appends it to `out`, a secret
 * buffer. Without a terminal: URNE_ERR_PASSPHRASE, and the sentence ends with `instead`. */
enum urne_err urne_prompt(struct urne_cli *cli, struct urne_buf *out, const char *what,
    const char *instead) URNE_MUST_USE;
/* urne_prompt_shown: the same of a line that is shown while it is typed, and then taken off the
 * screen. */
enum urne_err urne_prompt_shown(struct urne_cli *cli, struct urne_buf *out, const char *what,
    const char *instead) URNE_MUST_USE;
/* urne_key_open appends the text of the key in `path`, unlocked, to a secret buffer. */
enum urne_err urne_key_open(
    struct urne_cli *cli, struct urne_buf *out, const char *path) URNE_MUST_USE;
/* urne_key_unlock: the same of a key file's text, without a newline at its end; `path` is what it
 * is called. */
enum urne_err urne_key_unlock(struct urne_cli *cli, struct urne_buf *out, struct urne_view file,
    const char *path) URNE_MUST_USE;
/* urne_key_make writes a new key file, locked unless --no-passphrase. */
enum urne_err urne_key_make(struct urne_cli *cli, struct urne_batch *b, const char *path,
    struct urne_view key, struct urne_rng *rng) URNE_MUST_USE;
/* urne_signer_pair_make is urne_key_pair_make for a key that signs: the public one is a line, and
 * is said; told: what it is for. */
enum urne_err urne_signer_pair_make(struct urne_cli *cli, const struct urne_buf *private_key,
    const struct urne_note_key *public_key, const char *told, struct urne_rng *rng) URNE_MUST_USE;
/* urne_key_pair_make writes a private key to --key and the public one to --out, both or none. An
 * error of either buffer is reported. */
enum urne_err urne_key_pair_make(struct urne_cli *cli, const struct urne_buf *private_key,
    const struct urne_buf *public_key, struct urne_rng *rng) URNE_MUST_USE;
/* urne_warn_readable: a word when others may read a secret file. */
void urne_warn_readable(const char *path);

#endif
