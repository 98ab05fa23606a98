// SPDX-License-Identifier: EUPL-1.2
// What the core says when it refuses something: a code and the values that belong in its sentence.
// Pages put both into words by their messages; nothing here is shown to anybody as it stands.

/**
 * Every code there is, with the names of its parameters. A test holds that the core throws no other, and the
 * messages of the pages have one sentence for each.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const refusals = Object.freeze({
	// bytes and JSON
	"text.utf8": [],
	"text.hex": [],
	"text.base64": [],
	"json.syntax": ["line", "column", "expected"],
	"json.duplicate": ["line", "column", "field"],
	"json.depth": ["line", "column"],
	"json.canonical": [],
	// groups
	"group.unknown": [],
	"group.element": [],
	// the election object
	"election.form": ["field"],
	"election.version": [],
	"election.key": [],
	"election.uuid": [],
	"election.question": ["question", "field"],
	"election.limit": ["what", "most"],
	// credentials
	"credential.length": ["length"],
	"credential.character": ["place", "character"],
	"credential.checksum": [],
	"credentials.form": ["entry"],
	// the vote definition
	"definition.unsealed": [],
	"definition.hash": ["sealed", "is"],
	"definition.form": ["path"],
	"definition.words": ["field"],
	"definition.question": ["question", "item"],
	"definition.questions": ["is", "should"],
	// choices, ballots, opened ballots
	"choices.form": ["question"],
	"choices.rule": ["question", "rule"],
	"ballot.unsupported": ["question"],
	"ballot.fate": ["fate"],
	"opened.form": [],
	"opened.other-election": [],
	"opened.element": ["question"],
	// notes, logs, receipts
	"note.form": ["why"],
	"note.name": [],
	"note.key": ["why"],
	"note.unsigned": ["name"],
	"note.twice": ["name"],
	"note.signature": ["name"],
	"checkpoint.form": ["line"],
	"checkpoint.origin": ["origin", "name"],
	"event.form": [],
	"setup.form": [],
	"log.tile": ["path"],
	"log.index": ["index", "size"],
	"log.proof": [],
	"log.consistency": ["from", "to"],
	"receipt.form": [],
	"receipt.event": [],
	"receipt.election": ["receipt", "asked"],
	"receipt.origin": ["election", "origin"],
	"receipt.height": ["event", "index", "receipt"],
	"receipt.size": ["height", "size"],
	"receipt.tracker": [],
	"receipt.ballot": [],
});

/** A refusal: `code` is a key of `refusals`, `params` has the values for its sentence. */
export class Refusal extends Error {
	/**
	 * @param {string} code
	 * @param {Record<string, string | number>} [params] never a secret: refusals may be shown
	 */
	constructor(code, params = {}) {
		super(code);
		this.name = "Refusal";
		this.code = code;
		this.params = params;
	}
}
