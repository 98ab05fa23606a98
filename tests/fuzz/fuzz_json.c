/* SPDX-License-Identifier: EUPL-1.2 */
/* The strict JSON reader: a document written from its tree reads as the same tree. */
#include "tests/fuzz/fuzz.h"

#include "base/json.h"

/* open writes what stands before a value's children. */
static void
open_value(struct urne_buf *out, const struct urne_json *v)
{
	if (v->parent != NULL && v->index > 0) {
		urne_buf_putc(out, ',');
	}
	if (v->parent != NULL && v->parent->type == URNE_JSON_OBJECT) {
		urne_buf_put_json_string(out, v->key);
		urne_buf_putc(out, ':');
	}
	switch (v->type) {
	case URNE_JSON_NULL:
		urne_buf_puts(out, "null");
		break;
	case URNE_JSON_BOOL:
		urne_buf_puts(out, v->boolean ? "true" : "false");
		break;
	case URNE_JSON_INTEGER:
		urne_buf_put_view(out, v->text);
		break;
	case URNE_JSON_STRING:
		urne_buf_put_json_string(out, v->text);
		break;
	case URNE_JSON_ARRAY:
		urne_buf_putc(out, '[');
		break;
	case URNE_JSON_OBJECT:
		urne_buf_putc(out, '{');
		break;
	}
}

static void
close_value(struct urne_buf *out, const struct urne_json *v)
{
	if (v->type == URNE_JSON_ARRAY || v->type == URNE_JSON_OBJECT) {
		urne_buf_putc(out, v->type == URNE_JSON_ARRAY ? ']' : '}');
	}
}

/* emit writes the tree without white space, walking it without recursion. */
static void
emit(struct urne_buf *out, const struct urne_json *root)
{
	const struct urne_json *v = root;

	for (;;) {
		open_value(out, v);
		if (v->child != NULL) {
			v = v->child;
			continue;
		}
		close_value(out, v);
		while (v != root && v->next == NULL) {
			v = v->parent;
			close_value(out, v);
		}
		if (v == root) {
			return;
		}
		v = v->next;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t data_len)
{
	struct fuzz_input f;
	const struct urne_json *v;
	struct urne_buf third;

	if (!fuzz_begin(&f, data, data_len)) {
		return 0;
	}
	urne_buf_init(&third, (size_t)16 << 20);
	if (fuzz_verdict(urne_json_parse(&v, &f.arena, &f.d, f.text), &f.d)) {
		emit(&f.again, v);
		if (urne_buf_error(&f.again) != URNE_OK ||
		    urne_json_parse(&v, &f.arena, &f.d, urne_buf_view(&f.again)) != URNE_OK) {
			fprintf(stderr, "%s\n", f.d.text);
			abort();
		}
		emit(&third, v);
		fuzz_same(&third, urne_buf_view(&f.again));
	}
	urne_buf_clear(&third);
	fuzz_end(&f);
	return 0;
}
