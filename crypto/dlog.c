/* SPDX-License-Identifier: EUPL-1.2 */
/* Baby steps and giant steps. The table holds 64 bits of each baby step's bytes; a hit is confirmed
 * by computing g^n, so a collision of those bits costs time and nothing else. */
#include "crypto/dlog.h"

#include <stdlib.h>
#include <string.h>

/* 2^21 baby steps in 2^22 slots of 16 bytes: 64 MB. */
#define MAX_BABY_STEPS ((uint64_t)1 << 21)

struct slot {
	uint64_t key;
	uint32_t step; /* baby step + 1; 0 is an empty slot */
};

struct urne_dlog {
	const struct urne_group *group;
	uint64_t max;
	uint64_t num_baby;
	struct urne_elem giant; /* g^-num_baby */
	struct slot *slots;
	uint64_t mask;
};

static uint64_t
key_of(const struct urne_group *g, const struct urne_elem *e)
{
	uint8_t bytes[URNE_LIMBS * 8];
	uint64_t key = 0;

	g->ops->to_bytes(g, bytes, e);
	memcpy(&key, bytes, sizeof(key));
	return key;
}

static uint64_t
slot_of(const struct urne_dlog *d, uint64_t key)
{
	/* an odd constant near 2^64 / golden ratio spreads keys of small groups too */
	return (key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & d->mask;
}

static void
insert(struct urne_dlog *d, uint64_t key, uint32_t step)
{
	uint64_t i = slot_of(d, key);

	while (d->slots[i].step != 0) {
		i = (i + 1) & d->mask;
	}
	d->slots[i].key = key;
	d->slots[i].step = step + 1;
}

static uint64_t
integer_sqrt_up(uint64_t n)
{
	uint64_t low = 1, high = MAX_BABY_STEPS;

	while (low < high) {
		uint64_t mid = low + (high - low) / 2;
		if (mid * mid >= n) {
			high = mid;
		} else {
			low = mid + 1;
		}
	}
	return low;
}

enum urne_err
urne_dlog_new(struct urne_dlog **out, const struct urne_group *g, uint64_t max, size_t num_targets)
{
	struct urne_dlog *d = calloc(1, sizeof(*d));
	struct urne_elem step, base;
	uint64_t num_slots = 4;

	*out = NULL;
	if (d == NULL) {
		return URNE_ERR_MEMORY;
	}
	d->group = g;
	d->max = max;
	/* m baby steps once, max/m giant steps per target: m = sqrt(max * targets) */
	if (num_targets == 0) {
		num_targets = 1;
	}
	d->num_baby = max >= UINT64_MAX / num_targets ? MAX_BABY_STEPS
						      : integer_sqrt_up((max + 1) * num_targets);
	if (d->num_baby > max + 1) {
		d->num_baby = max + 1;
	}
	while (num_slots < 2 * d->num_baby) {
		num_slots *= 2;
	}
	d->mask = num_slots - 1;
	d->slots = calloc(num_slots, sizeof(*d->slots));
	if (d->slots == NULL) {
		free(d);
		return URNE_ERR_MEMORY;
	}
	urne_elem_identity(g, &step);
	urne_elem_generator(g, &base);
	for (uint64_t i = 0; i < d->num_baby; i++) {
		insert(d, key_of(g, &step), (uint32_t)i);
		urne_elem_mul(g, &step, &step, &base);
	}
	urne_elem_inv(g, &d->giant, &step);
	*out = d;
	d = NULL; /* the caller owns it now */
	return URNE_OK;
}

void
urne_dlog_free(struct urne_dlog *d)
{
	if (d != NULL) {
		free(d->slots);
		free(d);
	}
}

/* Whether some baby step b with these key bits has g^(shift+b) = e. */
static bool
confirm(const struct urne_dlog *d, uint64_t *out, uint64_t key, uint64_t shift,
    const struct urne_elem *e)
{
	struct urne_elem check;

	for (uint64_t i = slot_of(d, key); d->slots[i].step != 0; i = (i + 1) & d->mask) {
		uint64_t n = shift + d->slots[i].step - 1;
		if (d->slots[i].key != key || n > d->max) {
			continue;
		}
		urne_elem_base_u64(d->group, &check, n);
		if (urne_elem_eq(d->group, &check, e)) {
			*out = n;
			return true;
		}
	}
	return false;
}

enum urne_err
urne_dlog_find(const struct urne_dlog *d, uint64_t *out, const struct urne_elem *e)
{
	struct urne_elem walk = *e;

	*out = 0;
	for (uint64_t shift = 0; shift <= d->max; shift += d->num_baby) {
		if (confirm(d, out, key_of(d->group, &walk), shift, e)) {
			return URNE_OK;
		}
		urne_elem_mul(d->group, &walk, &walk, &d->giant);
	}
	return URNE_ERR_RANGE;
}
