/* SPDX-License-Identifier: EUPL-1.2 */
/* SHA-256: the standard's examples, and OpenSSL's for very many lengths and ways to cut a message,
 * in every version that this processor runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <endian.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/sha256.h"
#include "crypto/sha256_blocks.h"

#define LONGEST ((size_t)4096)

/* A generator whose numbers are the same in every run: xorshift64*. */
static uint64_t
next(uint64_t *x)
{
	*x ^= *x >> 12;
	*x ^= *x << 25;
	*x ^= *x >> 27;
	return *x * UINT64_C(0x2545f4914f6cdd1d);
}

static size_t
below(uint64_t *x, size_t n)
{
	return (size_t)(next(x) >> 33) % n;
}

static void
fill(uint8_t *out, size_t len, uint64_t *x)
{
	for (size_t i = 0; i < len; i++) {
		out[i] = (uint8_t)(next(x) >> 56);
	}
}

static void
expected(struct urne_hash *out, const void *p, size_t len)
{
	assert_int_equal(EVP_Digest(p, len, out->b, NULL, EVP_sha256(), NULL), 1);
}

static void
assert_hash(const struct urne_hash *is, const struct urne_hash *want)
{
	assert_memory_equal(is->b, want->b, URNE_HASH_LEN);
}

/* FIPS 180-4's examples, by way of NIST's "Examples with Intermediate Values" and CAVP. */
static void
standard_examples_have_their_hashes(void **state)
{
	static const struct {
		const char *text, *hash;
	} examples[] = {
	    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
	     "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
	};
	char hex[URNE_HASH_HEX_LEN];
	struct urne_hash h;
	struct urne_sha256 million;

	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		urne_sha256_of(&h, urne_view_of(examples[i].text));
		urne_hex_encode(hex, h.b, URNE_HASH_LEN);
		assert_memory_equal(hex, examples[i].hash, sizeof(hex));
	}
	urne_sha256_init(&million);
	for (size_t i = 0; i < 100000; i++) {
		urne_sha256_puts(&million, "aaaaaaaaaa");
	}
	urne_sha256_final(&million, &h);
	urne_hex_encode(hex, h.b, URNE_HASH_LEN);
	assert_memory_equal(
	    hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", sizeof(hex));
}

static void
every_length_has_the_hash_that_openssl_gives(void **state)
{
	uint8_t text[301];
	uint64_t x = 1;

	for (size_t len = 0; len <= 300; len++) {
		struct urne_hash is, want;

		fill(text, len, &x);
		expected(&want, text, len);
		urne_sha256_of(&is, (struct urne_view){(const char *)text, len});
		assert_hash(&is, &want);
	}
}

static void
cuts_change_nothing(void **state)
{
	uint8_t text[LONGEST];
	uint64_t x = 2;

	fill(text, sizeof(text), &x);
	for (size_t i = 0; i < 300000; i++) {
		/* short ones mostly, where the blocks' ends are */
		size_t len = below(&x, i % 16 == 0 ? LONGEST : 200), at = 0;
		const uint8_t *p = text + below(&x, LONGEST - len);
		struct urne_hash is, again, want;
		struct urne_sha256 h, copy;

		urne_sha256_init(&h);
		while (at < len) {
			size_t n = 1 + below(&x, i % 3 == 0 ? 9 : 130);

			n = n < len - at ? n : len - at;
			urne_sha256_put(&h, p + at, n);
			at += n;
		}
		copy = h;
		urne_sha256_final(&h, &is);
		urne_sha256_final(&copy, &again);
		expected(&want, p, len);
		assert_hash(&is, &want);
		assert_hash(&again, &want);
	}
}

/* Every length to 300, so that there are more messages than are put in order at a time. */
#define MANY   ((size_t)301)
#define MOST   ((size_t)100)
#define LONGER ((size_t)9000)

static void
compare_many(const struct urne_sha256_version *v, const struct urne_view *text, size_t num)
{
	struct urne_hash is[MANY], want;

	urne_sha256_of_many_by(v, is, text, num);
	for (size_t k = 0; k < num; k++) {
		expected(&want, text[k].p, text[k].len);
		assert_hash(&is[k], &want);
	}
}

/* Of any number and any lengths, now and then above those that are put in order. */
static void
compare_random_many(const struct urne_sha256_version *v, uint64_t *x)
{
	uint8_t text[LONGER];
	struct urne_view part[MOST];

	fill(text, sizeof(text), x);
	for (size_t i = 0; i < 10000; i++) {
		size_t num = below(x, i % 2 == 0 ? MOST + 1 : 20);
		size_t most = below(x, i % 8 == 0 ? LONGER : 700) + 1;

		for (size_t k = 0; k < num; k++) {
			part[k].len = below(x, (i + k) % 8 == 0 ? most : 200);
			part[k].p = (const char *)text + below(x, LONGER - part[k].len);
		}
		compare_many(v, part, num);
	}
}

static void
messages_beside_each_other_have_their_own_hashes(void **state)
{
	uint8_t text[LONGEST];
	struct urne_view part[MANY];
	uint64_t x = 3;

	fill(text, sizeof(text), &x);
	for (size_t k = 0; k < MANY; k++) {
		part[k] = (struct urne_view){(const char *)text + below(&x, 64), k};
	}
	for (size_t i = 0; i < urne_sha256_num_versions; i++) {
		const struct urne_sha256_version *v = &urne_sha256_versions[i];

		if (v->runs()) {
			compare_many(v, part, MANY);
			compare_random_many(v, &x);
		}
	}
}

