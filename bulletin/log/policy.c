/* SPDX-License-Identifier: EUPL-1.2 */
/* Policies, line by line: a table of words, each with what its line does. What this version would
 * have to obey and cannot, it refuses. Spec: docs/log.md#policy */
#include "bulletin/log/policy.h"

#include "base/limits.h"

#define MAX_URL ((size_t)2048)

/* What has been read so far. */
struct reader {
	struct urne_policy *out;
	struct urne_diag *d;
	bool has_log, has_quorum;
};

void
urne_policy_write(struct urne_buf *out, const struct urne_policy *p)
{
	urne_buf_puts(out, "log ");
	urne_note_key_write(out, &p->log);
	if (p->url.len > 0) {
		urne_buf_putc(out, ' ');
		urne_buf_put_view(out, p->url);
	}
	urne_buf_puts(out, "\nquorum none\n");
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* next_word takes the next word off *line; it is empty at the end. */
static struct urne_view
next_word(struct urne_view *line)
{
	struct urne_view word;

	while (line->len > 0 && is_blank(line->p[0])) {
		line->p++;
		line->len--;
	}
	word = (struct urne_view){line->p, 0};
	while (line->len > 0 && !is_blank(line->p[0])) {
		line->p++;
		line->len--;
		word.len++;
	}
	return word;
}

static bool
is_url(struct urne_view v)
{
	for (size_t i = 0; i < v.len; i++) {
		if ((unsigned char)v.p[i] <= 0x20 || (unsigned char)v.p[i] >= 0x7f) {
			return false;
		}
	}
	return v.len <= MAX_URL &&
	       (urne_view_starts(v, "https://") || urne_view_starts(v, "http://"));
}

static enum urne_err
read_log(struct reader *r, struct urne_view line)
{
	struct urne_view key = next_word(&line), url = next_word(&line);
	enum urne_err e;

	if (r->has_log) {
		return urne_fail(r->d, URNE_ERR_DUPLICATE, "a second log; a policy is of one");
	}
	r->has_log = true;
	if ((e = urne_note_key_read(&r->out->log, r->d, key)) != URNE_OK) {
		return e;
	}
	if ((url.len > 0 && !is_url(url)) || next_word(&line).len > 0) {
		return urne_fail(r->d, URNE_ERR_SYNTAX,
		    "behind the key of the log only its address may stand, such as "
		    "https://vote.example.org/bb/UUID");
	}
	r->out->url = url;
	return URNE_OK;
}

static enum urne_err
read_quorum(struct reader *r, struct urne_view line)
{
	struct urne_view who = next_word(&line);

	if (r->has_quorum) {
		return urne_fail(r->d, URNE_ERR_DUPLICATE, "a second quorum; a policy has one");
	}
	r->has_quorum = true;
	if (who.len == 0 || next_word(&line).len > 0) {
		return urne_fail(r->d, URNE_ERR_SYNTAX, "a quorum has one name, or is \"none\"");
	}
	if (!urne_view_is(who, "none")) {
		return urne_fail(r->d, URNE_ERR_UNSUPPORTED,
		    "the quorum asks for witnesses, which this version cannot check; take a newer "
		    "one");
	}
	return URNE_OK;
}

static enum urne_err
refuse_witnesses(struct reader *r, struct urne_view line)
{
	(void)line;
	return urne_fail(r->d, URNE_ERR_UNSUPPORTED,
	    "the policy names witnesses, which this version cannot check; take a newer one");
}

static const struct {
	const char *word;
	enum urne_err (*read)(struct reader *r, struct urne_view line);
} lines[] = {
    {"log", read_log},
    {"witness", refuse_witnesses},
    {"group", refuse_witnesses},
    {"quorum", read_quorum},
};
#define NUM_LINES (sizeof(lines) / sizeof(lines[0]))

static enum urne_err
read_line(struct reader *r, struct urne_view line)
{
	struct urne_view word = next_word(&line);

	if (word.len == 0 || word.p[0] == '#') {
		return URNE_OK;
	}
	for (size_t i = 0; i < NUM_LINES; i++) {
		if (urne_view_is(word, lines[i].word)) {
			return lines[i].read(r, line);
		}
	}
	return urne_fail(r->d, URNE_ERR_SYNTAX,
	    "a line of a policy begins with log, witness, group, quorum or #");
}

static enum urne_err
read_lines(struct reader *r, struct urne_view text)
{
	struct urne_view line;

	for (size_t number = 1; text.len > 0; number++) {
		enum urne_err e;

		/* the last line may lack its newline: a person edits this */
		if (!urne_view_cut(&line, &text, '\n')) {
			line = text;
			text.len = 0;
		}
		e = read_line(r, line);
		if (e != URNE_OK) {
			urne_diag_within(r->d, "line %zu of the policy: ", number);
			return e;
		}
	}
	if (!r->has_log || !r->has_quorum) {
		return urne_fail(r->d, URNE_ERR_INCOMPLETE, "the policy has no line \"%s\"",
		    r->has_log ? "quorum" : "log");
	}
	return URNE_OK;
}

enum urne_err
urne_policy_read(struct urne_policy *out, struct urne_diag *d, struct urne_view text)
{
	struct urne_policy p = {.url = {"", 0}};
	struct reader r = {.out = &p, .d = d};
	enum urne_err e;

	*out = p;
	if (text.len > URNE_MAX_SMALL_FILE) {
		return urne_fail(
		    d, URNE_ERR_LIMIT, "the policy is longer than %zu bytes", URNE_MAX_SMALL_FILE);
	}
	e = read_lines(&r, text);
	if (e == URNE_OK) {
		*out = p;
	}
	return e;
}
