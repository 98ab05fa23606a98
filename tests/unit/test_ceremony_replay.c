/* SPDX-License-Identifier: EUPL-1.2 */
/* The ceremony again from the trustees' files alone: the same key, and whoever's file was changed
 * is named with the round. */
#include "tests/unit/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "election/ceremony.h"
#include "election/threshold.h"

#define N	 3
#define T	 2
#define MAX_FILE ((size_t)4 << 20)

struct replayed {
	struct urne_ceremony_context context;
	struct urne_buf file[URNE_CEREMONY_NUM_ROUNDS][N];
	struct urne_buf share[N], again[N];
	struct urne_threshold made, found;
	struct urne_arena arena;
	struct urne_diag d;
};

/* run has three trustees and an official make a key, and keeps what the trustees sent. */
static void
run(struct replayed *x)
{
	struct urne_buf given[N];
	struct urne_seed seed[N];
	struct urne_view files[N];
	struct urne_rng rng;
	size_t num = 0;

	test_rng_init(&rng);
	for (size_t j = 0; j < N; j++) {
		urne_seed_generate(&seed[j], &rng);
		urne_buf_init(&given[j], MAX_FILE);
		urne_ceremony_invitation(&given[j], x->context.group, N, T, j + 1);
	}
	for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
		bool for_all = num == 1;

		for (size_t j = 0; j < N; j++) {
			assert_ok(urne_ceremony_step(&x->file[r][j], &x->d, &seed[j],
			    urne_buf_view(&given[for_all ? 0 : j]), &rng));
			files[j] = urne_buf_view(&x->file[r][j]);
		}
		if (r == URNE_CEREMONY_KEY) {
			assert_ok(urne_ceremony_finish(&x->made, &x->arena, x->share, &x->d,
			    x->context.group, urne_buf_view(&given[0]), files, N));
			break;
		}
		{
			struct urne_buf next[N];

			for (size_t j = 0; j < N; j++) {
				urne_buf_init(&next[j], MAX_FILE);
			}
			assert_ok(
			    urne_ceremony_collect(next, &num, &x->d, (enum urne_ceremony_round)r,
				x->context.group, urne_buf_view(&given[0]), files, N));
			for (size_t j = 0; j < N; j++) {
				urne_buf_clear(&given[j]);
				given[j] = next[j];
			}
		}
	}
	for (size_t j = 0; j < N; j++) {
		urne_buf_clear(&given[j]);
		urne_seed_clear(&seed[j]);
	}
	urne_rng_clear(&rng);
}

static struct replayed *
begin(void)
{
	struct replayed *x = calloc(1, sizeof(*x));

	assert_non_null(x);
	x->context = (struct urne_ceremony_context){&urne_group_ed25519, N, T};
	urne_arena_init(&x->arena, URNE_TRUSTEES_MEMORY);
	for (size_t j = 0; j < N; j++) {
		urne_buf_init(&x->share[j], MAX_FILE);
		urne_buf_init(&x->again[j], MAX_FILE);
		for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
			urne_buf_init(&x->file[r][j], MAX_FILE);
		}
	}
	run(x);
	return x;
}

static void
end(struct replayed *x)
{
	for (size_t j = 0; j < N; j++) {
		urne_buf_clear(&x->share[j]);
		urne_buf_clear(&x->again[j]);
		for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
			urne_buf_clear(&x->file[r][j]);
		}
	}
	urne_arena_clear(&x->arena);
	free(x);
}

static enum urne_err
replay(struct replayed *x)
{
	struct urne_view files[URNE_CEREMONY_NUM_ROUNDS * N];

	for (size_t i = 0; i < URNE_CEREMONY_NUM_ROUNDS * N; i++) {
		files[i] = urne_buf_view(&x->file[i / N][i % N]);
	}
	return urne_ceremony_replay(&x->found, &x->arena, x->again, &x->d, &x->context, files);
}

static void
assert_says(const struct replayed *x, const char *part)
{
	if (strstr(x->d.text, part) == NULL) {
		fail_msg("\"%s\" is not in \"%s\"", part, x->d.text);
	}
}

static void
the_files_alone_give_the_key_and_the_shares_that_the_official_made(void **state)
{
	struct replayed *x = begin();

	(void)state;
	if (replay(x) != URNE_OK) {
		fail_msg("%s", x->d.text);
	}
	for (size_t j = 0; j <= N; j++) {
		struct urne_elem made, found;

		urne_threshold_public_share(&made, x->context.group, &x->made, j);
		urne_threshold_public_share(&found, x->context.group, &x->found, j);
		assert_true(urne_elem_eq(x->context.group, &made, &found));
	}
	for (size_t j = 0; j < N; j++) {
		assert_true(urne_view_eq(urne_buf_view(&x->share[j]), urne_buf_view(&x->again[j])));
	}
	assert_int_equal(x->found.size, N);
	assert_int_equal(x->found.threshold, T);
	end(x);
}

/* A digit behind the first `name` in the file of trustee 2. */
static void
a_changed_file_of_any_round_is_refused_with_round_and_author(void **state)
{
	static const char *const name[URNE_CEREMONY_NUM_ROUNDS] = {"\"response\":\"", "\"hash\":\"",
	    "\"signatures\":[{\"challenge\":\"", "\"challenge\":\""};

	(void)state;
	for (size_t r = 0; r < URNE_CEREMONY_NUM_ROUNDS; r++) {
		struct replayed *x = begin();
		struct urne_buf *b = &x->file[r][1];
		char *at = memmem(b->data, b->len, name[r], strlen(name[r])), want[32];

		assert_non_null(at);
		at += strlen(name[r]) + 5;
		*at = *at == '1' ? '2' : '1';
		assert_int_not_equal(replay(x), URNE_OK);
		(void)snprintf(want, sizeof(want), "round %zu: trustee 2: ", r + 1);
		assert_says(x, want);
		assert_int_equal(x->found.size, 0);
		end(x);
	}
}

static void
files_of_a_ceremony_for_another_threshold_are_refused(void **state)
{
	struct replayed *x = begin();

	(void)state;
	x->context.threshold = T + 1;
	assert_err(replay(x), URNE_ERR_MISMATCH);
	assert_says(x, "round 1: trustee 1: certificate says threshold 2 instead of 3");
	end(x);
}

static void
a_file_of_another_in_its_place_is_named(void **state)
{
	struct replayed *x = begin();

	(void)state;
	urne_buf_reset(&x->file[2][0]);
	urne_buf_put_view(&x->file[2][0], urne_buf_view(&x->file[2][1]));
	assert_err(replay(x), URNE_ERR_DUPLICATE);
	assert_says(x, "round 3: ");
	end(x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_files_alone_give_the_key_and_the_shares_that_the_official_made),
	    cmocka_unit_test(a_changed_file_of_any_round_is_refused_with_round_and_author),
	    cmocka_unit_test(files_of_a_ceremony_for_another_threshold_are_refused),
	    cmocka_unit_test(a_file_of_another_in_its_place_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
