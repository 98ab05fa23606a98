/* SPDX-License-Identifier: EUPL-1.2 */
/* What was declared, in canonical form: compact, fields in a fixed order, absent when empty. The
 * minutes hold it so; reading it again gives the same.
 * Spec: docs/minutes.md#declared */
#include "documents/declared.h"

void
urne_texts_json(
    struct urne_buf *out, const struct urne_definition *v, const struct urne_texts *texts)
{
	for (size_t i = 0; i < v->num_languages; i++) {
		urne_buf_putc(out, i == 0 ? '{' : ',');
		urne_buf_put_json_string(out, v->languages[i]);
		urne_buf_putc(out, ':');
		urne_buf_put_json_string(out, texts->by_language[i]);
	}
	urne_buf_putc(out, '}');
}

void
urne_software_json(struct urne_buf *out, const struct urne_software *software, size_t num)
{
	urne_buf_putc(out, '[');
	for (size_t i = 0; i < num; i++) {
		urne_buf_puts(out, i == 0 ? "{\"name\":" : ",{\"name\":");
		urne_buf_put_json_string(out, software[i].name);
		urne_buf_puts(out, ",\"release\":");
		urne_buf_put_json_string(out, software[i].release);
		urne_buf_puts(out, ",\"sha256\":\"");
		urne_buf_put_hex(out, software[i].sha256.b, URNE_HASH_LEN);
		urne_buf_puts(out, "\"}");
	}
	urne_buf_putc(out, ']');
}

static void
put_draw(struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *d)
{
	(void)v;
	urne_buf_putc(out, '"');
	urne_buf_put_hex(out, d->draw.b, URNE_HASH_LEN);
	urne_buf_putc(out, '"');
}

static void
put_withdrawn(struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *d)
{
	for (size_t i = 0; i < d->num_withdrawn; i++) {
		urne_buf_puts(out, i == 0 ? "[{\"item\":" : ",{\"item\":");
		urne_buf_put_json_string(out, d->withdrawn[i].item);
		urne_buf_puts(out, ",\"candidate\":");
		urne_buf_put_json_string(out, d->withdrawn[i].candidate);
		urne_buf_puts(out, ",\"reason\":");
		urne_texts_json(out, v, &d->withdrawn[i].reason);
		urne_buf_putc(out, '}');
	}
	urne_buf_putc(out, ']');
}

static void
put_incidents(struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *d)
{
	for (size_t i = 0; i < d->num_incidents; i++) {
		urne_buf_puts(out, i == 0 ? "[{\"at\":" : ",{\"at\":");
		urne_buf_put_json_string(out, d->incidents[i].at.text);
		urne_buf_puts(out, ",\"text\":");
		urne_texts_json(out, v, &d->incidents[i].text);
		urne_buf_putc(out, '}');
	}
	urne_buf_putc(out, ']');
}

static void
put_remarks(struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *d)
{
	for (size_t i = 0; i < d->num_remarks; i++) {
		urne_buf_putc(out, i == 0 ? '[' : ',');
		urne_texts_json(out, v, &d->remarks[i]);
	}
	urne_buf_putc(out, ']');
}

static void
put_software(struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *d)
{
	(void)v;
	urne_software_json(out, d->software, d->num_software);
}

void
urne_declared_json(
    struct urne_buf *out, const struct urne_definition *v, const struct urne_declared *declared)
{
	const struct {
		const char *name;
		bool is_there;
		void (*put)(struct urne_buf *out, const struct urne_definition *v,
		    const struct urne_declared *d);
	} fields[] = {
	    {"draw", declared->has_draw, put_draw},
	    {"withdrawn", declared->num_withdrawn > 0, put_withdrawn},
	    {"incidents", declared->num_incidents > 0, put_incidents},
	    {"remarks", declared->num_remarks > 0, put_remarks},
	    {"software", declared->num_software > 0, put_software},
	};
	char before = '{';

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (fields[i].is_there) {
			urne_buf_printf(out, "%c\"%s\":", before, fields[i].name);
			fields[i].put(out, v, declared);
			before = ',';
		}
	}
	urne_buf_puts(out, before == '{' ? "{}" : "}");
}
