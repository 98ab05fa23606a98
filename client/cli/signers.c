/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys are opened one after the other and wiped together. */
#include "client/cli/signers.h"

#include <stdlib.h>

#include "base/limits.h"
#include "client/cli/keys.h"

enum urne_err
urne_signers_open(
    struct urne_signers *out, struct urne_cli *cli, const char *const *paths, size_t num)
{
	struct urne_buf key;
	enum urne_err e = URNE_OK;

	*out = (struct urne_signers){NULL, 0};
	if (num > URNE_MAX_OFFICIALS) {
		return urne_fail(&cli->diag, URNE_ERR_LIMIT, "more than %zu keys of officials",
		    URNE_MAX_OFFICIALS);
	}
	out->signers = calloc(num, sizeof(*out->signers));
	if (out->signers == NULL) {
		return urne_fail(&cli->diag, URNE_ERR_MEMORY, "no memory for the keys");
	}
	urne_buf_init_secret(&key, URNE_MAX_SMALL_FILE);
	for (size_t i = 0; e == URNE_OK && i < num; i++) {
		urne_buf_reset(&key);
		e = urne_key_open(cli, &key, paths[i]);
		if (e == URNE_OK) {
			out->num = i + 1; /* to be wiped, whatever comes */
			e = urne_signer_read(&out->signers[i], &cli->diag, urne_buf_view(&key));
			if (e != URNE_OK) {
				urne_diag_within(&cli->diag, "%s: ", paths[i]);
			}
		}
	}
	urne_buf_clear(&key);
	return e;
}

void
urne_signers_clear(struct urne_signers *s)
{
	for (size_t i = 0; i < s->num; i++) {
		urne_signer_clear(&s->signers[i]);
	}
	free(s->signers);
	*s = (struct urne_signers){NULL, 0};
}
