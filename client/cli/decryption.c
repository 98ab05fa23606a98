/* SPDX-License-Identifier: EUPL-1.2 */
/* A trustee never decrypts what it was only told is the tally: this machine has made the same one
 * from the ballots itself. */
#include "client/cli/decryption.h"

#include "client/cli/bundle.h"
#include "client/cli/key_record.h"
#include "tally/decrypt.h"

enum urne_err
urne_decryption_check(struct urne_decryption *x, struct urne_cli *cli, struct urne_state *s)
{
	enum urne_err e = urne_state_demand(s, URNE_STAGE_DECRYPTING, "decryption to be made");

	*x = (struct urne_decryption){.cli = cli, .s = s};
	urne_arena_init(&x->arena, (size_t)512 << 20);
	urne_buf_init(&x->partial, URNE_MAX_BALLOT);
	if (e == URNE_OK) {
		e = urne_state_check_tally(s, &x->tally, &x->arena);
	}
	/* threat A19: a result of very few is no secret */
	return e == URNE_OK ? urne_sealed_floor(&s->sealed, x->tally.num_tallied) : e;
}

enum urne_err
urne_decryption_open(struct urne_decryption *x)
{
	return urne_trustee_key_open(&x->key, x->cli, &x->s->sealed);
}

/* As the official takes it in. */
static enum urne_err
save(struct urne_decryption *x, const char *path)
{
	struct urne_buf out;
	enum urne_err e;

	urne_buf_init(&out, URNE_MAX_BALLOT);
	urne_bundle_emit(&out, &x->s->sealed.election, x->key.owner, urne_buf_view(&x->partial));
	e = urne_buf_error(&out);
	if (e == URNE_OK) {
		e = urne_file_create(&x->cli->diag, path, URNE_FILE_PUBLIC, urne_buf_view(&out));
	}
	urne_buf_clear(&out);
	return e;
}

enum urne_err
urne_decryption_write(struct urne_buf *out, struct urne_cli *cli, struct urne_arena *arena,
    const struct urne_election *election, const struct urne_tally *tally,
    const struct urne_trustee_key *key)
{
	struct urne_partial_decryption p;
	struct urne_rng rng;
	enum urne_err e = urne_rng_init(&rng);

	if (e != URNE_OK) {
		return urne_fail(&cli->diag, e, "the system gives no randomness");
	}
	e = urne_partial_make(&p, arena, election, tally, &key->x, &rng);
	urne_rng_clear(&rng);
	if (e == URNE_OK) {
		e = urne_partial_check(&p, &cli->diag, election, tally, &key->public_key);
		e = e == URNE_OK ? e : URNE_ERR_INTERNAL;
	}
	if (e == URNE_OK) {
		urne_partial_write(out, election, &p);
		e = urne_buf_error(out);
	}
	return e;
}

enum urne_err
urne_decryption_make(struct urne_decryption *x, const char *out)
{
	const struct urne_election *election = &x->s->sealed.election;
	struct urne_diag *d = &x->cli->diag;
	enum urne_err e;

	/* before the key is noted to have decrypted anything */
	if (out != NULL && urne_file_exists(out)) {
		return urne_fail(d, URNE_ERR_EXISTS,
		    "nothing is overwritten: %s: exists already, choose another name", out);
	}
	e = urne_key_record_claim(
	    x->cli, urne_cli_option(x->cli, "key"), election->uuid, &x->s->tally_record.hash);
	if (e != URNE_OK) {
		return e;
	}
	e = urne_decryption_write(&x->partial, x->cli, &x->arena, election, &x->tally, &x->key);
	return e == URNE_OK && out != NULL ? save(x, out) : e;
}

void
urne_decryption_clear(struct urne_decryption *x)
{
	urne_trustee_key_clear(&x->key);
	urne_buf_clear(&x->partial);
	urne_arena_clear(&x->arena);
}
