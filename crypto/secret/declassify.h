/* SPDX-License-Identifier: EUPL-1.2 */
/* Marks for the constant-time test under valgrind; nothing at all in other builds. */
#ifndef URNE_CRYPTO_SECRET_DECLASSIFY_H
#define URNE_CRYPTO_SECRET_DECLASSIFY_H

#include <stddef.h>

#ifdef URNE_CT_TEST
#include <valgrind/memcheck.h>
#endif

/* urne_classify marks memory as secret: any branch or index that depends on it is reported. */
static inline void
urne_classify(void *p, size_t len)
{
#ifdef URNE_CT_TEST
	VALGRIND_MAKE_MEM_UNDEFINED(p, len);
#else
	(void)p;
	(void)len;
#endif
}

/* urne_declassify marks memory as public from here on; every use says why. */
static inline void
urne_declassify(void *p, size_t len)
{
#ifdef URNE_CT_TEST
	VALGRIND_MAKE_MEM_DEFINED(p, len);
#else
	(void)p;
	(void)len;
#endif
}

#endif
