/* SPDX-License-Identifier: EUPL-1.2 */
/* Tiles: one name for each file, the bytes that others compute, and exactly the new files when a
 * log grows. Vectors: tests/vectors/tlog/, which say where they come from. */
#include "tests/unit/support/tlog_vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bulletin/log/tile.h"
#include "crypto/sha256.h"
#include "tests/unit/support/memory_log.h"

#define NUM(a) (sizeof(a) / sizeof((a)[0]))

static void
assert_path(const struct urne_tile *t, struct urne_view want)
{
	struct urne_tile back;
	struct urne_buf path;

	urne_buf_init(&path, URNE_TILE_PATH_MAX);
	urne_tile_path(&path, t);
	assert_ok(urne_buf_error(&path));
	if (!urne_view_eq(urne_buf_view(&path), want)) {
		fail_msg("%.*s, not %.*s", (int)path.len, path.data, (int)want.len, want.p);
	}
	assert_ok(urne_tile_path_read(&back, want));
	assert_int_equal(back.entries, t->entries);
	assert_int_equal(back.level, t->level);
	assert_int_equal(back.index, t->index);
	assert_int_equal(back.width, t->width);
	urne_buf_clear(&path);
}

static void
every_index_of_the_vectors_has_its_path(void **state)
{
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	for (const struct urne_json *x = vector_get(v.root, "index_paths")->child; x != NULL;
	     x = x->next, num++) {
		struct urne_tile t = {.index = vector_u64(x, "index"), .width = URNE_TILE_WIDTH};
		struct urne_buf want;

		urne_buf_init(&want, 256);
		urne_buf_puts(&want, "tile/0/");
		urne_buf_put_view(&want, vector_text(x, "path"));
		assert_path(&t, urne_buf_view(&want));
		t.width = 255;
		urne_buf_puts(&want, ".p/255");
		assert_path(&t, urne_buf_view(&want));
		urne_buf_clear(&want);
	}
	assert_int_equal(num, 8);
	vectors_close(&v);
}

static void
the_last_tile_of_each_level_has_a_path(void **state)
{
	static const struct {
		struct urne_tile tile;
		const char *path;
	} cases[] = {
	    {{.entries = true, .index = 0, .width = 1}, "tile/entries/000.p/1"},
	    {{.entries = true, .index = ((uint64_t)1 << 55) - 1, .width = 255},
		"tile/entries/x036/x028/x797/x018/x963/967.p/255"},
	    {{.level = 0, .index = ((uint64_t)1 << 55) - 2, .width = 256},
		"tile/0/x036/x028/x797/x018/x963/966"},
	    {{.level = 1, .index = ((uint64_t)1 << 47) - 1, .width = 255},
		"tile/1/x140/x737/x488/x355/327.p/255"},
	    {{.level = 7, .index = 0, .width = 127}, "tile/7/000.p/127"},
	};

	for (size_t i = 0; i < NUM(cases); i++) {
		assert_path(&cases[i].tile, urne_view_of(cases[i].path));
	}
}

static void
every_other_spelling_of_a_path_is_refused(void **state)
{
	static const char *const cases[] = {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0",
	    "tile/0/00", "tile/0/0000", "/tile/0/000", "tile//000", "tile/0/000/", "tile/0/000 ",
	    "tile/00/000", "tile/-1/000", "tile/+1/000", "tile/8/000.p/1", "tile/64/000",
	    "tile/0/x000/001", "tile/0/x000/x001/001", "tile/0/x001", "tile/0/x001/",
	    "tile/0/x001/1", "tile/0/001/234", "tile/0/x001/x234", "tile/0/X001/234", "tile/0/0a1",
	    "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01",
	    "tile/0/000.p/256", "tile/0/000.p/257", "tile/0/000.p/1/", "tile/0/000.q/1",
	    "tile/0/000p/1", "tile/data/000", "tile/entries/0/000", "entries/000", "tile/entries",
	    "tile/Entries/000", "tile/0/..", "tile/0/../000", "tile/7/000", "tile/7/000.p/128",
	    "tile/7/001.p/1", "tile/0/x036/x028/x797/x018/x963/967",
	    "tile/0/x036/x028/x797/x018/x963/968.p/1", "tile/0/x018/x446/x744/x073/x709/x551/615",
	    "tile/0/x018/x446/x744/x073/x709/x551/616",
	    "tile/0/x001/x000/x000/x000/x000/x000/x000/000"};

	for (size_t i = 0; i < NUM(cases); i++) {
		struct urne_tile t = {.width = 7};

		if (urne_tile_path_read(&t, urne_view_of(cases[i])) != URNE_ERR_SYNTAX) {
			fail_msg("accepted: %s", cases[i]);
		}
		assert_int_equal(t.width, 0);
	}
}

