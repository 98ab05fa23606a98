/* SPDX-License-Identifier: EUPL-1.2 */
/* One idea: SHA-256 by the SHA instructions of x86-64 processors. Each waits four cycles for the
 * one before it and could start every two, so that two messages side by side take little longer
 * than one. Spec: FIPS 180-4, section 6.2. */
#if defined(__x86_64__)
#include <immintrin.h>

#include "crypto/sha256_blocks.h"

/* One message: the state in the order that the instructions want, that of the block's start, and
 * the next sixteen words. */
struct stream {
	__m128i abef, cdgh, abef_start, cdgh_start;
	__m128i w0, w1, w2, w3;
};

static inline __m128i
load(const void *p)
{
	return _mm_loadu_si128(p);
}

static inline void
state_in(struct stream *s, const uint32_t h[8])
{
	__m128i cdab = _mm_shuffle_epi32(load(h), 0xb1);
	__m128i efgh = _mm_shuffle_epi32(load(h + 4), 0x1b);

	s->abef = _mm_alignr_epi8(cdab, efgh, 8);
	s->cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

static inline void
state_out(uint32_t h[8], const struct stream *s)
{
	__m128i feba = _mm_shuffle_epi32(s->abef, 0x1b);
	__m128i dchg = _mm_shuffle_epi32(s->cdgh, 0xb1);

	_mm_storeu_si128((void *)h, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((void *)(h + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/* words reads four words, which are big-endian. */
static inline __m128i
words(const uint8_t *p)
{
	return _mm_shuffle_epi8(load(p), _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

static inline void
begin(struct stream *s, const uint8_t *p)
{
	s->abef_start = s->abef;
	s->cdgh_start = s->cdgh;
	s->w0 = words(p);
	s->w1 = words(p + 16);
	s->w2 = words(p + 32);
	s->w3 = words(p + 48);
}

static inline void
end(struct stream *s)
{
	s->abef = _mm_add_epi32(s->abef, s->abef_start);
	s->cdgh = _mm_add_epi32(s->cdgh, s->cdgh_start);
}

/* four rounds, from round t on. */
static inline void
four(struct stream *s, __m128i w, size_t t)
{
	__m128i wk = _mm_add_epi32(w, load(&urne_sha256_round[t]));

	s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, wk);
	s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(wk, 0x0e));
}

/* next_four: the words that follow on sixteen. */
static inline __m128i
next_four(__m128i w0, __m128i w1, __m128i w2, __m128i w3)
{
	__m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));

	return _mm_sha256msg2_epu32(sum, w3);
}

static inline void
schedule(struct stream *s)
{
	s->w0 = next_four(s->w0, s->w1, s->w2, s->w3);
	s->w1 = next_four(s->w1, s->w2, s->w3, s->w0);
	s->w2 = next_four(s->w2, s->w3, s->w0, s->w1);
	s->w3 = next_four(s->w3, s->w0, s->w1, s->w2);
}

static inline void
sixteen(struct stream *s, size_t t)
{
	four(s, s->w0, t);
	four(s, s->w1, t + 4);
	four(s, s->w2, t + 8);
	four(s, s->w3, t + 12);
}

static inline void
sixteen_of_both(struct stream *s, struct stream *s2, size_t t)
{
	four(s, s->w0, t);
	four(s2, s2->w0, t);
	four(s, s->w1, t + 4);
	four(s2, s2->w1, t + 4);
	four(s, s->w2, t + 8);
	four(s2, s2->w2, t + 8);
	four(s, s->w3, t + 12);
	four(s2, s2->w3, t + 12);
}

static inline void
schedule_both(struct stream *s, struct stream *s2)
{
	schedule(s);
	schedule(s2);
}

void
urne_sha256_blocks_ni(uint32_t h[8], const uint8_t *p, size_t num)
{
	struct stream s;

	state_in(&s, h);
	for (size_t i = 0; i < num; i++) {
		begin(&s, p + i * URNE_SHA256_BLOCK);
		sixteen(&s, 0);
		schedule(&s);
		sixteen(&s, 16);
		schedule(&s);
		sixteen(&s, 32);
		schedule(&s);
		sixteen(&s, 48);
		end(&s);
	}
	state_out(h, &s);
}

void
urne_sha256_pair_ni(uint32_t h[8], const uint8_t *p, uint32_t h2[8], const uint8_t *p2, size_t num)
{
	struct stream s, s2;

	state_in(&s, h);
	state_in(&s2, h2);
	for (size_t i = 0; i < num; i++) {
		begin(&s, p + i * URNE_SHA256_BLOCK);
		begin(&s2, p2 + i * URNE_SHA256_BLOCK);
		sixteen_of_both(&s, &s2, 0);
		schedule_both(&s, &s2);
		sixteen_of_both(&s, &s2, 16);
		schedule_both(&s, &s2);
		sixteen_of_both(&s, &s2, 32);
		schedule_both(&s, &s2);
		sixteen_of_both(&s, &s2, 48);
		end(&s);
		end(&s2);
	}
	state_out(h, &s);
	state_out(h2, &s2);
}

#else
/* ISO C wants something in every file. */
typedef int urne_sha256_ni_is_for_x86_64;
#endif
