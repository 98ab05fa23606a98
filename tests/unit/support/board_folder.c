/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/unit/support/board_folder.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "bulletin/server/head.h"
#include "bulletin/server/store.h"
#include "crypto/sha256.h"
#include "tests/unit/support/check.h"

#define SERVICE "vote.example.org/bb"

const char *
board_folder_path(const struct board_folder *f, const char *name)
{
	static char path[256];

	assert_true((size_t)snprintf(path, sizeof(path), "%s/%s", f->dir, name) < sizeof(path));
	return path;
}

static void
put(const struct board_folder *f, const char *name, const struct urne_buf *b)
{
	struct urne_diag d = {{0}};

	assert_ok(
	    urne_file_create(&d, board_folder_path(f, name), URNE_FILE_PUBLIC, urne_buf_view(b)));
}

void
board_folder_make(struct board_folder *f)
{
	board_folder_make_for(f, 1, 1, false);
}

static void
make_keys(struct board_folder *f)
{
	static const char *const names[FOLDER_OFFICIALS] = {"claire", "amel", "bruno"};
	struct urne_diag d = {{0}};
	struct urne_rng rng;

	test_rng_init(&rng);
	assert_ok(urne_signer_new(&f->key, &d, VIEW(SERVICE), &rng));
	assert_ok(urne_signer_new(&f->registrar, &d, VIEW("registre"), &rng));
	for (size_t i = 0; i < FOLDER_OFFICIALS; i++) {
		assert_ok(urne_signer_new(&f->official[i], &d, urne_view_of(names[i]), &rng));
	}
}

void
board_folder_make_for(
    struct board_folder *f, size_t num_officials, size_t agree, bool has_registrar)
{
	struct urne_board_config config = {.service = VIEW(SERVICE),
	    .name = VIEW("Les Amis de la Pie"),
	    .url = VIEW("https://vote.example.org"),
	    .head = VIEW("head.db"),
	    .num_officials = num_officials,
	    .agree = agree,
	    .has_registrar = has_registrar};
	struct urne_diag d = {{0}};
	struct urne_buf b;

	(void)snprintf(f->dir, sizeof(f->dir), "/tmp/urne-board-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	assert_int_equal(mkdir(board_folder_path(f, "tmp"), 0700), 0);
	assert_int_equal(mkdir(board_folder_path(f, "public"), 0755), 0);
	assert_int_equal(mkdir(board_folder_path(f, "public/bb"), 0755), 0);
	make_keys(f);
	for (size_t i = 0; i < num_officials; i++) {
		config.officials[i] = f->official[i].key;
	}
	config.registrar = f->registrar.key;
	urne_buf_init(&b, URNE_MAX_SMALL_FILE);
	urne_board_config_write(&b, &config);
	put(f, "board.json", &b);
	urne_buf_reset(&b);
	urne_signer_write(&b, &f->key);
	put(f, "log.key", &b);
	urne_buf_reset(&b);
	urne_note_key_write(&b, &f->key.key);
	put(f, "log.pub", &b);
	urne_buf_clear(&b);
	assert_ok(urne_store_create(&d, board_folder_path(f, "main.db")));
	assert_ok(urne_head_create(&d, board_folder_path(f, "head.db")));
}

void
board_folder_open(const struct board_folder *f, struct urne_board **b, struct urne_board_log **l)
{
	struct urne_board_options o = {.num_threads = 2, .batch_ms = 10};
	struct urne_diag d = {{0}};

	if (urne_board_open(b, &d, f->dir, &o) != URNE_OK) {
		fail_msg("%s", d.text);
	}
	*l = urne_board_find(*b, VIEW("GnQagTgeJqLsvY"));
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *where)
{
	(void)st;
	(void)flag;
	(void)where;
	return remove(path);
}

void
board_folder_remove(struct board_folder *f)
{
	assert_int_equal(nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
	urne_signer_clear(&f->key);
	urne_signer_clear(&f->registrar);
	for (size_t i = 0; i < FOLDER_OFFICIALS; i++) {
		urne_signer_clear(&f->official[i]);
	}
}

/* --- submissions --- */

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
};

static void
wake(struct urne_submission *s)
{
	struct waiting *w = s->context;

	(void)pthread_mutex_lock(&w->lock);
	w->done = true;
	(void)pthread_cond_signal(&w->cond);
	(void)pthread_mutex_unlock(&w->lock);
}

void
board_send(struct urne_board *b, struct urne_submission *s)
{
	struct waiting w = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
	unsigned retry_after = 0;

	s->done = wake;
	s->context = &w;
	assert_ok(urne_board_submit(b, s, &retry_after));
	(void)pthread_mutex_lock(&w.lock);
	while (!w.done) {
		(void)pthread_cond_wait(&w.cond, &w.lock);
	}
	(void)pthread_mutex_unlock(&w.lock);
}

static void
set(struct urne_buf *out, struct urne_view v)
{
	urne_buf_init(out, URNE_MAX_TEXT_FILE);
	urne_buf_put_view(out, v);
	assert_ok(urne_buf_error(out));
}

struct urne_submission *
board_ballot(struct urne_board_log *l, struct urne_view text)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_BALLOT);

	assert_non_null(s);
	s->log = l;
	set(&s->ballot, text);
	return s;
}

struct urne_submission *
board_event(
    struct urne_board_log *l, enum urne_event_type type, const struct urne_view *data, size_t num)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);

	assert_non_null(s);
	s->log = l;
	s->type = type;
	s->num_data = num;
	for (size_t i = 0; i < num; i++) {
		set(&s->data[i], data[i]);
	}
	return s;
}