/* Collecting what a walk visits. */

struct walk {
	struct urne_tile tile[2048];
	size_t num;
	size_t fail_at; /* the visit that refuses; 0: none */
};

static enum urne_err
collect(void *ctx, const struct urne_tile *t)
{
	struct walk *w = ctx;

	if (w->fail_at != 0 && w->num + 1 == w->fail_at) {
		return URNE_ERR_IO;
	}
	assert_true(w->num < NUM(w->tile));
	w->tile[w->num++] = *t;
	return URNE_OK;
}

/* A tile belongs to a tree when the tree has that many hashes of its level, and, unless it is full,
 * no more in this tile. */
static bool
belongs(const struct urne_tile *t, uint64_t size)
{
	uint64_t hashes = size;

	for (unsigned i = 0; i < t->level; i++) {
		hashes /= 256;
	}
	return t->width == 256 ? hashes >= t->index * 256 + 256
			       : hashes == t->index * 256 + t->width;
}

/* Every tile of a level that belongs to the tree, by trying them all. */
static size_t
count_by_trying(bool entries, unsigned level, uint64_t size)
{
	size_t num = 0;

	for (uint64_t index = 0; index <= size / 256; index++) {
		for (unsigned width = 1; width <= 256; width++) {
			struct urne_tile t = {entries, level, index, width};

			num += belongs(&t, size) ? 1 : 0;
		}
	}
	return num;
}

static void
assert_in_order(const struct walk *w)
{
	for (size_t i = 1; i < w->num; i++) {
		const struct urne_tile *a = &w->tile[i - 1], *b = &w->tile[i];

		assert_true(a->entries || !b->entries);
		assert_true(a->entries != b->entries || a->level < b->level ||
			    (a->level == b->level && a->index < b->index));
	}
}

/* From `old` to `size`: the tiles of `size` that do not belong to `old`, and nothing else. */
static void
assert_exactly_the_new(const struct walk *all, uint64_t old, uint64_t size)
{
	struct walk w = {.num = 0};
	size_t at = 0;

	assert_ok(urne_tile_each(old, size, collect, &w));
	for (size_t i = 0; i < all->num; i++) {
		const struct urne_tile *t = &all->tile[i];

		if (belongs(t, old)) {
			continue;
		}
		assert_true(at < w.num);
		assert_memory_equal(&w.tile[at], t, sizeof(*t));
		at++;
	}
	assert_int_equal(at, w.num);
}

static void
a_log_that_grows_has_exactly_the_new_files(void **state)
{
	for (uint64_t size = 0; size <= 600; size++) {
		struct walk all = {.num = 0};

		assert_ok(urne_tile_each(0, size, collect, &all));
		assert_in_order(&all);
		assert_int_equal(
		    all.num, count_by_trying(true, 0, size) + count_by_trying(false, 0, size) +
				 count_by_trying(false, 1, size) + count_by_trying(false, 2, size));
		for (uint64_t old = 0; old <= size; old++) {
			assert_exactly_the_new(&all, old, size);
		}
	}
}

static void
a_large_log_that_grows_has_exactly_the_new_files(void **state)
{
	static const uint64_t sizes[] = {1, 255, 256, 257, 65279, 65280, 65281, 65535, 65536, 65537,
	    65791, 65792, 70000, 131071, 131072, 131073};

	for (size_t i = 0; i < NUM(sizes); i++) {
		struct walk all = {.num = 0};

		assert_ok(urne_tile_each(0, sizes[i], collect, &all));
		assert_in_order(&all);
		for (size_t j = 0; j <= i; j++) {
			assert_exactly_the_new(&all, sizes[j], sizes[i]);
		}
	}
}

static void
a_walk_ends_where_a_visit_refuses(void **state)
{
	struct walk w = {.num = 0, .fail_at = 3};

	assert_err(urne_tile_each(0, 600, collect, &w), URNE_ERR_IO);
	assert_int_equal(w.num, 2);
	w = (struct walk){.num = 0, .fail_at = 7};
	assert_err(urne_tile_each(0, 600, collect, &w), URNE_ERR_IO);
	assert_int_equal(w.num, 6);
	assert_err(urne_tile_each(2, 1, collect, &w), URNE_ERR_RANGE);
	assert_err(urne_tile_each(0, URNE_MERKLE_MAX_SIZE + 1, collect, &w), URNE_ERR_RANGE);
}