static void
texts_put_side_by_side_go_each_into_its_own_hash(void **state)
{
	uint8_t text[LONGEST];
	uint64_t x = 5;

	fill(text, sizeof(text), &x);
	for (size_t i = 0; i < 100000; i++) {
		struct urne_sha256 h[2];
		struct urne_hash is, want;
		const uint8_t *p[2];
		size_t first[2], len[2];

		for (size_t k = 0; k < 2; k++) {
			first[k] = below(&x, i % 4 == 0 ? 1 : 150);
			len[k] = first[k] + below(&x, i % 16 == 0 ? 1500 : 300);
			p[k] = text + below(&x, LONGEST - len[k]);
			urne_sha256_init(&h[k]);
			urne_sha256_put(&h[k], p[k], first[k]);
		}
		urne_sha256_put_both(&h[0],
		    (struct urne_view){(const char *)p[0] + first[0], len[0] - first[0]}, &h[1],
		    (struct urne_view){(const char *)p[1] + first[1], len[1] - first[1]});
		for (size_t k = 0; k < 2; k++) {
			urne_sha256_final(&h[k], &is);
			expected(&want, p[k], len[k]);
			assert_hash(&is, &want);
		}
	}
}

/* padded: the whole message as blocks; room for 72 bytes more. */
static size_t
padded(uint8_t *out, const uint8_t *text, size_t len)
{
	size_t num = (len + 9 + URNE_SHA256_BLOCK - 1) / URNE_SHA256_BLOCK;
	uint64_t bits = htobe64((uint64_t)len * 8);

	memset(out, 0, num * URNE_SHA256_BLOCK);
	memcpy(out, text, len);
	out[len] = 0x80;
	memcpy(out + num * URNE_SHA256_BLOCK - 8, &bits, sizeof(bits));
	return num;
}

static void
assert_state(const uint32_t h[8], const uint8_t *text, size_t len)
{
	struct urne_hash want, is;

	for (size_t i = 0; i < 8; i++) {
		uint32_t word = htobe32(h[i]);

		memcpy(is.b + 4 * i, &word, sizeof(word));
	}
	expected(&want, text, len);
	assert_hash(&is, &want);
}

static void
compare_version(const struct urne_sha256_version *v, uint64_t *x)
{
	static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
	uint8_t text[2][700], blocks[2][800];

	for (size_t i = 0; i < 150000; i++) {
		size_t len = i < 600 ? i : below(x, i % 32 == 0 ? 600 : 130), num;
		/* of as many blocks, and another length */
		size_t other, first;
		uint32_t h[8], h2[8];

		fill(text[0], len, x);
		num = padded(blocks[0], text[0], len);
		other = num * URNE_SHA256_BLOCK - 9 - below(x, num > 1 ? 64 : 56);
		fill(text[1], other, x);
		assert_int_equal(padded(blocks[1], text[1], other), num);
		first = below(x, num + 1);
		memcpy(h, start, sizeof(h));
		v->blocks(h, blocks[0], first);
		v->blocks(h, blocks[0] + first * URNE_SHA256_BLOCK, num - first);
		assert_state(h, text[0], len);
		memcpy(h, start, sizeof(h));
		memcpy(h2, start, sizeof(h2));
		v->pair(h, blocks[0], h2, blocks[1], num);
		assert_state(h, text[0], len);
		assert_state(h2, text[1], other);
	}
}

/* Sixteen states and messages, each its own, against plain C. */
static void
compare_sixteen(const struct urne_sha256_version *v, uint64_t *x)
{
	uint8_t text[LONGEST];

	fill(text, sizeof(text), x);
	for (size_t i = 0; i < 20000; i++) {
		uint32_t is[URNE_SHA256_LANES][8], want[URNE_SHA256_LANES][8];
		uint32_t *h[URNE_SHA256_LANES];
		const uint8_t *p[URNE_SHA256_LANES];
		size_t num = below(x, 6);

		fill((uint8_t *)is, sizeof(is), x);
		memcpy(want, is, sizeof(want));
		for (size_t k = 0; k < URNE_SHA256_LANES; k++) {
			h[k] = is[k];
			p[k] = text + below(x, LONGEST - num * URNE_SHA256_BLOCK);
			urne_sha256_blocks_portable(want[k], p[k], num);
		}
		v->sixteen(h, p, num);
		assert_memory_equal(is, want, sizeof(want));
	}
}

static void
every_version_hashes_what_openssl_hashes(void **state)
{
	size_t ran = 0;
	uint64_t x = 4;

	for (size_t i = 0; i < urne_sha256_num_versions; i++) {
		if (urne_sha256_versions[i].runs()) {
			compare_version(&urne_sha256_versions[i], &x);
			if (urne_sha256_versions[i].sixteen != NULL) {
				compare_sixteen(&urne_sha256_versions[i], &x);
			}
			ran++;
		} else {
			print_message("this processor does not run the version %s\n",
			    urne_sha256_versions[i].name);
		}
	}
	assert_true(ran > 0);
	assert_string_equal(urne_sha256_versions[urne_sha256_num_versions - 1].name, "portable");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(standard_examples_have_their_hashes),
	    cmocka_unit_test(every_length_has_the_hash_that_openssl_gives),
	    cmocka_unit_test(cuts_change_nothing),
	    cmocka_unit_test(messages_beside_each_other_have_their_own_hashes),
	    cmocka_unit_test(texts_put_side_by_side_go_each_into_its_own_hash),
	    cmocka_unit_test(every_version_hashes_what_openssl_hashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
