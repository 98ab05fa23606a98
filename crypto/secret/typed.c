/* SPDX-License-Identifier: EUPL-1.2 */
/* Lines that people read off paper and type. A line is a word of a Reed-Solomon code over 32
 * symbols: two symbols for its number, which are not printed, 24 of data, four of check. Two words
 * differ in five places at least, so that up to four wrong ones are found and up to two could be
 * mended; we name them and let the person look again. Characters are computed rather than looked
 * up, and products with what is secret are made without branches.
 * Spec: docs/formats.md#keys-on-paper */
#include "crypto/secret/typed.h"

#include <string.h>

#include "crypto/secret/declassify.h"

#define NUM_NUMBER ((size_t)2)
#define NUM_DATA   ((size_t)24)
#define NUM_CHECK  ((size_t)4)
#define NUM_WORD   (NUM_NUMBER + NUM_DATA + NUM_CHECK)

_Static_assert(NUM_DATA * 5 == URNE_TYPED_BYTES * 8, "five bits for each character");
_Static_assert(NUM_DATA + NUM_CHECK == URNE_TYPED_CHARS, "what is printed");
_Static_assert(NUM_WORD <= 31, "a Reed-Solomon word over 32 symbols");
_Static_assert(URNE_TYPED_MAX_LINES == (1U << (5 * NUM_NUMBER)) - 1, "numbers in two symbols");

/* Symbols are polynomials over two elements modulo x^5 + x^2 + 1; alpha is x. */
#define MODULUS 0x25U

/* (X - alpha)(X - alpha^2)(X - alpha^3)(X - alpha^4) = X^4 + 30 X^3 + 6 X^2 + 9 X + 17 */
static const uint8_t generator[NUM_CHECK] = {30, 6, 9, 17};
/* alpha^1 .. alpha^4, where a word is zero */
static const uint8_t roots[NUM_CHECK] = {2, 4, 8, 16};
/* 1 / (alpha^i + 1) for the same i */
static const uint8_t neighbours[NUM_CHECK] = {28, 23, 4, 24};
/* alpha^29i and alpha^28i: the weight of the first symbol and of the second; 1 / alpha^28 */
static const uint8_t of_first[NUM_CHECK] = {9, 11, 25, 15};
static const uint8_t of_second[NUM_CHECK] = {22, 25, 21, 6};
static const unsigned second_inverse = 8;

/* Constant time in both. */
static unsigned
gf_mul(unsigned a, unsigned b)
{
	unsigned product = 0;

	for (unsigned i = 0; i < 5; i++) {
		product ^= (a << i) & (0U - (b >> i & 1U));
	}
	for (unsigned i = 8; i >= 5; i--) {
		product ^= (MODULUS << (i - 5)) & (0U - (product >> i & 1U));
	}
	return product;
}

static void
put_number(uint8_t word[NUM_WORD], size_t number)
{
	word[0] = (uint8_t)(number >> 5 & 31U);
	word[1] = (uint8_t)(number & 31U);
}

/* put_check is the remainder of the word by the generator. */
static void
put_check(uint8_t word[NUM_WORD])
{
	uint8_t *rest = word + NUM_NUMBER + NUM_DATA;

	memset(rest, 0, NUM_CHECK);
	for (size_t i = 0; i < NUM_NUMBER + NUM_DATA; i++) {
		unsigned first = rest[0] ^ word[i];

		for (size_t k = 0; k < NUM_CHECK; k++) {
			unsigned next = k + 1 < NUM_CHECK ? rest[k + 1] : 0;

			rest[k] = (uint8_t)(next ^ gf_mul(generator[k], first));
		}
	}
}

/* The values of the word at the four roots: all zero for a right one, and otherwise given by the
 * mistake alone, whatever the line says. */
static void
get_syndromes(uint8_t out[NUM_CHECK], const uint8_t word[NUM_WORD])
{
	for (size_t k = 0; k < NUM_CHECK; k++) {
		unsigned sum = 0;

		for (size_t i = 0; i < NUM_WORD; i++) {
			sum = gf_mul(sum, roots[k]) ^ word[i];
		}
		out[k] = (uint8_t)sum;
	}
}

/* ---- characters ------------------------------------------------------------------------------ */

