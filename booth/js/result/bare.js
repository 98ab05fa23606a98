// SPDX-License-Identifier: EUPL-1.2
// The result of an election that seals no vote definition: the numbers of each question, from the log itself, and no
// decisions, since no rules say what follows from them. Spec: docs/formats.md#tally-shuffle-decryption-result

import { textOf } from "../core/bytes.js";
import { countOf, readEvent } from "../core/event.js";
import { readJson } from "../core/json.js";
import { Refusal } from "../core/refusal.js";
import { entryOf, object } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { number, t } from "../ui/i18n.js";
import { say, worded } from "../ui/words.js";
import { bars } from "./charts.js";

/** readResult: the counts that the log's last entry, which is proved, records; a list for each question. Refusal. */
export async function readResult({ log, election }) {
	const event = readEvent(await entryOf(log, log.size - 1));

	if (event.type !== "Result") {
		throw new Refusal("event.form");
	}
	const { result } = readJson(textOf(await object(election.uuid, event.payload)));

	return result.map((answer) => answer.flat().map(countOf));
}

/* Words of every ciphertext of an answer, in their order (vote/paper.js, marksOf). */
function words(ask) {
	return ask.kind === "lists"
		? ask.lists.flatMap((list) => [
				{ of: list.title, isList: true },
				...list.options.map(({ label }) => ({ of: label, isList: false })),
			])
		: [...(ask.blank ? [{ key: "vote.blank" }] : []).map((of) => ({ of })), ...ask.options.map(({ label }) => ({ of: label }))];
}

function question(page, counts) {
	const [ask] = page.sections[0].asks;
	const lines = words(ask).map((w, i) => ({ ...w, votes: counts[i] }));

	return el(
		"section",
		{ class: "card" },
		worded("h2", {}, page.title),
		bars(
			t("chart.votes"),
			lines.map(({ of, isList, votes }) => ({
				label: isList ? t("result.list-of", { list: say(of) }) : say(of),
				note: number(votes),
				parts: [{ value: votes, kind: isList ? "other" : "", name: t("chart.votes") }],
			})),
			Math.max(...counts),
			null,
		),
	);
}

/** bareOf: sections for the questions of a paper (vote/paper.js) and their counts. */
export function bareOf(paper, counts) {
	return [
		el("div", { class: "notice" }, el("p", {}, t("result.bare"))),
		paper.pages.map((page, i) => question(page, counts[i])),
	];
}
