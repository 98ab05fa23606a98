/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/support/board_trustees.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "bulletin/server/draft.h"
#include "crypto/sha256.h"
#include "tests/unit/support/check.h"

#define PATH "/bb/" CASE_UUID "/draft/ceremony/"

void
trustees_open(struct board_trustees *f)
{
	board_folder_open(&f->f, &f->b, &f->l);
	assert_ok(urne_service_open(&f->s, &f->d, f->b, f->f.dir));
}

void
trustees_close(struct board_trustees *f)
{
	urne_service_close(&f->s);
	urne_board_close(f->b);
}

int
trustees_set_up(void **state)
{
	static const char *const names[TRUSTEES_SIZE] = {"Denise", "Emil", "Farida"};
	static struct board_trustees f;

	memset(&f, 0, sizeof(f));
	board_case_init(&f.c, &urne_group_ed25519, CASE_QUESTIONS, "[TEST] Congrès");
	board_folder_make(&f.f);
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		assert_ok(urne_signer_new(&f.key[j], &f.d, urne_view_of(names[j]), &f.c.rng));
		urne_seed_generate(&f.seed[j], &f.c.rng);
	}
	trustees_open(&f);
	*state = &f;
	return 0;
}

int
trustees_tear_down(void **state)
{
	struct board_trustees *f = *state;

	trustees_close(f);
	urne_buf_clear(&f->reply.body);
	board_folder_remove(&f->f);
	board_case_clear(&f->c);
	return 0;
}

void
trustees_prepare_with(struct board_trustees *f, const struct urne_note_key *key)
{
	struct urne_buf args;

	urne_buf_init(&args, URNE_MAX_SMALL_FILE);
	urne_buf_printf(&args, "definition -\ngroup Ed25519\nthreshold %d\n",
	    TRUSTEES_THRESHOLD + (key != NULL ? 1 : 0));
	for (size_t j = 0; j < TRUSTEES_SIZE; j++) {
		urne_buf_puts(&args, "trustee ");
		urne_note_key_write(&args, &f->key[j].key);
		urne_buf_putc(&args, '\n');
	}
	if (key != NULL) {
		urne_buf_puts(&args, "trustee ");
		urne_note_key_write(&args, key);
		urne_buf_putc(&args, '\n');
	}
	urne_buf_put(&args, "", 1);
	assert_int_equal(board_ordered(f->b, &f->f, "prepare", CASE_UUID, args.data, CLAIRE), 0);
	urne_buf_clear(&args);
}

void
trustees_prepare(struct board_trustees *f)
{
	trustees_prepare_with(f, NULL);
}

static void
sign(struct urne_buf *note, const struct urne_ceremony_note *n, const struct urne_signer *key)
{
	struct urne_buf text;

	urne_buf_init(note, URNE_NOTE_MAX);
	urne_buf_init(&text, URNE_NOTE_MAX);
	urne_ceremony_note_write(&text, n);
	urne_buf_put_view(note, urne_buf_view(&text));
	urne_buf_putc(note, '\n');
	assert_ok(urne_signer_sign(note, key, urne_buf_view(&text)));
	urne_buf_clear(&text);
}

struct urne_ceremony_note
trustees_note(uint64_t round, uint64_t trustee, struct urne_view file)
{
	struct urne_ceremony_note n = {
	    VIEW(TRUSTEES_JOURNAL), VIEW(CASE_UUID), round, trustee, {{0}}};

	urne_sha256_of(&n.hash, file);
	return n;
}

void
trustees_put_with(struct board_trustees *f, uint64_t round, uint64_t trustee, struct urne_view file,
    const struct urne_ceremony_note *n, const struct urne_signer *key)
{
	char path[128];
	struct board_ask ask = {"PUT", path, URNE_HEADER_TRUSTEE, {"", 0}, file};
	struct urne_buf note;

	sign(&note, n, key);
	ask.note = urne_buf_view(&note);
	(void)snprintf(path, sizeof(path), PATH "%d/%d", (int)round, (int)trustee);
	board_ask(&f->reply, &f->s, &ask);
	urne_buf_clear(&note);
}

void
trustees_put(struct board_trustees *f, uint64_t round, uint64_t trustee, struct urne_view file)
{
	struct urne_ceremony_note n = trustees_note(round, trustee, file);

	trustees_put_with(f, round, trustee, file, &n, &f->key[trustee - 1]);
}

void
trustees_get(struct board_trustees *f, const char *part)
{
	char path[128];
	struct board_ask ask = {.method = "GET", .path = path};

	(void)snprintf(path, sizeof(path), "/bb/" CASE_UUID "/draft/%s", part);
	board_ask(&f->reply, &f->s, &ask);
}

void
trustees_answer(struct board_trustees *f, struct urne_buf *out, uint64_t round, uint64_t trustee)
{
	trustees_get(f, urne_draft_given(round, trustee).text);
	assert_int_equal(f->reply.status, 200);
	urne_buf_init(out, URNE_HTTP_CEREMONY);
	assert_ok(urne_ceremony_step(
	    out, &f->d, &f->seed[trustee - 1], urne_buf_view(&f->reply.body), &f->c.rng));
}

void
trustees_hand_in(struct board_trustees *f, uint64_t round, uint64_t trustee)
{
	struct urne_buf file;

	trustees_answer(f, &file, round, trustee);
	trustees_put(f, round, trustee, urne_buf_view(&file));
	assert_reply(&f->reply, 200, "\"repeated\":false");
	urne_buf_clear(&file);
}

void
trustees_hold_round(struct board_trustees *f, uint64_t round)
{
	for (uint64_t j = 1; j <= TRUSTEES_SIZE; j++) {
		trustees_hand_in(f, round, j);
	}
}
