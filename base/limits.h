/* SPDX-License-Identifier: EUPL-1.2 */
/* Every limit of the system, each with its reason. Limits bound memory and time against hostile
 * input; they are far above what elections need. */
#ifndef URNE_BASE_LIMITS_H
#define URNE_BASE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/* A question with more answers than this is no question a person can answer. */
#define URNE_MAX_ANSWERS ((size_t)4096)
/* A programme of commitments has tens of questions; this leaves room for a constitution. */
#define URNE_MAX_QUESTIONS ((size_t)2048)
/* All answers of all questions: bounds a ballot's size and the work of one ballot. */
#define URNE_MAX_CHOICES ((size_t)65536)
/* Trustees over the whole list; ceremonies are quadratic in it. */
#define URNE_MAX_TRUSTEES ((size_t)256)
/* The weight of one credential. */
#define URNE_MAX_WEIGHT ((uint64_t)1000000000000)
/* The total weight: the discrete logarithm takes time in proportion to its square root. */
#define URNE_MAX_TOTAL_WEIGHT ((uint64_t)1000000000000)
/* Members on one roll. */
#define URNE_MAX_CREDENTIALS ((size_t)10000000)
/* Text of the election object, question files and other files that people write. */
#define URNE_MAX_TEXT_FILE ((size_t)16 << 20)
/* One ballot's text: 65,536 choices in a 2048-bit group would be larger; no such election is
 * sensible, and the reader keeps several ballots in memory. */
#define URNE_MAX_BALLOT ((size_t)64 << 20)
/* One record of an archive (the list of public credentials is the largest). */
#define URNE_MAX_RECORD ((size_t)4 << 30)
/* Nesting of JSON: the deepest structure of the formats has 8 levels. */
#define URNE_MAX_DEPTH ((size_t)32)
/* Fields of one JSON object that people write: the formats know a dozen. */
#define URNE_MAX_FIELDS ((size_t)4096)
/* A key, credential, passphrase or other small file. */
#define URNE_MAX_SMALL_FILE ((size_t)1 << 20)
/* Languages of a vote definition: the official languages of a country or an institution's. */
#define URNE_MAX_LANGUAGES ((size_t)8)
/* Items of one vote: a person answers all of them in one sitting. */
#define URNE_MAX_ITEMS ((size_t)256)
/* A document made of a vote or sent to us as one: outcome, minutes, page, report. The largest lists
 * have some hundred bytes for each of URNE_MAX_CHOICES choices, twice. */
#define URNE_MAX_DOCUMENT ((size_t)256 << 20)
/* Officials who certify: as many as one signed note has lines for. */
#define URNE_MAX_OFFICIALS ((size_t)32)
/* Files of the pages that a board serves, and their bytes: a browser fetches a page in a second. */
#define URNE_MAX_SITE_FILES ((size_t)512)
#define URNE_MAX_SITE	    ((size_t)8 << 20)
/* Pages of minutes in memory, in both forms: those of the votes that people read at a time, and a
 * page of thousands of candidates. */
#define URNE_KEPT_PAGES ((size_t)32)
#define URNE_KEPT_PAGE	((size_t)2 << 20)
/* Bytes of an order with all its signatures: a thousand for a reason, some hundred for each
 * official.
 */
#define URNE_MAX_ORDER ((size_t)16 << 10)
/* Seconds for which an order is good (docs/journal.md#orders). */
#define URNE_ORDER_SECONDS ((int64_t)14 * 24 * 60 * 60)
/* Orders that wait for signatures at a board: more than any service has elections at a time.
 * Whoever comes later is told to come again in an hour. */
#define URNE_MAX_WAITING   ((size_t)64)
#define URNE_WAITING_RETRY 3600
/* And those among them that one official alone has signed, so that none keeps the others out. */
#define URNE_MAX_WAITING_ALONE ((size_t)16)
/* Ballots of one credential in a minute: a person changes their mind now and then, a script that
 * fills the log does it all the time. */
#define URNE_MAX_BALLOTS_PER_MINUTE 10
/* Submissions on their way through a board, from the request to the answer: what their queues and
 * connections may hold. */
