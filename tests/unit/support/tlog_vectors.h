/* SPDX-License-Identifier: EUPL-1.2 */
/* The vectors of tests/vectors/tlog/tlog.json, which say where they come from, and their values. */
#ifndef URNE_TESTS_TLOG_VECTORS_H
#define URNE_TESTS_TLOG_VECTORS_H

#include "tests/unit/support/check.h"

#include "base/json.h"
#include "bulletin/log/merkle.h"
#include "crypto/note.h"
#include "crypto/secret/signer.h"

#define TLOG_VECTORS "tests/vectors/tlog/tlog.json"
#define NOTE_VECTORS "tests/vectors/notes/notes.json"
#define TLOG_SERVICE "vote.example.org/bb"
#define TLOG_UUID    "8GpLcyFqQvDrUn"
#define TLOG_ORIGIN  TLOG_SERVICE "/" TLOG_UUID

struct vectors {
	struct urne_buf file;
	struct urne_arena arena;
	const struct urne_json *root;
};

/* vectors_open reads one of the files; the test fails when it cannot. */
void vectors_open(struct vectors *v, const char *path);
void vectors_close(struct vectors *v);

/* A field of an object, which must be there. */
const struct urne_json *vector_get(const struct urne_json *v, const char *name);
uint64_t vector_u64(const struct urne_json *v, const char *name);
struct urne_view vector_text(const struct urne_json *v, const char *name);
struct urne_hash vector_hex(struct urne_view text);
struct urne_hash vector_b64(struct urne_view text);
/* The proof in an object's field "proof". */
void vector_proof(struct urne_merkle_proof *out, const struct urne_json *v);

/* The key of the vectors' log under a name, public side and both. */
void vector_key(struct urne_note_key *out, const struct vectors *v, const char *name);
void vector_signer(struct urne_signer *out, const struct vectors *v, const char *name);

#endif
