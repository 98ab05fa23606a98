/* SPDX-License-Identifier: EUPL-1.2 */
/* Points and scalars for the tests of edwards25519. */
#include "tests/unit/support/edwards_case.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "crypto/vartime/fe51.h"

/* A generator of the torsion subgroup, of order 8. */
static const uint8_t torsion_8[32] = {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c,
    0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7,
    0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a};

const struct edwards_scalar edwards_edge[EDWARDS_NUM_EDGE] = {
    {{0, 0, 0, 0}},
    {{1, 0, 0, 0}},
    {{2, 0, 0, 0}},
    {{0x5812631a5cf5d3ec, 0x14def9dea2f79cd6, 0, 0x1000000000000000}},
    {{0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000}},
    {{0x5812631a5cf5d3ee, 0x14def9dea2f79cd6, 0, 0x1000000000000000}},
    {{0xc09318d2e7ae9f68, 0xa6f7cef517bce6b2, 0, 0x8000000000000000}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, 0x7fffffffffffffff}},
    {{0, 0, 0, 0x8000000000000000}},
    {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
    {{UINT64_MAX - 1, UINT64_MAX, UINT64_MAX, UINT64_MAX}},
    {{0, 0, 0, UINT64_MAX}},
    {{0, 0, 0, 0xf800000000000000}},
    {{0xfffffffffffffff0, 0xf, 0, 0xff00000000000000}},
    {{UINT64_MAX, 0, UINT64_MAX, 0xff}},
};

const struct urne_edwards_code *edwards_code;
const struct urne_edwards_bulk *edwards_bulk;

static uint64_t first_seed;

void
edwards_mul(struct urne_edwards *out, const struct urne_edwards *p, const uint64_t k[4])
{
	const struct urne_edwards_term term = {p, k};

	edwards_code->sum(out, &term, 1);
}

void
edwards_mul2(struct urne_edwards *out, const struct urne_edwards *p, const uint64_t a[4],
    const struct urne_edwards *q, const uint64_t b[4])
{
	const struct urne_edwards_term term[2] = {{p, a}, {q, b}};

	edwards_code->sum(out, term, 2);
}

void
edwards_mul_base(struct urne_edwards *out, const uint64_t a[4])
{
	edwards_mul(out, NULL, a);
}

void
edwards_mul2_base(struct urne_edwards *out, const uint64_t a[4], const struct urne_edwards *q,
    const uint64_t b[4])
{
	edwards_mul2(out, NULL, a, q, b);
}

bool
edwards_in_subgroup(const struct urne_edwards *p)
{
	struct urne_edwards t;

	edwards_mul(&t, p, urne_edwards_order);
	return edwards_code->is_identity(&t);
}

void
edwards_rng_init(struct edwards_rng *g, uint8_t stream)
{
	memset(g, 0, sizeof(*g));
	memcpy(g->key, &first_seed, sizeof(first_seed));
	g->key[8] = stream;
}

void
edwards_rng_bytes(struct edwards_rng *g, void *out, size_t len)
{
	uint8_t buf[randombytes_SEEDBYTES + 256];

	assert_true(len <= 256);
	randombytes_buf_deterministic(buf, sizeof(buf), g->key);
	memcpy(g->key, buf, sizeof(g->key));
	memcpy(out, buf + sizeof(g->key), len);
}

struct edwards_scalar
edwards_random_scalar(struct edwards_rng *g)
{
	struct edwards_scalar s;
	uint8_t choice[2];

	edwards_rng_bytes(g, choice, sizeof(choice));
	if (choice[0] % 4 == 0) {
		return edwards_edge[choice[1] % EDWARDS_NUM_EDGE];
	}
	edwards_rng_bytes(g, &s, sizeof(s));
	return s;
}

void
edwards_random_bytes(struct edwards_rng *g, uint8_t out[32])
{
	uint8_t r[32];

	edwards_rng_bytes(g, r, sizeof(r));
	assert_int_equal(crypto_core_ed25519_from_uniform(out, r), 0);
}

struct urne_edwards
edwards_decode(const uint8_t in[32])
{
	struct urne_edwards p;

	assert_true(edwards_code->decompress(&p, in));
	return p;
}

struct urne_edwards
edwards_random_point(struct edwards_rng *g)
{
	uint8_t a[32], b[32];
	struct urne_edwards p, q;

	edwards_random_bytes(g, a);
	edwards_random_bytes(g, b);
	p = edwards_decode(a);
	q = edwards_decode(b);
	edwards_code->add(&p, &p, &q);
	return p;
}

void
edwards_torsion(struct urne_edwards t[EDWARDS_NUM_TORSION])
{
	struct urne_edwards one = edwards_decode(torsion_8);

	urne_edwards_identity(&t[0]);
	for (size_t i = 1; i < EDWARDS_NUM_TORSION; i++) {
		edwards_code->add(&t[i], &t[i - 1], &one);
	}
}

void
assert_sound(const struct urne_edwards *p)
{
	uint8_t bytes[32], again[32];
	struct urne_fe x, y, z, t, a, b;
	struct urne_edwards q;

	urne_fe_from_limbs(&x, p->X);
	urne_fe_from_limbs(&y, p->Y);
	urne_fe_from_limbs(&z, p->Z);
	urne_fe_from_limbs(&t, p->T);
	assert_false(urne_fe_is_zero(&z));
	urne_fe_mul(&a, &x, &y);
	urne_fe_mul(&b, &z, &t);
	assert_true(urne_fe_equal(&a, &b));
	edwards_code->compress(bytes, p);
	q = edwards_decode(bytes);
	assert_true(edwards_code->equal(p, &q));
	edwards_code->compress(again, &q);
	assert_memory_equal(bytes, again, 32);
}

void
assert_same(const struct urne_edwards *p, const struct urne_edwards *q)
{
	uint8_t a[32], b[32];

	assert_sound(p);
	assert_true(edwards_code->equal(p, q));
	edwards_code->compress(a, p);
	edwards_code->compress(b, q);
	assert_memory_equal(a, b, 32);
}

bool
edwards_case_begin(void)
{
	const char *seed = getenv("URNE_TEST_SEED");

	if (sodium_init() < 0) {
		fprintf(stderr, "libsodium does not start\n");
		return false;
	}
	if (seed != NULL) {
		first_seed = strtoull(seed, NULL, 10);
	} else {
		randombytes_buf(&first_seed, sizeof(first_seed));
	}
	printf("URNE_TEST_SEED=%" PRIu64 "\n", first_seed);
	return true;
}

const char *
edwards_case_next(void)
{
	if (edwards_code == NULL) {
		edwards_code = &urne_edwards_portable;
		return "portable code";
	}
	if (edwards_code != urne_edwards_fastest()) {
		edwards_code = urne_edwards_fastest();
		return "code for this processor";
	}
	if (edwards_code == &urne_edwards_portable) {
		printf("not tried: code for BMI2 and ADX, which this processor does not have\n");
	}
	return NULL;
}

const char *
edwards_bulk_next(void)
{
	static size_t next;

	edwards_code = urne_edwards_fastest();
	while (next < urne_edwards_num_bulk_versions) {
		const struct urne_edwards_bulk_version *v = &urne_edwards_bulk_versions[next++];

		if (v->runs()) {
			edwards_bulk = v->bulk;
			return v->name;
		}
		printf("not tried: %s, which this processor does not run\n", v->name);
	}
	return NULL;
}
