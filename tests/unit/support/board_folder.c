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

#define SERVICE	  "vote.example.org/bb"
#define TIMESTAMP 1700000000

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
	struct urne_board_config config = {.service = VIEW(SERVICE),
	    .name = VIEW("Les Amis de la Pie"),
	    .url = VIEW("https://vote.example.org"),
	    .head = VIEW("head.db"),
	    .num_officials = 1,
	    .agree = 1};
	struct urne_signer official;
	struct urne_diag d = {{0}};
	struct urne_rng rng;
	struct urne_buf b;

	test_rng_init(&rng);
	(void)snprintf(f->dir, sizeof(f->dir), "/tmp/urne-board-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	assert_int_equal(mkdir(board_folder_path(f, "tmp"), 0700), 0);
	assert_int_equal(mkdir(board_folder_path(f, "public"), 0755), 0);
	assert_int_equal(mkdir(board_folder_path(f, "public/bb"), 0755), 0);
	assert_ok(urne_signer_new(&f->key, &d, VIEW(SERVICE), &rng));
	assert_ok(urne_signer_new(&official, &d, VIEW("claire"), &rng));
	config.officials[0] = official.key;
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
	urne_signer_clear(&official);
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
board_setup(struct board_case *c)
{
	struct urne_submission *s = urne_submission_new(URNE_SUBMIT_EVENT);
	struct urne_setup_data setup = {.has_certificate = false};

	assert_non_null(s);
	s->type = URNE_EVENT_SETUP;
	s->timestamp = TIMESTAMP;
	s->num_data = 4;
	set(&s->data[0], urne_buf_view(&c->election));
	set(&s->data[1], urne_buf_view(&c->trustees));
	set(&s->data[2], urne_buf_view(&c->credentials));
	urne_sha256_of(&setup.election, urne_buf_view(&c->election));
	urne_sha256_of(&setup.trustees, urne_buf_view(&c->trustees));
	urne_sha256_of(&setup.credentials, urne_buf_view(&c->credentials));
	urne_buf_init(&s->data[3], URNE_MAX_SMALL_FILE);
	urne_setup_data_write(&s->data[3], &setup);
	return s;
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
