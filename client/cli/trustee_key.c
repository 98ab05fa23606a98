/* SPDX-License-Identifier: EUPL-1.2 */
/* A single trustee's file holds the key itself; a threshold trustee's holds a seed that opens the
 * share which was sent to it. */
#include "client/cli/trustee_key.h"

#include "client/cli/keys.h"
#include "election/ceremony.h"

struct opening {
	struct urne_cli *cli;
	const struct urne_sealed *s;
	struct urne_trustee_key *out;
	struct urne_buf key;
	struct urne_buf beside; /* the name of a share beside the key */
};

/* --share given: the key file holds a seed, and the share file what was sent to it. */
static enum urne_err
open_share(struct opening *t, const char *path)
{
	struct urne_seed seed;
	struct urne_buf share;
	enum urne_err e = urne_seed_read(&seed, &t->cli->diag, urne_buf_view(&t->key));

	if (e != URNE_OK) {
		urne_diag_within(&t->cli->diag, "%s: ", urne_cli_option(t->cli, "key"));
		return e;
	}
	urne_buf_init(&share, URNE_MAX_SMALL_FILE);
	e = urne_cli_read_line(t->cli, &share, path);
	if (e == URNE_OK) {
		e = urne_share_open(
		    &t->out->x, &t->cli->diag, t->s->election.group, &seed, urne_buf_view(&share));
		if (e != URNE_OK) {
			urne_diag_within(&t->cli->diag, "%s: ", path);
		}
	}
	urne_seed_clear(&seed);
	urne_buf_clear(&share);
	return e;
}

static enum urne_err
open_single(struct opening *t)
{
	struct urne_view v = urne_buf_view(&t->key);

	if (v.len < 2 || v.p[0] != '"' || v.p[v.len - 1] != '"') {
		return urne_fail(&t->cli->diag, URNE_ERR_SYNTAX,
		    "%s: is not the key of a single trustee; for a threshold trustee give "
		    "--share FILE.dkey too",
		    urne_cli_option(t->cli, "key"));
	}
	v.p++;
	v.len -= 2;
	if (urne_secret_from_decimal(t->s->election.group, &t->out->x, v) != URNE_OK) {
		return urne_fail(&t->cli->diag, URNE_ERR_SYNTAX,
		    "%s: holds no number of this election's group, take the key made for it",
		    urne_cli_option(t->cli, "key"));
	}
	return URNE_OK;
}

/* Whose key it is follows from its public half. */
static enum urne_err
find_owner(struct opening *t)
{
	const struct urne_group *g = t->s->election.group;
	uint64_t wanted = 0;
	enum urne_err e = urne_cli_number(t->cli, &wanted, "owner", 1, t->s->trustees.num_owners);

	urne_secret_base(g, &t->out->public_key, &t->out->x);
	for (size_t i = 1; e == URNE_OK && i <= t->s->trustees.num_owners; i++) {
		const struct urne_trustee_item *item = NULL;
		struct urne_elem key;

		if (urne_trustees_owner(&item, &key, &t->s->trustees, i) == URNE_OK &&
		    urne_elem_eq(g, &key, &t->out->public_key)) {
			t->out->owner = i;
			break;
		}
	}
	if (e == URNE_OK && (t->out->owner == 0 || (wanted != 0 && wanted != t->out->owner))) {
		e = urne_fail(&t->cli->diag, URNE_ERR_UNKNOWN,
		    "%s: this is not the key of %s of this election, take the right one",
		    urne_cli_option(t->cli, "key"), wanted != 0 ? "that trustee" : "a trustee");
	}
	return e;
}

/* The share that "urne trustee join" keeps beside the key; NULL when none is there. */
static const char *
share_beside(struct opening *t)
{
	urne_buf_puts(&t->beside, urne_cli_option(t->cli, "key"));
	urne_buf_puts(&t->beside, URNE_SHARE_ENDING);
	urne_buf_put(&t->beside, "", 1);
	return urne_buf_error(&t->beside) == URNE_OK && urne_file_exists(t->beside.data)
		   ? t->beside.data
		   : NULL;
}

enum urne_err
urne_trustee_key_open(
    struct urne_trustee_key *out, struct urne_cli *cli, const struct urne_sealed *s)
{
	const char *share = urne_cli_option(cli, "share");
	struct opening t = {.cli = cli, .s = s, .out = out};
	enum urne_err e;

	*out = (struct urne_trustee_key){.owner = 0};
	urne_buf_init_secret(&t.key, URNE_MAX_SMALL_FILE);
	urne_buf_init(&t.beside, URNE_MAX_SMALL_FILE);
	e = urne_key_open(cli, &t.key, urne_cli_option(cli, "key"));
	if (e == URNE_OK && share == NULL && !urne_view_starts(urne_buf_view(&t.key), "\"")) {
		share = share_beside(&t);
	}
	if (e == URNE_OK) {
		e = share != NULL ? open_share(&t, share) : open_single(&t);
	}
	urne_buf_clear(&t.key);
	urne_buf_clear(&t.beside);
	return e == URNE_OK ? find_owner(&t) : e;
}

void
urne_trustee_key_clear(struct urne_trustee_key *k)
{
	urne_secret_clear(&k->x);
}
