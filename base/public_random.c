/* SPDX-License-Identifier: EUPL-1.2 */
/* The system's randomness for seeds that are public afterwards. */
#include "base/public_random.h"

#include <string.h>
#include <sys/random.h>

enum urne_err
urne_public_random(struct urne_hash *out)
{
	/* up to 256 bytes getrandom gives all or fails */
	if (getrandom(out->b, sizeof(out->b), 0) != (ssize_t)sizeof(out->b)) {
		memset(out, 0, sizeof(*out));
		return URNE_ERR_RANDOM;
	}
	return URNE_OK;
}