#define URNE_MAX_ON_THE_WAY ((size_t)2000)
/* And as much checking as may lie ahead of a new one: a voter waits that long without a thought;
 * who comes later is told when to come again. */
#define URNE_MAX_AHEAD_MS 2000
/* Entries that a board commits together, and how long it gathers them (docs/log.md): the delay that
 * a voter does not notice, and a transaction that stays small. */
#define URNE_BATCH_MAX ((size_t)500)
#define URNE_BATCH_MS  200
/* Ballots with hints that one thread checks together: the sum of more is hardly cheaper for each
 * (docs/performance.md), and who came first waits for all of them, some 30 ms. And the points of
 * all of them, which are in memory at once, 200 bytes each. */
#define URNE_CHECK_TOGETHER	   ((size_t)128)
#define URNE_CHECK_TOGETHER_POINTS ((size_t)16384)
/* Hints are made for a ballot that came without while no more checking than this lies ahead: they
 * cost more than the check, and nobody is to wait for them. */
#define URNE_HINTS_AHEAD_MS 200
/* Worker threads. */
#define URNE_MAX_THREADS ((size_t)256)

/* Connections of a board at once: what LimitNOFILE of its unit allows, with room for files. */
#define URNE_HTTP_CONNECTIONS ((size_t)8192)
/* And from one address (IPv6: one /64): a university behind one address votes at the same time;
 * to take all connections an attacker needs some thirty addresses. Proxies are not counted. */
#define URNE_HTTP_CONNECTIONS_PER_ADDRESS ((size_t)256)
/* A request's line and header lines; a signed order of 32 officials takes 7 KiB of them. */
#define URNE_HTTP_HEAD ((size_t)16 << 10)
/* The longest path is that of a receipt, 150 bytes. */
#define URNE_HTTP_PATH ((size_t)512)
/* Seconds without a byte after which a connection is closed. */
#define URNE_HTTP_IDLE ((unsigned)15)
/* Seconds in which a whole head must be there, and a body's first part: a byte now and then keeps
 * no connection (threat A35). */
#define URNE_HTTP_HEAD_SECONDS ((unsigned)20)
/* Bytes per second that a body and an answer must keep up on the average: a bad mobile network. */
#define URNE_HTTP_MIN_RATE ((uint64_t)4096)
/* Bodies in memory, of all requests: some thousand ballots on their way at once. */
#define URNE_HTTP_BODY_BUDGET ((uint64_t)256 << 20)
/* The body of an event: the public credentials of ten million members in the Ed25519 group. */
#define URNE_HTTP_EVENT ((uint64_t)1 << 30)
/* A Setup as a draft: less than a row of SQLite may have, a billion bytes. */
#define URNE_HTTP_SETUP ((uint64_t)900 << 20)
/* A trustee's file of the ceremony: 32 shares in a group of 2048 bits and what belongs to them are
 * some 200 KiB. What the board hands on has the certificates and polynomials of all. */
#define URNE_HTTP_CEREMONY ((uint64_t)1 << 20)
#define URNE_CEREMONY_FILE ((size_t)4 << 20)
/* Drafts that are being read, of all requests: one of the largest, or many. */
#define URNE_HTTP_DRAFT_BUDGET ((uint64_t)1 << 30)
/* Elections with drafts that are not sealed: more than any service prepares at a time, so that one
 * official alone does not fill the disk. Drafts that no order stands for make room for others. */
#define URNE_MAX_DRAFTS ((size_t)64)
/* Bodies of events, of all requests: in temporary files, then in memory while they are checked; one
 * of the largest, or many. */
#define URNE_HTTP_EVENT_BUDGET URNE_HTTP_EVENT
/* A refused body is read to its end when it is not longer, since closing a connection with unread
 * bytes may take the answer away from the client. */
#define URNE_HTTP_DRAIN ((uint64_t)1 << 20)
/* POST and PUT from one address: so many per second, and ten times that at once. */
#define URNE_HTTP_RATE ((unsigned)20)
/* Seconds that a stopping board gives requests which are on their way. */
#define URNE_HTTP_STOP_SECONDS ((unsigned)20)

#endif