static void
the_files_of_eight_entries_are_those_of_the_vectors(void **state)
{
	const struct urne_json *events;
	struct memory_log log;
	struct vectors v;
	size_t num = 0;

	vectors_open(&v, TLOG_VECTORS);
	memory_log_init(&log);
	events = vector_get(vector_get(v.root, "chain"), "events");
	for (const struct urne_json *e = events->child; e != NULL; e = e->next) {
		assert_ok(memory_log_append(&log, vector_text(e, "event")));
	}
	for (const struct urne_json *f = vector_get(v.root, "tiles_8")->child; f != NULL;
	     f = f->next, num++) {
		struct urne_tile t;
		struct urne_buf file;

		assert_ok(urne_tile_path_read(&t, f->key));
		urne_buf_init(&file, 1 << 16);
		memory_log_tile(&file, &log, &t);
		assert_int_equal(f->text.len, 2 * file.len);
		for (size_t i = 0; i < file.len; i++) {
			uint8_t byte;

			assert_ok(
			    urne_hex_decode(&byte, 1, (struct urne_view){f->text.p + 2 * i, 2}));
			assert_int_equal((uint8_t)file.data[i], byte);
		}
		urne_buf_clear(&file);
	}
	assert_int_equal(num, 2);
	memory_log_clear(&log);
	vectors_close(&v);
}

/* Files by their digests. */

struct file {
	char path[URNE_TILE_PATH_MAX + 1];
	struct urne_hash hash;
	size_t len;
};

struct files {
	const struct memory_log *log;
	struct file file[600];
	size_t num;
};

