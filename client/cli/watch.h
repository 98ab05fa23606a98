/* SPDX-License-Identifier: EUPL-1.2 */
/* Watching a board for days: what is kept beside the state file, what raises an alarm, and one look
 * at the log. Spec: docs/observing.md */
#ifndef URNE_CLIENT_CLI_WATCH_H
#define URNE_CLIENT_CLI_WATCH_H

#include "bulletin/log/journal.h"
#include "bulletin/log/receipt.h"
#include "client/cli/remote.h"
#include "observer/observer.h"

enum urne_alarm {
	URNE_ALARM_FORK,
	URNE_ALARM_ROLLBACK,
	URNE_ALARM_STALL,
	URNE_ALARM_SIGNATURE,
	URNE_ALARM_FILES,
	URNE_ALARM_ARCHIVE,
	URNE_ALARM_INVALID,
	URNE_ALARM_EARLY_CLOSING,
	URNE_ALARM_OUTSIDE_HOURS,
	URNE_ALARM_RECEIPT,
	URNE_ALARM_TALLY,
	URNE_ALARM_RESULT,
	URNE_ALARM_JOURNAL,
	URNE_ALARM_PAGES,
};
#define URNE_NUM_ALARMS 14

/* A receipt that the log must honour. */
struct urne_watch_receipt {
	const char *path;
	struct urne_buf text;
	struct urne_receipt_facts facts;
	bool verified; /* by itself */
	bool honoured; /* the log holds what it says */
};

/* The journal of the board, as far as it was followed. All of it is read again at a start: it is
 * short, and only its newest checkpoint and its first entry are kept. */
struct urne_watched_journal {
	struct urne_remote r;
	bool is_open;		      /* r is */
	struct urne_journal *state;   /* NULL: the board has shown none */
	struct urne_chain chain;      /* of the entries that were stepped */
	struct urne_merkle_tree tree; /* the same */
	struct urne_buf note;	      /* the newest signed checkpoint that was believed, or empty */
	struct urne_checkpoint kept;  /* what it says, without its origin */
	struct urne_hash genesis;     /* of the first entry's event */
};

struct urne_watch {
	struct urne_cli *cli;
	const char *state;	  /* path of the file */
	struct urne_buf folder;	  /* FILE.d, with a NUL */
	int lock;		  /* descriptor of the locked folder, or -1 */
	uint64_t interval, stall; /* seconds */
	bool once;
	const char *command; /* --alarm */
	const char *pages;   /* --pages: sources that the pages must be made of, or NULL */

	struct urne_remote r;
	struct urne_observer o;
	struct urne_observer_source source;
	struct urne_buf bundle;	    /* entries, as they were served */
	struct urne_buf served;	    /* the last object or piece of the archive */
	struct urne_hash kept_root; /* of the checkpoint in o.note */
	uint64_t kept_size;	    /* 0: there is none */
	struct urne_sealed sealed;  /* only the definition and its rules */
	bool hours;		    /* the definition is there and its hours are kept */
	struct urne_watch_receipt *receipts;
	size_t num_receipts;
	struct urne_arena arena; /* of receipts */
	struct urne_watched_journal journal;
	bool pages_seen; /* they were compared, with this manifest: */
	struct urne_hash pages_manifest;
	uint64_t pages_at; /* and then, in seconds since 1970 */

	/* this look */
	uint64_t now; /* seconds since 1970 */
	bool absent;  /* no answer, or not all of it: nothing is said about the log */
	bool stop;    /* an alarm after which nothing more can be believed */
	bool alarmed; /* any alarm */
	bool raised[URNE_NUM_ALARMS];
	bool told[URNE_NUM_ALARMS]; /* it was said, and has not ended since */
	uint64_t contact;	    /* when the board last answered, or we began to ask */
};

/* --- the folder beside the state (watch_store.c) --- */

/* urne_watch_open locks the folder and reads the state if there is one. */
enum urne_err urne_watch_open(struct urne_watch *w) URNE_MUST_USE;
enum urne_err urne_watch_save(struct urne_watch *w) URNE_MUST_USE;
/* urne_watch_kept appends the object of that name from the folder; *found is false when it is not
 * there, or is not what its hash says. */
enum urne_err urne_watch_kept(struct urne_watch *w, struct urne_buf *out, bool *found,
    const struct urne_hash *hash) URNE_MUST_USE;
enum urne_err urne_watch_keep(
    struct urne_watch *w, const struct urne_hash *hash, struct urne_view text) URNE_MUST_USE;

/* --- alarms (watch_alarm.c) --- */

