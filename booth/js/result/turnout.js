// SPDX-License-Identifier: EUPL-1.2
// How many voted, held against the tally that the log records: it is what an outcome says that is in the log as a number.

import { textOf } from "../core/bytes.js";
import { countOf, readEvent } from "../core/event.js";
import { readJson } from "../core/json.js";
import { Refusal } from "../core/refusal.js";
import { entryOf, object } from "../ui/board.js";

/* tallyOf: the event of the tally, which stands in front of the trustees' decryptions and the result. */
async function tallyOf(log) {
	for (let i = log.size - 1; i > 0; i--) {
		const event = readEvent(await entryOf(log, i));

		if (event.type === "EncryptedTally") {
			return event;
		}
	}
	throw new Refusal("event.form");
}

/** checkTurnout: voters and votes of a `turnout` are those of the tally. Refusal outcome.turnout, event.form; BoardError. */
export async function checkTurnout({ log, election }, turnout) {
	const { payload } = await tallyOf(log);
	const tally = readJson(textOf(await object(election.uuid, payload)));

	if (countOf(tally.num_tallied) !== turnout?.voters || countOf(tally.total_weight) !== turnout?.votes) {
		throw new Refusal("outcome.turnout");
	}
}
