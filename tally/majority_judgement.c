/* SPDX-License-Identifier: EUPL-1.2 */
/* Majority judgement on histograms: which of two rows has the better majority value, without
 * taking a single vote out.
 * Spec: docs/outcome.md#majority-judgement */
#include "tally/outcome.h"

static uint64_t
total_of(const uint64_t *histogram, size_t num_grades)
{
	uint64_t total = 0;

	for (size_t g = 0; g < num_grades; g++) {
		total += histogram[g];
	}
	return total;
}

size_t
urne_grades_median(const uint64_t *histogram, size_t num_grades)
{
	uint64_t middle = total_of(histogram, num_grades) / 2, sum = 0;

	for (size_t g = 0; g + 1 < num_grades; g++) {
		sum += histogram[g];
		if (sum > middle) {
			return g;
		}
	}
	return num_grades - 1;
}

/* Votes of a row stand in a line, best first, at positions 0 to total - 1. Taking out the lower
 * middlemost again and again takes position middle = total / 2 first, then goes outwards, one step
 * to either side in turn: with an even total to the better side first, with an odd one to the
 * worse side first. `taken_at` says as which vote position `i` is taken out. */
static uint64_t
taken_at(uint64_t i, uint64_t total)
{
	uint64_t middle = total / 2;
	uint64_t distance = i >= middle ? i - middle : middle - i;
	bool near_side = total % 2 == 0 ? i < middle : i > middle;

	return 2 * distance - (near_side ? 1 : 0);
}

/* The position in lo .. hi - 1 that is taken out first; the interval is not empty. */
static uint64_t
first_taken(uint64_t lo, uint64_t hi, uint64_t total)
{
	uint64_t middle = total / 2;

	if (lo > middle) {
		return taken_at(lo, total);
	}
	return hi <= middle ? taken_at(hi - 1, total) : taken_at(middle, total);
}

/* Two rows have different grades at a position exactly when, for some grade, it lies between the
 * numbers of votes that the two rows have up to that grade; there the row with the larger number
 * has the better grade. So of these intervals the one that is reached first decides. */
int
urne_grades_compare(const uint64_t *a, const uint64_t *b, size_t num_grades)
{
	uint64_t total = total_of(a, num_grades), first = UINT64_MAX;
	uint64_t sum_a = 0, sum_b = 0;
	int answer = 0;

	for (size_t g = 0; g < num_grades; g++) {
		uint64_t step = UINT64_MAX;

		sum_a += a[g];
		sum_b += b[g];
		if (sum_a == sum_b) {
			continue;
		}
		step = sum_a < sum_b ? first_taken(sum_a, sum_b, total)
				     : first_taken(sum_b, sum_a, total);
		if (step < first) {
			first = step;
			answer = sum_a > sum_b ? -1 : 1;
		}
	}
	return answer;
}
