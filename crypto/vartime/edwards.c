/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: edwards25519 as callers see it; each function is passed on to the version of the code
 * that is the fastest for this processor. Variable time, PUBLIC DATA ONLY: never to be linked into
 * encryption, decryption or anything that touches a key. */
#include "crypto/vartime/edwards.h"

#include <stdlib.h>

#if defined(__x86_64__)
#include <sys/platform/x86.h>
#endif

#include "crypto/vartime/edwards_bulk.h"
#include "crypto/vartime/edwards_code.h"

/* q = 2^252 + 27742317777372353535851937790883648493 */
const uint64_t urne_edwards_order[4] = {
    UINT64_C(0x5812631a5cf5d3ed), UINT64_C(0x14def9dea2f79cd6), 0, UINT64_C(0x1000000000000000)};

/* The C library has asked the processor when the program started, so that this reads memory. */
const struct urne_edwards_code *
urne_edwards_fastest(void)
{
#if defined(__x86_64__)
	if (CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(ADX)) {
		return &urne_edwards_adx;
	}
#endif
	return &urne_edwards_portable;
}

void
urne_edwards_identity(struct urne_edwards *out)
{
	*out = (struct urne_edwards){.Y = {1}, .Z = {1}};
}

void
urne_edwards_base(struct urne_edwards *out)
{
	urne_edwards_fastest()->base(out);
}

void
urne_edwards_add(
    struct urne_edwards *out, const struct urne_edwards *p, const struct urne_edwards *q)
{
	urne_edwards_fastest()->add(out, p, q);
}

void
urne_edwards_neg(struct urne_edwards *out, const struct urne_edwards *p)
{
	urne_edwards_fastest()->neg(out, p);
}

void
urne_edwards_double(struct urne_edwards *out, const struct urne_edwards *p)
{
	urne_edwards_fastest()->twice(out, p);
}

bool
urne_edwards_equal(const struct urne_edwards *p, const struct urne_edwards *q)
{
	return urne_edwards_fastest()->equal(p, q);
}

bool
urne_edwards_is_identity(const struct urne_edwards *p)
{
	return urne_edwards_fastest()->is_identity(p);
}

bool
urne_edwards_in_subgroup_vartime(const struct urne_edwards *p)
{
	struct urne_edwards t;

	urne_edwards_mul_vartime(&t, p, urne_edwards_order);
	return urne_edwards_is_identity(&t);
}

bool
urne_edwards_decompress(struct urne_edwards *out, const uint8_t in[32])
{
	return urne_edwards_fastest()->decompress(out, in);
}

void
urne_edwards_decompress_many(
    struct urne_edwards *out, bool *ok, const uint8_t (*in)[32], size_t num)
{
	urne_edwards_bulk_fastest()->decompress(out, ok, in, num);
}

void
urne_edwards_compress(uint8_t out[32], const struct urne_edwards *p)
{
	urne_edwards_fastest()->compress(out, p);
}

void
urne_edwards_normalise(struct urne_edwards *points, size_t num)
{
	urne_edwards_fastest()->normalise(points, num);
}

void
urne_edwards_mul_vartime(
    struct urne_edwards *out, const struct urne_edwards *p, const uint64_t k[4])
{
	const struct urne_edwards_term term = {p, k};

	urne_edwards_fastest()->sum(out, &term, 1);
}

void
urne_edwards_mul2_vartime(struct urne_edwards *out, const struct urne_edwards *p,
    const uint64_t a[4], const struct urne_edwards *q, const uint64_t b[4])
{
	const struct urne_edwards_term term[2] = {{p, a}, {q, b}};

	urne_edwards_fastest()->sum(out, term, 2);
}

void
urne_edwards_mul_base_vartime(struct urne_edwards *out, const uint64_t a[4])
{
	const struct urne_edwards_term term = {NULL, a};

	urne_edwards_fastest()->sum(out, &term, 1);
}

void
urne_edwards_mul2_base_vartime(struct urne_edwards *out, const uint64_t a[4],
    const struct urne_edwards *q, const uint64_t b[4])
{
	const struct urne_edwards_term term[2] = {{NULL, a}, {q, b}};

	urne_edwards_fastest()->sum(out, term, 2);
}

void
urne_edwards_mul_many_vartime(struct urne_edwards_multiples *points, size_t num)
{
	const struct urne_edwards_bulk *bulk = urne_edwards_bulk_fastest();
	void *room = urne_edwards_bulk_room(bulk->many_size);

	if (room == NULL) {
		/* it takes longer, and needs none */
		bulk = &urne_edwards_bulk_portable;
	}
	bulk->mul_many(points, num, room);
	free(room);
}

void
urne_edwards_table_make(struct urne_edwards_table *out, const struct urne_edwards *p)
{
	urne_edwards_bulk_fastest()->table_make(out, p);
}

void
urne_edwards_table_sums_vartime(struct urne_edwards_table_sum *sums, size_t num)
{
	urne_edwards_bulk_fastest()->table_sums(sums, num);
}
