/* SPDX-License-Identifier: EUPL-1.2 */
/* Which round it is follows from the file; what may be answered, from what was answered before. */
#include "client/cli/ceremony_work.h"

#include "client/cli/keys.h"
#include "crypto/sha256.h"
#include "election/threshold.h"

const char *
urne_ceremony_work_done(enum urne_ceremony_round round)
{
	static const char *const done[URNE_CEREMONY_NUM_ROUNDS] = {
	    [URNE_CEREMONY_CERTIFICATE] = "round 1 of 4: your key is made, here is its certificate",
	    [URNE_CEREMONY_COMMITMENT] =
		"round 2 of 4: all certificates are right, here is your promise",
	    [URNE_CEREMONY_POLYNOMIAL] = "round 3 of 4: here are your contributions for the others",
	    [URNE_CEREMONY_KEY] =
		"round 4 of 4: all contributions are right, here is your public key",
	};

	return done[round];
}

enum urne_err
urne_ceremony_work_init(struct urne_ceremony_work *w, struct urne_cli *cli)
{
	enum urne_err e;

	*w = (struct urne_ceremony_work){.cli = cli, .name = ""};
	urne_buf_init(&w->in, URNE_TRUSTEES_MEMORY);
	urne_buf_init(&w->out, URNE_TRUSTEES_MEMORY);
	e = urne_rng_init(&w->rng);
	return e == URNE_OK ? e : urne_fail(&cli->diag, e, "the system gives no randomness");
}

void
urne_ceremony_work_clear(struct urne_ceremony_work *w)
{
	urne_seed_clear(&w->seed);
	urne_rng_clear(&w->rng);
	urne_buf_clear(&w->in);
	urne_buf_clear(&w->out);
}

enum urne_err
urne_ceremony_work_open(struct urne_ceremony_work *w)
{
	const char *path = urne_cli_option(w->cli, "key");
	struct urne_buf key;
	enum urne_err e;

	urne_buf_init_secret(&key, URNE_MAX_SMALL_FILE);
	e = urne_key_open(w->cli, &key, path);
	if (e == URNE_OK) {
		e = urne_seed_read(&w->seed, &w->cli->diag, urne_buf_view(&key));
		if (e != URNE_OK) {
			urne_diag_within(&w->cli->diag, "%s: ", path);
		}
	}
	urne_buf_clear(&key);
	return e;
}

enum urne_err
urne_ceremony_work_round(struct urne_ceremony_work *w)
{
	const struct urne_group *g = NULL;
	enum urne_err e =
	    urne_ceremony_round_of(&w->round, &g, &w->cli->diag, urne_buf_view(&w->in));

	if (e != URNE_OK) {
		urne_diag_within(&w->cli->diag, "%s: ", w->name);
	}
	return e;
}

/* Contributions are revealed for one set of commitments only: who saw them and could have them
 * answered again beside other commitments could choose the election key (threat A21). The hash of
 * the file that was answered stays beside the key. */
static enum urne_err
pin_commitments(struct urne_ceremony_work *w, struct urne_batch *batch)
{
	struct urne_buf path, pinned, now;
	struct urne_hash hash;
	enum urne_err e = URNE_OK;

	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	urne_buf_init(&pinned, URNE_MAX_SMALL_FILE);
	urne_buf_init(&now, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&path, "%s.commitments%c", urne_cli_option(w->cli, "key"), 0);
	urne_sha256_of(&hash, urne_buf_view(&w->in));
	urne_buf_put_hex(&now, hash.b, sizeof(hash.b));
	urne_buf_putc(&now, '\n');
	e = urne_buf_error(&path) != URNE_OK ? urne_buf_error(&path) : urne_buf_error(&now);
	if (e != URNE_OK) {
		goto out;
	}
	if (!urne_file_exists(path.data)) {
		e = urne_batch_file(batch, NULL, path.data, URNE_FILE_PUBLIC, urne_buf_view(&now));
		goto out;
	}
	e = urne_cli_read(w->cli, &pinned, path.data);
	if (e == URNE_OK && !urne_view_eq(urne_buf_view(&pinned), urne_buf_view(&now))) {
		e = urne_fail(&w->cli->diag, URNE_ERR_ORDER,
		    "%s: this key has answered other commitments (%s has their hash); ask the "
		    "official for the first file, or start a new ceremony with a new key",
		    w->name, path.data);
	}
out:
	urne_buf_clear(&path);
	urne_buf_clear(&pinned);
	urne_buf_clear(&now);
	return e;
}

enum urne_err
urne_ceremony_work_answer(struct urne_ceremony_work *w, struct urne_batch *batch)
{
	enum urne_err e =
	    urne_ceremony_step(&w->out, &w->cli->diag, &w->seed, urne_buf_view(&w->in), &w->rng);

	if (e == URNE_OK) {
		e = urne_buf_error(&w->out);
	}
	if (e != URNE_OK) {
		urne_diag_within(&w->cli->diag, "%s: ", w->name);
		return e;
	}
	return w->round == URNE_CEREMONY_POLYNOMIAL ? pin_commitments(w, batch) : URNE_OK;
}
