/* SPDX-License-Identifier: EUPL-1.2 */
/* Words are told apart by their form: NAME=VALUE with a name of the action, a UUID, or a file. */
#include "client/cli/order_text.h"

#include <string.h>

#define TEXT_MEMORY ((size_t)16 << 20)

/* --- words --- */

static enum urne_err
find_action(struct urne_cli *cli, enum urne_action *out, const char *word)
{
	struct urne_buf names;
	enum urne_err e = URNE_OK;

	if (urne_action_find(out, urne_view_of(word))) {
		return URNE_OK;
	}
	urne_buf_init(&names, URNE_MAX_SMALL_FILE);
	for (size_t i = 0; i < URNE_NUM_ACTIONS; i++) {
		urne_buf_printf(
		    &names, "%s%s", i > 0 ? ", " : "", urne_action_form((enum urne_action)i)->name);
	}
	e = urne_fail(&cli->diag, URNE_ERR_USAGE, "%s: is no action; there are %.*s", word,
	    (int)names.len, names.data);
	urne_buf_clear(&names);
	return e;
}

/* argument_of: the argument that a word NAME=VALUE is for; the number of them when it is none. */
static size_t
argument_of(const struct urne_action_form *form, const char *word, size_t name_len)
{
	size_t i = 0;

	while (i < URNE_ORDER_MAX_NAMES && form->argument[i].name != NULL &&
	       (strlen(form->argument[i].name) != name_len ||
		   strncmp(form->argument[i].name, word, name_len) != 0)) {
		i++;
	}
	return i < URNE_ORDER_MAX_NAMES && form->argument[i].name != NULL ? i
									  : URNE_ORDER_MAX_NAMES;
}

static enum urne_err
take_value(struct urne_order_words *out, struct urne_cli *cli, const char *word, size_t name_len)
{
	const struct urne_action_form *form = urne_action_form(out->action);
	size_t argument = argument_of(form, word, name_len);

	if (argument == URNE_ORDER_MAX_NAMES) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: an order \"%s\" has no argument of this name; docs/journal.md lists them",
		    word, form->name);
	}
	for (size_t i = 0; i < out->num_given && !form->argument[argument].repeated; i++) {
		if (out->given[i].argument == argument) {
			return urne_fail(&cli->diag, URNE_ERR_USAGE, "%s: was given twice",
			    form->argument[argument].name);
		}
	}
	if (out->num_given == URNE_ORDER_MAX_ARGS) {
		return urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "%s: an order has at most %zu arguments", word, URNE_ORDER_MAX_ARGS);
	}
	out->given[out->num_given].argument = argument;
	out->given[out->num_given].text = urne_view_of(word + name_len + 1);
	out->num_given++;
	return URNE_OK;
}

static bool
is_name(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (word[i] < 'a' || word[i] > 'z') {
			return false;
		}
	}
	return len > 0;
}

static enum urne_err
take_word(struct urne_order_words *out, struct urne_cli *cli, const char *word)
{
	const char *equals = strchr(word, '=');

	if (equals != NULL && is_name(word, (size_t)(equals - word))) {
		return take_value(out, cli, word, (size_t)(equals - word));
	}
	if (out->election.len == 0 && out->num_keys == 0 &&
	    urne_action_form(out->action)->about != URNE_ABOUT_NONE &&
	    urne_uuid_check(urne_view_of(word))) {
		out->election = urne_view_of(word);
		return URNE_OK;
	}
	if (out->num_keys == URNE_MAX_OFFICIALS) {
		return urne_fail(&cli->diag, URNE_ERR_LIMIT, "more than %zu keys of officials",
		    URNE_MAX_OFFICIALS);
	}
	out->keys[out->num_keys++] = word;
	return URNE_OK;
}

enum urne_err
urne_order_words_read(struct urne_order_words *out, struct urne_cli *cli, const char *const *words,
    size_t num, struct urne_view uuid)
{
	const struct urne_action_form *form;
	enum urne_err e;

	*out = (struct urne_order_words){.num_given = 0};
	e = find_action(cli, &out->action, words[0]);
	if (e != URNE_OK) {
		return e;
	}
	form = urne_action_form(out->action);
	if (form->about != URNE_ABOUT_NONE) {
		out->election = uuid;
	}
	for (size_t i = 1; e == URNE_OK && i < num; i++) {
		e = take_word(out, cli, words[i]);
	}
	if (e == URNE_OK && form->about == URNE_ABOUT_ELECTION && out->election.len == 0) {
		e = urne_fail(&cli->diag, URNE_ERR_USAGE,
		    "an order \"%s\" is about an election: write its UUID behind the action",
		    form->name);
	}
	return e;
}

/* --- values --- */

void
urne_order_text_init(struct urne_order_text *t)
{
	*t = (struct urne_order_text){.order = {.num_values = 0}};
	urne_arena_init(&t->arena, TEXT_MEMORY);
	urne_buf_init(&t->text, URNE_NOTE_MAX);
}