/* All ones when first <= c <= last, else 0. */
static unsigned
between(unsigned c, unsigned first, unsigned last)
{
	return ((((c - first) | (last - c)) >> 8) & 1U) - 1U;
}

/* 0-9, then the letters without I, L, O, U. */
static char
to_char(unsigned v)
{
	unsigned c = '0' + v;

	c += ((9U - v) >> 8) & 7U;  /* 'A' */
	c += ((17U - v) >> 8) & 1U; /* over I */
	c += ((19U - v) >> 8) & 1U; /* over L */
	c += ((21U - v) >> 8) & 1U; /* over O */
	c += ((26U - v) >> 8) & 1U; /* over U */
	return (char)c;
}

#define NOT_USED 0x100U
#define LAYOUT	 0x200U

/* to_value returns 0..31, NOT_USED, or LAYOUT for what stands between characters. */
static unsigned
to_value(char ch)
{
	unsigned c = (unsigned char)ch, value, known;

	c -= between(c, 'a', 'z') & ('a' - 'A');
	value = between(c, '0', '9') & (c - '0');
	value |= between(c, 'A', 'H') & (c - 'A' + 10U);
	value |= between(c, 'J', 'K') & (c - 'J' + 18U);
	value |= between(c, 'M', 'N') & (c - 'M' + 20U);
	value |= between(c, 'P', 'T') & (c - 'P' + 22U);
	value |= between(c, 'V', 'Z') & (c - 'V' + 27U);
	value |= (between(c, 'I', 'I') | between(c, 'L', 'L')) & 1U;
	known = between(c, '0', '9') | (between(c, 'A', 'Z') & ~between(c, 'U', 'U'));
	value |= ~known & NOT_USED;
	value |= (between(c, ' ', ' ') | between(c, '-', '-') | between(c, '\t', '\t') |
		     between(c, '\r', '\r')) &
		 LAYOUT;
	return value;
}

/* take reads the characters of a line into the data and check symbols of a word. */
static enum urne_err
take(uint8_t word[NUM_WORD], struct urne_diag *d, size_t number, struct urne_view line)
{
	uint8_t *out = word + NUM_NUMBER;
	size_t num = 0, not_used = 0;

	for (size_t i = 0; i < line.len; i++) {
		unsigned value = to_value(line.p[i]);
		unsigned what = value & (LAYOUT | NOT_USED);

		/* where the spaces are is how the page looks, and a character that no paper has
		 * says nothing about the key */
		urne_declassify(&what, sizeof(what));
		if ((what & LAYOUT) != 0) {
			continue;
		}
		if (num < URNE_TYPED_CHARS) {
			out[num] = (uint8_t)(value & 31U);
		}
		num++;
		not_used = (what & NOT_USED) != 0 && not_used == 0 ? num : not_used;
	}
	if (not_used != 0) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line %zu: no key has that character: look at number %zu of group %zu again",
		    number, (not_used - 1) % URNE_TYPED_GROUP + 1,
		    (not_used - 1) / URNE_TYPED_GROUP + 1);
	}
	if (num != URNE_TYPED_CHARS) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "line %zu: it has %zu groups of %zu characters on the paper, %zu "
		    "in all; here are %zu",
		    number, URNE_TYPED_CHARS / URNE_TYPED_GROUP, URNE_TYPED_GROUP, URNE_TYPED_CHARS,
		    num);
	}
	return URNE_OK;
}

/* ---- mistakes -------------------------------------------------------------------------------- */

/* find_one: the place of a single wrong symbol that gives these syndromes, or NUM_WORD. */
static size_t
find_one(const uint8_t s[NUM_CHECK])
{
	unsigned x = 1; /* alpha^(power of X at the place) */

	for (size_t i = NUM_WORD; i-- > 0 && s[0] != 0; x = gf_mul(x, roots[0])) {
		if (gf_mul(s[0], x) == s[1] && gf_mul(s[1], x) == s[2] && gf_mul(s[2], x) == s[3]) {
			return i;
		}
	}
	return NUM_WORD;
}

/* find_exchange: the first of two neighbours that changed places, or NUM_WORD. Their symbols are
 * wrong by the same difference e, so the syndromes are e x^i (alpha^i + 1). */
