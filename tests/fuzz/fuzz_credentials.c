/* SPDX-License-Identifier: EUPL-1.2 */
/* The list of public credentials: its entries, written again, are the list. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "election/credentials.h"

/* Reads one entry, "element" or "element,weight", by other means than the list does. */
static void
entry_of(struct fuzz_input *f, struct urne_credential_entry *out, const struct urne_credentials *c,
    struct urne_view v)
{
	const char *comma = v.len == 0 ? NULL : memchr(v.p, ',', v.len);
	struct urne_view element = {v.p, comma == NULL ? v.len : (size_t)(comma - v.p)};
	size_t index = 0;

	out->weight = 1;
	if (urne_elem_decode(f->group, &out->public_credential, element) != URNE_OK) {
		abort();
	}
	if (comma != NULL && urne_decimal_decode(&out->weight,
				 (struct urne_view){comma + 1, v.len - element.len - 1},
				 URNE_MAX_WEIGHT) != URNE_OK) {
		abort();
	}
	if (urne_credentials_find(c, &index, element) != URNE_OK ||
	    urne_credentials_weight(c, index) != out->weight) {
		abort();
	}
}

static void
compare(struct fuzz_input *f, const struct urne_credentials *c)
{
	size_t num = urne_credentials_count(c), i = 0;
	struct urne_credential_entry *entries = urne_arena_alloc(&f->arena, num, sizeof(*entries));
	const struct urne_json *list;

	if (entries == NULL || urne_json_parse(&list, &f->arena, &f->d, f->text) != URNE_OK ||
	    list->num_children != num) {
		abort();
	}
	for (const struct urne_json *v = list->child; v != NULL; v = v->next) {
		entry_of(f, &entries[i++], c, v->text);
	}
	urne_credentials_emit(&f->again, f->group, entries, num, urne_credentials_weighted(c));
	fuzz_same(&f->again, f->text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	struct urne_credentials *c = NULL;
	enum urne_err e;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	e = urne_credentials_parse(&c, f.group, &f.d, f.text, NULL);
	if (fuzz_verdict(e, &f.d)) {
		compare(&f, c);
	}
	urne_credentials_free(c);
	fuzz_end(&f);
	return 0;
}
