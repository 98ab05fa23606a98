/* SPDX-License-Identifier: EUPL-1.2 */
/* Private credentials in both forms: made, checked, turned into keys.
 * Spec: docs/protocol.md#keys-and-credentials */
#include "election/credential.h"

#include <string.h>

#include "crypto/secret/declassify.h"
#include "crypto/secret/pbkdf2.h"
#include "crypto/sha256.h"
#include "election/election.h"

#define NEW_CHARS	 22
#define OLD_RANDOM_CHARS 14
#define OLD_ROUNDS	 1000

/* Where the dashes stand. */
struct layout {
	enum urne_credential_form form;
	size_t len;
	size_t dash[4];
	size_t num_dashes;
};

static const struct layout layouts[] = {
    {URNE_CREDENTIAL_NEW, 25, {5, 12, 18, 0}, 3},
    {URNE_CREDENTIAL_OLD, 19, {3, 7, 11, 15}, 4},
    {URNE_CREDENTIAL_OLD, 15, {0, 0, 0, 0}, 0},
};

static bool
is_dash_place(const struct layout *l, size_t i)
{
	for (size_t k = 0; k < l->num_dashes; k++) {
		if (l->dash[k] == i) {
			return true;
		}
	}
	return false;
}

/* The value 0..57 of a Base58 character, or 58; every character of the alphabet is looked at. */
static uint32_t
base58_value(char c)
{
	uint32_t value = 58;

	for (uint32_t i = 0; i < 58; i++) {
		uint32_t differ = (uint32_t)(uint8_t)c ^ (uint32_t)(uint8_t)urne_base58_alphabet[i];
		uint32_t same = ((differ - 1) >> 31) & 1; /* differ is below 2^31 */
		value = value ^ ((value ^ i) & (0 - same));
	}
	return value;
}

/* 53 - c1 mod 53, for the first 14 digits c1. */
static uint32_t
old_checksum(const uint32_t digit[OLD_RANDOM_CHARS])
{
	uint32_t rest = 0;

	for (size_t i = 0; i < OLD_RANDOM_CHARS; i++) {
		rest = (rest * 58 + digit[i]) % 53;
	}
	return 53 - rest;
}

void
urne_credential_generate(
    char out[URNE_CREDENTIAL_MAX + 1], enum urne_credential_form form, struct urne_rng *rng)
{
	const struct layout *l = &layouts[form == URNE_CREDENTIAL_NEW ? 0 : 1];
	size_t num_random = form == URNE_CREDENTIAL_NEW ? NEW_CHARS : OLD_RANDOM_CHARS;
	uint32_t digit[NEW_CHARS] = {0};
	size_t k = 0;

	for (size_t i = 0; i < num_random; i++) {
		digit[i] = (uint32_t)urne_rng_below(rng, 58);
	}
	if (form == URNE_CREDENTIAL_OLD) {
		digit[OLD_RANDOM_CHARS] = old_checksum(digit);
	}
	for (size_t i = 0; i < l->len; i++) {
		out[i] = is_dash_place(l, i) ? '-' : urne_base58_alphabet[digit[k++]];
	}
	out[l->len] = '\0';
	urne_wipe(digit, sizeof(digit));
}

static enum urne_err
wrong_character(struct urne_diag *d, size_t i, bool dash)
{
	if (dash) {
		return urne_fail(
		    d, URNE_ERR_SYNTAX, "character %zu of the credential must be a dash", i + 1);
	}
	return urne_fail(d, URNE_ERR_SYNTAX,
	    "character %zu of the credential is not one that credentials use "
	    "(letters and digits without 0, O, I and l)",
	    i + 1);
}

enum urne_err
urne_credential_check(enum urne_credential_form *form, struct urne_diag *d, struct urne_view text)
{
	const struct layout *l = NULL;
	uint32_t digit[NEW_CHARS] = {0};
	size_t k = 0;
	bool mistyped = false;

	*form = URNE_CREDENTIAL_NEW;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		if (layouts[i].len == text.len) {
			l = &layouts[i];
		}
	}
	if (l == NULL) {
		return urne_fail(d, URNE_ERR_SYNTAX,
		    "the credential has %zu characters; it is written XXXXX-XXXXXX-XXXXX-XXXXXX",
		    text.len);
	}
	for (size_t i = 0; i < text.len; i++) {
		bool dash = is_dash_place(l, i);
		uint32_t value = base58_value(text.p[i]);
		bool wrong = dash ? text.p[i] != '-' : value > 57;

		/* whether a character may stand there is told to its owner, and nothing else */
		urne_declassify(&wrong, sizeof(wrong));
		if (wrong) {
			urne_wipe(digit, sizeof(digit));
			return wrong_character(d, i, dash);
		}
		if (!dash) {
			digit[k++] = value;
		}
	}
	*form = l->form;
	if (l->form == URNE_CREDENTIAL_OLD) {
		mistyped = digit[OLD_RANDOM_CHARS] != old_checksum(digit);
	}
	urne_wipe(digit, sizeof(digit));
	/* so is whether the checksum is right */
	urne_declassify(&mistyped, sizeof(mistyped));
	if (mistyped) {
		return urne_fail(
		    d, URNE_ERR_MISMATCH, "the credential is mistyped: its checksum is wrong");
	}
	return URNE_OK;
}

/* hex of SHA-256(derive_credential|uuid|0|c), then of ...|1|c, as one 512-bit number */
static void
derive_new(struct urne_secret *out, const struct urne_group *g, struct urne_view uuid,
    struct urne_view text)
{
	uint8_t wide[2 * URNE_HASH_LEN];

	for (size_t i = 0; i < 2; i++) {
		struct urne_sha256 h;
		struct urne_hash half;

		urne_sha256_init(&h);
		urne_sha256_puts(&h, "derive_credential|");
		urne_sha256_put_view(&h, uuid);
		urne_sha256_puts(&h, i == 0 ? "|0|" : "|1|");
		urne_sha256_put_view(&h, text);
		urne_sha256_final(&h, &half);
		memcpy(wide + i * URNE_HASH_LEN, half.b, URNE_HASH_LEN);
		urne_wipe(&half, sizeof(half));
		urne_wipe(&h, sizeof(h));
	}
	urne_secret_reduce(g, out, wide, sizeof(wide));
	urne_wipe(wide, sizeof(wide));
}

static enum urne_err
derive_old(struct urne_secret *out, struct urne_diag *d, const struct urne_group *g,
    struct urne_view uuid, struct urne_view text)
{
	uint8_t block[URNE_HASH_LEN];

	if (urne_pbkdf2_sha256(block, text, uuid, OLD_ROUNDS) != URNE_OK) {
		return urne_fail(d, URNE_ERR_INTERNAL, "PBKDF2 failed");
	}
	urne_secret_reduce(g, out, block, sizeof(block));
	urne_wipe(block, sizeof(block));
	return URNE_OK;
}

enum urne_err
urne_credential_derive(struct urne_secret *out, struct urne_diag *d, const struct urne_group *g,
    struct urne_view uuid, struct urne_view text)
{
	enum urne_credential_form form;
	enum urne_err e = urne_credential_check(&form, d, text);

	urne_secret_clear(out);
	if (e != URNE_OK) {
		return e;
	}
	if (form == URNE_CREDENTIAL_OLD) {
		return derive_old(out, d, g, uuid, text);
	}
	derive_new(out, g, uuid, text);
	return URNE_OK;
}
