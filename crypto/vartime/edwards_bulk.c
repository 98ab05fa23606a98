/* SPDX-License-Identifier: EUPL-1.2 */
/* Which versions there are, and which of them run here. The C library has asked the processor and
 * the system when the program started, so that this reads memory. */
#include "crypto/vartime/edwards_bulk.h"

#include <stdlib.h>

#if defined(__x86_64__)
#include <sys/platform/x86.h>
#endif

static bool
runs_portable(void)
{
	return true;
}

#if defined(__x86_64__)
static bool
runs_adx(void)
{
	return CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(ADX);
}

static bool
runs_avx2(void)
{
	return CPU_FEATURE_ACTIVE(AVX2);
}

static bool
runs_ifma(void)
{
	return CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512DQ) &&
	       CPU_FEATURE_ACTIVE(AVX512_IFMA);
}
#endif

const struct urne_edwards_bulk_version urne_edwards_bulk_versions[] = {
#if defined(__x86_64__)
    {"ifma", &urne_edwards_bulk_ifma, runs_ifma},
    {"avx2", &urne_edwards_bulk_avx2, runs_avx2},
    {"adx", &urne_edwards_bulk_adx, runs_adx},
#endif
    {"portable", &urne_edwards_bulk_portable, runs_portable},
};

const size_t urne_edwards_num_bulk_versions =
    sizeof(urne_edwards_bulk_versions) / sizeof(urne_edwards_bulk_versions[0]);

const struct urne_edwards_bulk *
urne_edwards_bulk_fastest(void)
{
	size_t i = 0;

	while (!urne_edwards_bulk_versions[i].runs()) {
		i++;
	}
	return urne_edwards_bulk_versions[i].bulk;
}

/* Of the widest vector. */
#define ALIGNMENT ((size_t)64)

void *
urne_edwards_bulk_room(size_t size)
{
	/* aligned_alloc wants whole multiples */
	return aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}