void
urne_order_text_clear(struct urne_order_text *t)
{
	urne_arena_clear(&t->arena);
	urne_buf_clear(&t->text);
}

static enum urne_err
hash_of_file(struct urne_order_text *t, struct urne_cli *cli, struct urne_view *v)
{
	char hex[URNE_HASH_HEX_LEN];
	struct urne_hash hash;
	enum urne_err e = urne_cli_hash_file(cli, &hash, v->p);

	if (e != URNE_OK) {
		return e;
	}
	urne_hex_encode(hex, hash.b, URNE_HASH_LEN);
	return urne_arena_copy(&t->arena, v, (struct urne_view){hex, sizeof(hex)});
}

static enum urne_err
key_of_file(struct urne_order_text *t, struct urne_cli *cli, struct urne_view *v)
{
	struct urne_buf line;
	enum urne_err e;

	urne_buf_init(&line, URNE_MAX_SMALL_FILE);
	e = urne_cli_read_line(cli, &line, v->p);
	if (e == URNE_OK) {
		e = urne_arena_copy(&t->arena, v, urne_buf_view(&line));
	}
	urne_buf_clear(&line);
	return e;
}

/* A given value: words of the command end with a NUL, so they serve as names of files. */
static enum urne_err
resolve(struct urne_order_text *t, struct urne_cli *cli, struct urne_view *v,
    enum urne_argument_kind kind)
{
	struct urne_hash hash;
	bool is_hash = kind == URNE_ARGUMENT_HASH || kind == URNE_ARGUMENT_HASH_OR;

	if (is_hash && !urne_view_is(*v, "-") &&
	    urne_hex_decode(hash.b, URNE_HASH_LEN, *v) != URNE_OK) {
		return hash_of_file(t, cli, v);
	}
	if (kind == URNE_ARGUMENT_KEY && memchr(v->p, '+', v->len) == NULL) {
		return key_of_file(t, cli, v);
	}
	return URNE_OK;
}

static enum urne_err
put_value(struct urne_order_text *t, struct urne_cli *cli, struct urne_view v,
    enum urne_argument_kind kind)
{
	enum urne_err e = resolve(t, cli, &v, kind);

	if (e == URNE_OK && t->order.num_values == URNE_ORDER_MAX_ARGS) {
		e = urne_fail(&cli->diag, URNE_ERR_LIMIT, "an order has at most %zu arguments",
		    URNE_ORDER_MAX_ARGS);
	}
	if (e == URNE_OK) {
		t->order.value[t->order.num_values++] = v;
	}
	return e;
}

static enum urne_err
put_argument(struct urne_order_text *t, struct urne_cli *cli, const struct urne_order_words *w,
    const struct urne_order_known *known, size_t i)
{
	const struct urne_action_form *form = urne_action_form(w->action);
	size_t before = t->order.num_values;
	enum urne_err e = URNE_OK;

	for (size_t k = 0; e == URNE_OK && k < w->num_given; k++) {
		if (w->given[k].argument == i) {
			e = put_value(t, cli, w->given[k].text, form->argument[i].kind);
		}
	}
	if (e != URNE_OK || t->order.num_values > before) {
		return e;
	}
	if (known->there[i]) {
		return put_value(t, cli, known->value[i], form->argument[i].kind);
	}
	return urne_fail(&cli->diag, URNE_ERR_USAGE,
	    "the order \"%s\" says %s, and nothing here gives it: write %s=VALUE", form->name,
	    form->argument[i].name, form->argument[i].name);
}

enum urne_err
urne_order_text_write(struct urne_order_text *out, struct urne_cli *cli,
    const struct urne_order_words *w, const struct urne_order_known *known, struct urne_view origin,
    int64_t now)
{
	const struct urne_action_form *form = urne_action_form(w->action);
	enum urne_err e = URNE_OK;

	out->order = (struct urne_order){
	    .origin = origin, .action = w->action, .election = w->election, .issued = now};
	for (size_t i = 0;
	     e == URNE_OK && i < URNE_ORDER_MAX_NAMES && form->argument[i].name != NULL; i++) {
		e = put_argument(out, cli, w, known, i);
	}
	if (e == URNE_OK) {
		e = urne_order_check_form(&cli->diag, &out->order);
	}
	if (e != URNE_OK) {
		return e;
	}
	urne_order_write(&out->text, &out->order);
	e = urne_buf_error(&out->text);
	if (e == URNE_OK) {
		e = urne_order_read(&out->order, &cli->diag, urne_buf_view(&out->text));
	}
	urne_order_text_hash(&out->hash, urne_buf_view(&out->text));
	return e;
}

bool
urne_order_same(const struct urne_order *a, const struct urne_order *b)
{
	bool same = a->action == b->action && a->num_values == b->num_values &&
		    urne_view_eq(a->election, b->election) && urne_view_eq(a->origin, b->origin);

	for (size_t i = 0; same && i < a->num_values; i++) {
		same = urne_view_eq(a->value[i], b->value[i]);
	}
	return same;
}
