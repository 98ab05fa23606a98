/* SPDX-License-Identifier: EUPL-1.2 */
/* Where a threshold ceremony stands follows from the files that are there, nothing else. */
#include "client/cli/rounds.h"

#include <stdio.h>
#include <string.h>

#include "election/ceremony_files.h"

const char *
urne_rounds_given(struct urne_rounds *r, size_t round, size_t j)
{
	if (round == 1 || round == URNE_NUM_ROUNDS) {
		(void)snprintf(r->name, sizeof(r->name),
		    URNE_CEREMONY_DIR "/round-%zu-for-%zu.json", round, j);
	} else {
		(void)snprintf(
		    r->name, sizeof(r->name), URNE_CEREMONY_DIR "/round-%zu-for-all.json", round);
	}
	return r->name;
}

const char *
urne_rounds_returned(struct urne_rounds *r, size_t round, size_t j)
{
	(void)snprintf(
	    r->name, sizeof(r->name), URNE_CEREMONY_DIR "/round-%zu-from-%zu.json", round, j);
	return r->name;
}

const char *
urne_rounds_share(struct urne_rounds *r, size_t j)
{
	(void)snprintf(r->name, sizeof(r->name), URNE_CEREMONY_DIR "/share-%zu.dkey", j);
	return r->name;
}

bool
urne_rounds_has(struct urne_rounds *r, size_t j)
{
	return urne_workdir_has(r->w, urne_rounds_returned(r, r->round, j));
}

size_t
urne_rounds_missing(struct urne_rounds *r, struct urne_buf *out)
{
	size_t num = 0, seen = 0;

	for (size_t j = 1; j <= r->size; j++) {
		num += urne_rounds_has(r, j) ? 0 : 1;
	}
	urne_buf_puts(out, num == 1 ? "trustee " : "trustees ");
	for (size_t j = 1; j <= r->size; j++) {
		if (urne_rounds_has(r, j)) {
			continue;
		}
		urne_buf_puts(out, seen == 0 ? "" : seen + 1 == num ? " and " : ", ");
		urne_buf_put_u64(out, j);
		seen++;
	}
	urne_buf_put(out, "", 1);
	return num;
}

enum urne_err
urne_rounds_open(struct urne_rounds *r, struct urne_workdir *w)
{
	struct urne_ceremony_file f;
	struct urne_buf text;
	enum urne_err e;

	*r = (struct urne_rounds){.w = w, .round = 1};
	if (!urne_workdir_has(w, urne_rounds_given(r, 1, 1))) {
		return URNE_OK;
	}
	urne_buf_init(&text, URNE_MAX_SMALL_FILE);
	e = urne_cli_read(w->cli, &text, urne_workdir_path(w, urne_rounds_given(r, 1, 1)));
	if (e == URNE_OK) {
		e = urne_ceremony_read(&f, &w->arena, &w->cli->diag, urne_buf_view(&text));
	}
	if (e == URNE_OK && f.kind != URNE_FILE_INVITATION) {
		e = urne_fail(&w->cli->diag, URNE_ERR_MISMATCH, "this is no invitation");
	}
	if (e == URNE_OK) {
		r->size = (size_t)f.context.size;
		r->threshold = (size_t)f.context.threshold;
	} else {
		urne_diag_within(&w->cli->diag, "%s/%s: ", w->dir, urne_rounds_given(r, 1, 1));
	}
	urne_buf_clear(&text);
	while (e == URNE_OK && r->round < URNE_NUM_ROUNDS &&
	       urne_workdir_has(w, urne_rounds_given(r, r->round + 1, 1))) {
		r->round++;
	}
	if (urne_workdir_has(w, "threshold.json")) {
		r->round = URNE_NUM_ROUNDS + 1;
	}
	return e;
}