static size_t
find_exchange(const uint8_t s[NUM_CHECK])
{
	uint8_t single[NUM_CHECK];
	size_t second;

	for (size_t k = 0; k < NUM_CHECK; k++) {
		single[k] = (uint8_t)gf_mul(s[k], neighbours[k]);
	}
	second = find_one(single);
	return second < NUM_WORD && second > NUM_NUMBER ? second - 1 : NUM_WORD;
}

/* find_line: the number under which this line is right, or 0. For each first symbol of its number
 * the first syndrome leaves one second symbol, which the other syndromes confirm or not. */
static size_t
find_line(const uint8_t s[NUM_CHECK], size_t number)
{
	for (unsigned first = 0; first < 32; first++) {
		unsigned second = gf_mul(s[0] ^ gf_mul(first, of_first[0]), second_inverse);
		size_t k = 1, other = number ^ ((size_t)first << 5 | second);

		while (k < NUM_CHECK &&
		       (gf_mul(first, of_first[k]) ^ gf_mul(second, of_second[k])) == s[k]) {
			k++;
		}
		if (k == NUM_CHECK && other != 0) {
			return other;
		}
	}
	return 0;
}

static enum urne_err
fail_line(struct urne_diag *d, size_t number, const uint8_t s[NUM_CHECK])
{
	size_t other = find_line(s, number), at = find_one(s);

	if (other != 0) {
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "line %zu: this is line %zu of the paper, at the wrong place", number, other);
	}
	if (at >= NUM_NUMBER && at < NUM_WORD) {
		at -= NUM_NUMBER;
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "line %zu: one character is wrong: look at number %zu of group %zu again",
		    number, at % URNE_TYPED_GROUP + 1, at / URNE_TYPED_GROUP + 1);
	}
	at = find_exchange(s);
	if (at < NUM_WORD) {
		at -= NUM_NUMBER;
		return urne_fail(d, URNE_ERR_MISMATCH,
		    "line %zu: number %zu of group %zu and the character after it have changed "
		    "places",
		    number, at % URNE_TYPED_GROUP + 1, at / URNE_TYPED_GROUP + 1);
	}
	return urne_fail(d, URNE_ERR_MISMATCH,
	    "line %zu: more than one character is wrong, or it is a line of another paper", number);
}

/* ---- lines ----------------------------------------------------------------------------------- */

void
urne_typed_write(char out[URNE_TYPED_CHARS], const uint8_t bytes[URNE_TYPED_BYTES], size_t number)
{
	uint8_t word[NUM_WORD];

	put_number(word, number);
	for (size_t i = 0; i < NUM_DATA; i++) {
		size_t at = i * 5 / 8, down = 11 - i * 5 % 8;
		unsigned two = (unsigned)bytes[at] << 8;

		two |= at + 1 < URNE_TYPED_BYTES ? bytes[at + 1] : 0;
		word[NUM_NUMBER + i] = (uint8_t)(two >> down & 31U);
	}
	put_check(word);
	for (size_t i = 0; i < URNE_TYPED_CHARS; i++) {
		out[i] = to_char(word[NUM_NUMBER + i]);
	}
	urne_wipe(word, sizeof(word));
}

enum urne_err
urne_typed_read(
    uint8_t bytes[URNE_TYPED_BYTES], struct urne_diag *d, size_t number, struct urne_view line)
{
	uint8_t word[NUM_WORD] = {0}, s[NUM_CHECK];
	enum urne_err e;

	memset(bytes, 0, URNE_TYPED_BYTES);
	e = take(word, d, number, line);
	if (e != URNE_OK) {
		goto out;
	}
	put_number(word, number);
	get_syndromes(s, word);
	/* zero, or given by the mistake alone */
	urne_declassify(s, sizeof(s));
	if ((s[0] | s[1] | s[2] | s[3]) != 0) {
		e = fail_line(d, number, s);
		goto out;
	}
	for (size_t i = 0; i < NUM_DATA; i++) {
		size_t at = i * 5 / 8, down = 11 - i * 5 % 8;
		unsigned two = (unsigned)word[NUM_NUMBER + i] << down;

		bytes[at] = (uint8_t)(bytes[at] | two >> 8);
		if (at + 1 < URNE_TYPED_BYTES) {
			bytes[at + 1] = (uint8_t)(bytes[at + 1] | (two & 0xffU));
		}
	}
out:
	urne_wipe(word, sizeof(word));
	return e;
}
