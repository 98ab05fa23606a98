/* SPDX-License-Identifier: EUPL-1.2 */
/* The checks of the vote definition (threats A14, A15): the file is the sealed one, and it gives
 * the questions that members answered. An election that seals none has no such checks.
 * Spec: docs/vote-definition.md#compilation */
#include <inttypes.h>

#include "base/file.h"
#include "crypto/sha256.h"
#include "election/compile.h"
#include "verifier/verify.h"

static const enum urne_check_id of_definition[] = {
    URNE_CHECK_DEFINITION, URNE_CHECK_DEFINITION_QUESTIONS, URNE_CHECK_FLOOR, URNE_CHECK_OUTCOME};
#define NUM_OF_DEFINITION (sizeof(of_definition) / sizeof(of_definition[0]))

/* The election seals no definition: what is shown as one binds nobody. */
static void
no_definition(struct urne_verification *v)
{
	struct urne_diag d;

	for (size_t i = 0; i < NUM_OF_DEFINITION; i++) {
		urne_report_absent(v->report, of_definition[i]);
	}
	if (v->files.definition != NULL) {
		(void)urne_fail(&d, URNE_ERR_MISMATCH,
		    "the election seals no definition, so no file can say what it was about");
		urne_report_wanted(v->report, URNE_CHECK_DEFINITION);
		urne_report_fail(v->report, URNE_CHECK_DEFINITION, &d, "%s", v->files.definition);
	}
}

/* of_board takes the text that the board shows; the place is then its name. */
static enum urne_err
of_board(struct urne_verification *v, struct urne_buf *path)
{
	if (v->source->definition.len == 0) {
		urne_report_skip(v->report, URNE_CHECK_DEFINITION,
		    "the definition is not there as vote.json; name it with --definition");
		return URNE_OK;
	}
	urne_buf_put_view(&v->definition_text, urne_buf_view(&v->source->definition));
	urne_buf_put(path, "vote.json", sizeof("vote.json"));
	return urne_buf_error(path) == URNE_OK ? urne_buf_error(&v->definition_text)
					       : urne_buf_error(path);
}

/* find sets `path` to the file, or leaves it empty when there is none beside the archive. */
static enum urne_err
find(struct urne_verification *v, struct urne_buf *path)
{
	bool there = false;
	enum urne_err e = urne_path_find(
	    path, &there, v->files.definition, v->archive_path, ".bel", ".vote.json");

	if (e == URNE_OK && !there) {
		urne_report_skip(v->report, URNE_CHECK_DEFINITION,
		    "the definition is not beside the archive as %.200s; name it with --definition",
		    path->data);
		urne_buf_reset(path);
	}
	return e;
}

static void
check_hash(struct urne_verification *v, const char *path, bool *same)
{
	char hex[URNE_HASH_HEX_LEN];
	struct urne_hash hash;
	struct urne_diag d;

	urne_sha256_of(&hash, urne_buf_view(&v->definition_text));
	urne_hex_encode(hex, hash.b, sizeof(hash.b));
	*same = urne_view_eq((struct urne_view){hex, sizeof(hex)}, v->election.vote_definition);
	if (!*same) {
		(void)urne_fail(&d, URNE_ERR_MISMATCH,
		    "its SHA-256 is %.*s, the election seals %.*s", (int)sizeof(hex), hex,
		    (int)v->election.vote_definition.len, v->election.vote_definition.p);
		urne_report_fail(v->report, URNE_CHECK_DEFINITION, &d, "%s", path);
		return;
	}
	urne_report_item(v->report, URNE_CHECK_DEFINITION, 1);
	urne_report_complete(v->report, URNE_CHECK_DEFINITION);
}

static enum urne_err
check_questions(struct urne_verification *v, const char *path)
{
	struct urne_diag d = {""};
	enum urne_err e =
	    urne_definition_read(&v->definition, &v->arena, &d, urne_buf_view(&v->definition_text));

	if (e == URNE_OK) {
		e = urne_definition_agrees(&d, &v->definition, &v->election);
	}
	if (e != URNE_OK && urne_err_is_ours(e)) {
		return e;
	}
	if (e != URNE_OK) {
		urne_report_fail(v->report, URNE_CHECK_DEFINITION_QUESTIONS, &d, "%s", path);
		return URNE_OK;
	}
	v->has_definition = true;
	urne_report_item(v->report, URNE_CHECK_DEFINITION_QUESTIONS, v->definition.num_questions);
	urne_report_complete(v->report, URNE_CHECK_DEFINITION_QUESTIONS);
	return URNE_OK;
}

/* Threat A19. */
static void
check_floor(struct urne_verification *v)
{
	struct urne_diag d;

	if (v->chain.num_of[URNE_EVENT_PARTIAL_DECRYPTION] == 0) {
		return; /* not there yet */
	}
	if (v->num_voters < v->definition.floor) {
		(void)urne_fail(&d, URNE_ERR_RANGE,
		    "%" PRIu64 " voters, and the definition asks for %" PRIu64
		    " before anything is decrypted",
		    v->num_voters, v->definition.floor);
		urne_report_fail(v->report, URNE_CHECK_FLOOR, &d, "partial decryptions");
		return;
	}
	urne_report_item(v->report, URNE_CHECK_FLOOR, v->num_voters);
	urne_report_complete(v->report, URNE_CHECK_FLOOR);
}

enum urne_err
urne_verify_definition(struct urne_verification *v, struct urne_diag *d)
{
	struct urne_buf path;
	bool same = false, shown;
	enum urne_err e;

	if (v->election.vote_definition.len == 0) {
		no_definition(v);
		return URNE_OK;
	}
	urne_buf_init(&path, URNE_MAX_SMALL_FILE);
	shown = v->source->is_board && v->files.definition == NULL;
	e = shown ? of_board(v, &path) : find(v, &path);
	if (e == URNE_OK && path.len > 0 && !shown) {
		e = urne_file_read(&v->definition_text, d, path.data);
	}
	if (e == URNE_OK && path.len > 0) {
		check_hash(v, path.data, &same);
	}
	if (same) {
		e = check_questions(v, path.data);
	}
	if (v->has_definition) {
		check_floor(v);
	} else {
		for (size_t i = 1; i < NUM_OF_DEFINITION; i++) {
			urne_report_skip(
			    v->report, of_definition[i], "the sealed definition is not there");
		}
	}
	urne_buf_clear(&path);
	return e;
}
