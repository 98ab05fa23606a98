/* SPDX-License-Identifier: EUPL-1.2 */
/* The command line, read by the tables of the command, which serve its help too. */
#include "base/options.h"

#include <inttypes.h>
#include <string.h>

#include "base/bytes.h"

#define INDENT 4
#define WIDTH  78
#define AGAIN  "..."

/* find returns the option with this name, or NULL. */
static const struct urne_option *
find(const struct urne_option *o, const char *name, size_t len)
{
	for (; o != NULL && o->name != NULL; o++) {
		if (strlen(o->name) == len && strncmp(o->name, name, len) == 0) {
			return o;
		}
	}
	return NULL;
}

static bool
may_stand_again(const struct urne_option *o)
{
	size_t len = o->arg != NULL ? strlen(o->arg) : 0;

	return len >= sizeof(AGAIN) - 1 && strcmp(o->arg + len - (sizeof(AGAIN) - 1), AGAIN) == 0;
}

/* put_value remembers one option. */
static enum urne_err
put_value(
    struct urne_options *out, struct urne_diag *d, const struct urne_option *o, const char *value)
{
	if (out->num_values == URNE_MAX_OPTION_VALUES) {
		return urne_fail(
		    d, URNE_ERR_USAGE, "more than %zu options", URNE_MAX_OPTION_VALUES);
	}
	out->values[out->num_values].option = o;
	out->values[out->num_values].value = value;
	out->num_values++;
	return URNE_OK;
}

static enum urne_err
take_option(struct urne_options *out, struct urne_diag *d, const struct urne_usage *usage,
    const char *const *words, size_t num_words, size_t *at)
{
	const char *name = words[*at] + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	const struct urne_option *o = find(usage->options, name, len);

	if (equals == NULL && find(usage->common, name, len) != NULL) {
		return put_value(out, d, find(usage->common, name, len), "");
	}
	if (o == NULL) {
		return urne_fail(d, URNE_ERR_USAGE, "%s: no such option, see \"%s %s --help\"",
		    words[*at], usage->program, usage->command);
	}
	if (urne_options_get(out, o->name, 0) != NULL && !may_stand_again(o)) {
		return urne_fail(
		    d, URNE_ERR_USAGE, "--%s is given twice, one of them has to go", o->name);
	}
	if (o->arg == NULL && equals != NULL) {
		return urne_fail(d, URNE_ERR_USAGE, "--%s takes no value, write it alone", o->name);
	}
	if (o->arg == NULL) {
		return put_value(out, d, o, "");
	}
	if (equals != NULL) {
		return put_value(out, d, o, equals + 1);
	}
	if (*at + 1 < num_words) {
		*at += 1;
		return put_value(out, d, o, words[*at]);
	}
	return urne_fail(
	    d, URNE_ERR_USAGE, "--%s needs a value, write --%s %s", o->name, o->name, o->arg);
}

static enum urne_err
check_complete(const struct urne_options *out, struct urne_diag *d, const struct urne_usage *usage)
{
	if (out->num_args < usage->min_args || out->num_args > usage->max_args) {
		return urne_fail(d, URNE_ERR_USAGE, "%s, write: %s %s %s",
		    out->num_args < usage->min_args ? "something is missing"
						    : "there are more arguments than it takes",
		    usage->program, usage->command, usage->synopsis);
	}
	for (const struct urne_option *o = usage->options; o->name != NULL; o++) {
		if (o->required && urne_options_get(out, o->name, 0) == NULL) {
			return urne_fail(d, URNE_ERR_USAGE, "--%s is missing, write: %s %s %s",
			    o->name, usage->program, usage->command, usage->synopsis);
		}
	}
	return URNE_OK;
}

enum urne_err
urne_options_parse(struct urne_options *out, struct urne_diag *d, const struct urne_usage *usage,
    const char *const *words, size_t num_words)
{
	bool options = true;

	out->num_args = out->num_values = 0;
	for (size_t i = 0; i < num_words; i++) {
		enum urne_err e = URNE_OK;

		if (options && strcmp(words[i], "--") == 0) {
			options = false;
		} else if (options && strncmp(words[i], "--", 2) == 0) {
			e = take_option(out, d, usage, words, num_words, &i);
		} else if (options && words[i][0] == '-' && words[i][1] != '\0') {
			e = urne_fail(d, URNE_ERR_USAGE,
			    "%s: no such option, options begin with two dashes", words[i]);
		} else {
			out->args[out->num_args++] = words[i];
		}
		if (e != URNE_OK) {
			return e;
		}
	}
	return urne_options_get(out, "help", 0) != NULL ? URNE_OK : check_complete(out, d, usage);
}

const char *
urne_options_get(const struct urne_options *o, const char *name, size_t nth)
{
	for (size_t i = 0; i < o->num_values; i++) {
		if (strcmp(o->values[i].option->name, name) == 0 && nth-- == 0) {
			return o->values[i].value;
		}
	}
	return NULL;
}

enum urne_err
urne_options_number(const struct urne_options *o, uint64_t *out, struct urne_diag *d,
    const char *name, uint64_t min, uint64_t max)
{
	const char *s = urne_options_get(o, name, 0);
	uint64_t v = 0;

	if (s == NULL) {
		return URNE_OK;
	}
	if (urne_decimal_decode(&v, urne_view_of(s), max) != URNE_OK || v < min) {
		return urne_fail(d, URNE_ERR_USAGE,
		    "--%s %s: write a whole number from %" PRIu64 " to %" PRIu64, name, s, min,
		    max);
	}
	*out = v;
	return URNE_OK;
}

void
urne_put_wrapped(struct urne_buf *out, const char *text)
{
	size_t column = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, " ");
		if (column > 0 && column + 1 + len > WIDTH) {
			urne_buf_putc(out, '\n');
			column = 0;
		}
		if (column == 0) {
			urne_buf_printf(out, "%*s", INDENT, "");
			column = INDENT;
		} else {
			urne_buf_putc(out, ' ');
			column++;
		}
		urne_buf_put(out, text, len);
		column += len;
		text += len;
		text += strspn(text, " ");
	}
	urne_buf_putc(out, '\n');
}

void
urne_put_options(struct urne_buf *out, const struct urne_option *o)
{
	for (; o->name != NULL; o++) {
		urne_buf_printf(out, "  --%s%s%s%s\n", o->name, o->arg != NULL ? " " : "",
		    o->arg != NULL ? o->arg : "", o->required ? "  (required)" : "");
		urne_put_wrapped(out, o->help);
	}
}
