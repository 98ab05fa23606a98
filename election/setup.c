/* SPDX-License-Identifier: EUPL-1.2 */
/* The three objects of a Setup belong together: credentials and keys are of the election's group,
 * and the election's key is that of its trustees. */
#include "election/setup.h"

#include "crypto/batch.h"

static enum urne_err
read_trustees(struct urne_trustees *out, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_election *e, struct urne_view text)
{
	struct urne_elem key;
	enum urne_err err = urne_trustees_read(out, arena, d, e->group, text);

	if (err == URNE_OK) {
		err = urne_trustees_check(out, d, e->group);
	}
	if (err != URNE_OK) {
		urne_diag_within(d, "trustees: ");
		return err;
	}
	urne_trustees_key(&key, e->group, out);
	if (!urne_elem_eq(e->group, &key, &e->public_key)) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "the election's public key is not that of its trustees, do not use this "
		    "archive");
	}
	return URNE_OK;
}

static enum urne_err
read_credentials(struct urne_credentials **out, struct urne_diag *d, const struct urne_group *g,
    const struct urne_setup_texts *texts, struct urne_pool *pool)
{
	return texts->credentials_known
		   ? urne_credentials_read_known(out, g, d, texts->credentials)
		   : urne_credentials_parse_hinted(out, g, d, texts->credentials, pool,
			 urne_hints_serve(g) ? texts->hints : NULL);
}

enum urne_err
urne_setup_read(struct urne_election *election, struct urne_trustees *trustees,
    struct urne_credentials **credentials, struct urne_arena *arena, struct urne_diag *d,
    const struct urne_setup_texts *texts, struct urne_pool *pool)
{
	enum urne_err err = urne_election_parse(election, arena, d, texts->election);

	*credentials = NULL;
	if (err != URNE_OK) {
		urne_diag_within(d, "election: ");
		return err;
	}
	err = read_trustees(trustees, arena, d, election, texts->trustees);
	if (err != URNE_OK) {
		return err;
	}
	err = read_credentials(credentials, d, election->group, texts, pool);
	if (err != URNE_OK) {
		*credentials = NULL;
		urne_diag_within(d, "public credentials: ");
		return err;
	}
	err = urne_election_prepare(election, arena, d);
	if (err != URNE_OK) {
		urne_credentials_free(*credentials);
		*credentials = NULL;
	}
	return err;
}