static enum urne_err
keep_file(void *ctx, const struct urne_tile *t)
{
	struct files *all = ctx;
	struct file *f = &all->file[all->num++];
	struct urne_buf text;

	assert_true(all->num <= NUM(all->file));
	urne_buf_init(&text, 1 << 16);
	urne_tile_path(&text, t);
	assert_true(text.len < sizeof(f->path));
	memcpy(f->path, text.data, text.len);
	f->path[text.len] = '\0';
	urne_buf_reset(&text);
	memory_log_tile(&text, all->log, t);
	assert_ok(urne_buf_error(&text));
	urne_sha256_of(&f->hash, urne_buf_view(&text));
	f->len = text.len;
	urne_buf_clear(&text);
	return URNE_OK;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

/* The manifest of the vectors: "HASH  PATH" for every file, sorted by path. */
static struct urne_hash
manifest(struct files *all)
{
	struct urne_sha256 h;
	struct urne_hash hash;

	qsort(all->file, all->num, sizeof(all->file[0]), by_path);
	urne_sha256_init(&h);
	for (size_t i = 0; i < all->num; i++) {
		char hex[URNE_HASH_HEX_LEN];

		urne_hex_encode(hex, all->file[i].hash.b, URNE_HASH_LEN);
		urne_sha256_put(&h, hex, sizeof(hex));
		urne_sha256_puts(&h, "  ");
		urne_sha256_puts(&h, all->file[i].path);
		urne_sha256_puts(&h, "\n");
	}
	urne_sha256_final(&h, &hash);
	return hash;
}

static void
assert_named_files(const struct files *all, const struct urne_json *some)
{
	for (const struct urne_json *s = some->child; s != NULL; s = s->next) {
		struct urne_hash want = vector_hex(vector_text(s, "sha256"));
		size_t i = 0;

		while (i < all->num && !urne_view_is(vector_text(s, "path"), all->file[i].path)) {
			i++;
		}
		assert_true(i < all->num);
		assert_int_equal(all->file[i].len, vector_u64(s, "bytes"));
		assert_true(urne_hash_eq(&all->file[i].hash, &want));
	}
}

static void
every_file_of_large_logs_is_that_of_the_vectors(void **state)
{
	struct urne_merkle_source source;
	struct memory_log log;
	struct vectors v;
	size_t num = 0, entries = 0;

	vectors_open(&v, TLOG_VECTORS);
	memory_log_init(&log);
	source = memory_log_source(&log);
	for (const struct urne_json *x = vector_get(v.root, "tiles_large")->child; x != NULL;
	     x = x->next, num++) {
		struct urne_hash got, want = vector_hex(vector_text(x, "root"));
		uint64_t size = vector_u64(x, "size");
		struct files all = {.log = &log};

		for (; entries < size; entries++) {
			char text[24];
			int len = snprintf(text, sizeof(text), "%zu", entries);

			assert_ok(memory_log_append(&log, (struct urne_view){text, (size_t)len}));
		}
		urne_merkle_root(&log.tree, &got);
		assert_true(urne_hash_eq(&got, &want));
		assert_ok(urne_tile_each(0, size, keep_file, &all));
		assert_int_equal(all.num, vector_u64(x, "files"));
		got = manifest(&all);
		want = vector_hex(vector_text(x, "manifest"));
		assert_true(urne_hash_eq(&got, &want));
		assert_named_files(&all, vector_get(x, "some"));
	}
	assert_int_equal(num, 9);
	for (const struct urne_json *x = vector_get(v.root, "large_inclusion")->child; x != NULL;
	     x = x->next) {
		struct urne_merkle_proof got, want;

		vector_proof(&want, x);
		assert_ok(urne_merkle_prove_inclusion(
		    &got, vector_u64(x, "index"), vector_u64(x, "size"), &source));
		assert_int_equal(got.num, want.num);
		assert_memory_equal(got.hash, want.hash, want.num * URNE_HASH_LEN);
	}
	for (const struct urne_json *x = vector_get(v.root, "large_consistency")->child; x != NULL;
	     x = x->next) {
		struct urne_merkle_proof got, want;

		vector_proof(&want, x);
		assert_ok(urne_merkle_prove_consistency(
		    &got, vector_u64(x, "old"), vector_u64(x, "size"), &source));
		assert_int_equal(got.num, want.num);
		assert_memory_equal(got.hash, want.hash, want.num * URNE_HASH_LEN);
	}
	memory_log_clear(&log);
	vectors_close(&v);
}

static void
entries_are_read_as_they_were_put(void **state)
{
	static const size_t lens[] = {0, 1, 255, 256, 257, 65534, URNE_ENTRY_MAX};
	static char data[URNE_ENTRY_MAX + 1];
	struct urne_view entry, rest;
	struct urne_buf out;

	for (size_t i = 0; i < sizeof(data); i++) {
		data[i] = (char)(i * 7 & 0x7f);
	}
	urne_buf_init(&out, 1 << 20);
	for (size_t i = 0; i < NUM(lens); i++) {
		urne_entry_put(&out, (struct urne_view){data, lens[i]});
	}
	assert_ok(urne_buf_error(&out));
	rest = urne_buf_view(&out);
	for (size_t i = 0; i < NUM(lens); i++) {
		assert_ok(urne_entry_next(&entry, &rest));
		assert_int_equal(entry.len, lens[i]);
		assert_memory_equal(entry.p, data, lens[i]);
	}
	assert_int_equal(rest.len, 0);
	assert_err(urne_entry_next(&entry, &rest), URNE_ERR_INCOMPLETE);
	urne_entry_put(&out, (struct urne_view){data, sizeof(data)});
	assert_err(urne_buf_error(&out), URNE_ERR_LIMIT);
	urne_buf_clear(&out);
}

static void
an_entry_that_is_cut_short_is_refused_at_every_byte(void **state)
{
	static const char bytes[] = "\x00\x05hello";

	for (size_t len = 0; len < sizeof(bytes) - 1; len++) {
		struct urne_view entry, rest = {bytes, len};

		assert_err(urne_entry_next(&entry, &rest), URNE_ERR_INCOMPLETE);
		assert_int_equal(entry.len, 0);
		assert_int_equal(rest.len, len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_index_of_the_vectors_has_its_path),
	    cmocka_unit_test(the_last_tile_of_each_level_has_a_path),
	    cmocka_unit_test(every_other_spelling_of_a_path_is_refused),
	    cmocka_unit_test(a_log_that_grows_has_exactly_the_new_files),
	    cmocka_unit_test(a_large_log_that_grows_has_exactly_the_new_files),
	    cmocka_unit_test(a_walk_ends_where_a_visit_refuses),
	    cmocka_unit_test(the_files_of_eight_entries_are_those_of_the_vectors),
	    cmocka_unit_test(every_file_of_large_logs_is_that_of_the_vectors),
	    cmocka_unit_test(entries_are_read_as_they_were_put),
	    cmocka_unit_test(an_entry_that_is_cut_short_is_refused_at_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
