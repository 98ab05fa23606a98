/* SPDX-License-Identifier: EUPL-1.2 */
/* What the commands on orders have in common: an order is checked against what the board shows,
 * shown in words, confirmed, signed, and sent. */
#ifndef URNE_CLIENT_CLI_ORDER_FLOW_H
#define URNE_CLIENT_CLI_ORDER_FLOW_H

#include "client/cli/confirm.h"
#include "client/cli/fetched.h"
#include "client/cli/keys.h"
#include "client/cli/order_file.h"
#include "client/cli/order_show.h"
#include "client/cli/order_text.h"

#define URNE_OPTION_FROM                                                                           \
	{                                                                                          \
		"from", "DIR",                                                                     \
		    "The folder of the election, of which \"prepare\", \"roll\" and \"seal\" "     \
		    "take what they say.",                                                         \
		    false                                                                          \
	}
#define URNE_OPTION_MINUTES_FILE                                                                   \
	{                                                                                          \
		"minutes", "FILE",                                                                 \
		    "The minutes.json that \"certify\" is about, as \"urne minutes\" wrote it.",   \
		    false                                                                          \
	}

struct urne_order_flow {
	struct urne_cli *cli;
	struct urne_order_board board;
	struct urne_order_known known;
	struct urne_order_text text; /* of an order that is written here */
	struct urne_signers signers;
	struct urne_buf note; /* as it is sent or kept */
};
void urne_order_flow_init(struct urne_order_flow *f, struct urne_cli *cli);
void urne_order_flow_clear(struct urne_order_flow *f);

/* An order that is looked at: its text, taken apart, and the signatures it has. */
struct urne_order_subject {
	const struct urne_order *order;
	const struct urne_note *note; /* text, and the lines there are */
	struct urne_hash hash;
	const struct urne_waiting_order *waiting; /* it waits at the board, or NULL */
};

/* urne_order_flow_check refuses what the board shows otherwise, when there is one (f->known is set
 * by it). urne_order_flow_present says the order in words on the terminal and asks. */
enum urne_err urne_order_flow_check(
    struct urne_order_flow *f, const struct urne_order *o, bool has_board) URNE_MUST_USE;
enum urne_err urne_order_flow_present(
    struct urne_order_flow *f, const struct urne_order_subject *s) URNE_MUST_USE;
/* urne_order_flow_sign opens the keys and puts a note into f->note: the text, the lines of `kept`
 * (NULL: none), and one of each key. */
enum urne_err urne_order_flow_sign(struct urne_order_flow *f, const struct urne_order_subject *s,
    const struct urne_note *kept, const char *const *keys, size_t num_keys) URNE_MUST_USE;
/* urne_order_flow_send sends f->note and says what became of the order. */
enum urne_err urne_order_flow_send(
    struct urne_order_flow *f, const struct urne_order_subject *s) URNE_MUST_USE;

/* urne_order_flow_write makes the order of these words into f->text, for the board that is open, or
 * for the journal `origin`. */
enum urne_err urne_order_flow_write(struct urne_order_flow *f, const struct urne_order_words *w,
    struct urne_view origin, bool has_board) URNE_MUST_USE;
/* urne_order_flow_waiting: the order in f->text, when the same waits already: that one is to be
 * signed. */
struct urne_order_subject urne_order_flow_subject(
    const struct urne_order_flow *f, struct urne_note *room);

/* urne_order_facts_of: what is known of an order at the board; NULL: no board. */
struct urne_order_facts urne_order_facts_of(const struct urne_order_subject *s,
    const struct urne_order_board *b, struct urne_view names[URNE_MAX_OFFICIALS]);
/* The hash of an order in hex, with a NUL. */
struct urne_hash_hex {
	char s[URNE_HASH_HEX_LEN + 1];
};
struct urne_hash_hex urne_hash_hex(const struct urne_hash *h);

#endif
