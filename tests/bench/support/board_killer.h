/* SPDX-License-Identifier: EUPL-1.2 */
/* Kills the board that voters are at work with, again and again. What it goes by are receipts, not
 * the clock, so that every kill comes, and finds ballots without an answer, however fast or slow
 * the board is. */
#ifndef URNE_TESTS_BENCH_BOARD_KILLER_H
#define URNE_TESTS_BENCH_BOARD_KILLER_H

#include <stdbool.h>
#include <stddef.h>

struct board_killer {
	const char *victim; /* file with the process id; there before the board listens */
	size_t kills, made;
	size_t apart;	      /* receipts from one kill to the next, or nearly */
	size_t connections;   /* so many receipts may still come from a dead board */
	bool near;	      /* the receipts for the next kill are there: it comes at */
	double due;	      /* seconds, as of bench_now */
	size_t fewest_asking; /* ballots without an answer at a kill, at least */
};

/* board_killer_init: `kills` kills, spread over the receipts of `voters` voters who come over
 * `connections` connections. False when that is too few voters for so many kills. */
bool board_killer_init(
    struct board_killer *k, const char *victim, size_t kills, size_t voters, size_t connections);

/* board_killer_look is called when `receipts` have come and `asking` ballots are without an answer,
 * after every receipt and every millisecond while a kill is near. False, with a sentence on
 * standard error, when there is nobody to kill. */
bool board_killer_look(struct board_killer *k, size_t receipts, size_t asking, double now);

#endif