/* A file of evidence. */
struct urne_evidence {
	const char *name;
	struct urne_view text;
};

/* urne_watch_raise says an alarm, whose sentence is in cli->diag: a line on standard output, the
 * evidence and the tiles that were fetched into a folder, the command. What was said already is not
 * said again while it lasts. Returns an error that blames the input. */
enum urne_err urne_watch_raise(struct urne_watch *w, enum urne_alarm alarm,
    const struct urne_evidence *files, size_t num) URNE_MUST_USE;
/* urne_watch_raise_checkpoint: the evidence is the checkpoint that the board shows. */
enum urne_err urne_watch_raise_checkpoint(
    struct urne_watch *w, enum urne_alarm alarm) URNE_MUST_USE;
/* urne_watch_raise_event: it is the event at that height, whose entry is known to be in the signed
 * tree, with its proof, and what it names; the height is put in front of the sentence. An empty
 * entry is fetched. */
enum urne_err urne_watch_raise_event(struct urne_watch *w, enum urne_alarm alarm, uint64_t height,
    struct urne_view entry) URNE_MUST_USE;
/* urne_watch_line says where the log stands. */
void urne_watch_line(const struct urne_watch *w);
/* urne_watch_note is a remark, no alarm. */
void urne_watch_note(const struct urne_watch *w, const char *sentence);
/* urne_watch_run runs --alarm: PROGRAM NAME SENTENCE FOLDER (watch_command.c). */
void urne_watch_run(
    const char *program, const char *name, const char *sentence, const char *folder);

/* --- one look (watch_look.c) --- */

/* urne_watch_look asks the board once. What is found is in w->absent, w->alarmed, w->stop; an error
 * with neither is our own, or the command's. */
enum urne_err urne_watch_look(struct urne_watch *w) URNE_MUST_USE;

/* urne_watch_absent: the board did not answer all that it must; the sentence is in cli->diag. */
enum urne_err urne_watch_absent(struct urne_watch *w) URNE_MUST_USE;
/* urne_watch_files judges an error of urne_remote_…: no answer, ours, or files that are not those
 * that were signed. */
enum urne_err urne_watch_files(struct urne_watch *w, enum urne_err e) URNE_MUST_USE;
/* urne_watch_source_init: objects and the archive, from the board (watch_source.c). */
void urne_watch_source_init(struct urne_watch *w);
/* urne_watch_timestamp asks for that of the archive. */
enum urne_err urne_watch_timestamp(struct urne_watch *w) URNE_MUST_USE;
/* urne_watch_journal follows the journal of the board, if there is one (watch_journal.c).
 * urne_watch_journal_clear lets go of it. */
enum urne_err urne_watch_journal(struct urne_watch *w) URNE_MUST_USE;
void urne_watch_journal_clear(struct urne_watch *w);
/* urne_watch_service_key: the key of the election's log, under the name of the service. */
struct urne_note_key urne_watch_service_key(const struct urne_watch *w);
/* urne_watch_pages fetches what the board serves to browsers as a voter would, and holds it against
 * the manifest that the journal records last; at the first look, when the manifest is another, and
 * every ten minutes. With --pages the manifest is also made again of the sources
 * (watch_pages.c). */
enum urne_err urne_watch_pages(struct urne_watch *w) URNE_MUST_USE;
/* urne_watch_journal_is_read: all that it has signed was stepped. */
bool urne_watch_journal_is_read(const struct urne_watch *w);
/* urne_watch_orders: the log's Setup and Result are those that the journal orders (watch_orders.c).
 */
enum urne_err urne_watch_orders(struct urne_watch *w) URNE_MUST_USE;
/* urne_watch_hours: what the journal's or the definition's hours say (watch_hours.c).
 * urne_watch_promises: receipts too (watch_promises.c). `before` is when the board last answered
 * before this look, `num_ballots` how many ballots it had then. */
enum urne_err urne_watch_hours(
    struct urne_watch *w, uint64_t before, size_t num_ballots) URNE_MUST_USE;
enum urne_err urne_watch_promises(
    struct urne_watch *w, uint64_t before, size_t num_ballots) URNE_MUST_USE;
enum urne_err urne_watch_definition(struct urne_watch *w) URNE_MUST_USE;
/* urne_watch_receipts_open reads the files; their signatures are judged once the key is known. */
enum urne_err urne_watch_receipts_open(struct urne_watch *w) URNE_MUST_USE;
enum urne_err urne_watch_receipts_verify(struct urne_watch *w) URNE_MUST_USE;

#endif
