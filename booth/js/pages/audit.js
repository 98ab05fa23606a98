// SPDX-License-Identifier: EUPL-1.2
// An opened ballot is encrypted again and compared, best on another device than the one that made it. The answers are
// shown in the words of the vote definition.

import "../ui/more.js";
import { textOf } from "../core/bytes.js";
import { readDefinition } from "../core/definition.js";
import { isUuid } from "../core/election.js";
import { readJson } from "../core/json.js";
import { checkOpened } from "../core/audit.js";
import { Refusal } from "../core/refusal.js";
import { openElection } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { filePage } from "../ui/file_page.js";
import { bytesOf } from "../ui/files.js";
import { t } from "../ui/i18n.js";
import { sentence } from "../ui/sentence.js";
import { screen, waiting } from "../ui/steps.js";
import { grouped, say, worded } from "../ui/words.js";
import { answerOf, makePaper } from "../vote/paper.js";
import { inWords } from "../vote/review.js";

const MAX_OPENED = 64_000_000;

function refused(error) {
	screen({
		title: t("audit.title"),
		body: [el("div", { class: "notice bad", role: "alert" }, el("p", {}, sentence(error))), again()],
	});
}

/* The differences count from 0, people from 1. */
function difference({ what, question, choice, other }) {
	const up = (n) => (n === undefined ? 0 : n + 1);

	return t(`audit.difference.${what}`, { question: up(question), choice: up(choice), other: up(other) });
}

function verdict(paper, { fingerprint, choices, differences }) {
	const wrong = differences.length > 0;

	screen({
		title: t("audit.title"),
		body: [
			el(
				"div",
				{ class: wrong ? "notice bad" : "notice good", role: wrong ? "alert" : undefined },
				el("h2", {}, t(wrong ? "audit.bad" : "audit.good")),
				wrong &&
					el(
						"ul",
						{},
						differences.map((d) => el("li", {}, difference(d))),
					),
				el("p", {}, t(wrong ? "audit.bad-more" : "audit.good-more")),
			),
			el("div", { class: "card" }, el("h2", {}, t("vote.fingerprint")), el("p", {}, grouped(fingerprint))),
			el(
				"section",
				{ class: "card" },
				el("h2", {}, t("audit.answers")),
				paper.pages.map((page) => [
					worded("h3", {}, page.title),
					el(
						"dl",
						{ class: "facts" },
						page.sections
							.flatMap((s) => s.asks)
							.map((a) => [
								el("dt", {}, a.title === null ? t("vote.answer") : say(a.title)),
								el("dd", {}, inWords(a, answerOf(a, choices[a.number]))),
							]),
					),
				]),
			),
			again(),
		],
	});
}

async function check(file) {
	const bar = waiting(t("audit.checking"));

	try {
		const text = textOf(await bytesOf(file));
		const uuid = readJson(text)?.ballot?.election_uuid;

		if (typeof uuid !== "string" || !isUuid(uuid)) {
			throw new Refusal("opened.form");
		}
		const { election, definition } = await openElection(uuid);
		const paper = makePaper(election, definition === null ? null : await readDefinition(definition, election));
		const found = await checkOpened(election, text, {
			onProgress: (done, total) => {
				bar.max = total;
				bar.value = done;
				return new Promise((resolve) => {
					setTimeout(resolve, 0);
				});
			},
		});

		show(() => verdict(paper, found));
	} catch (error) {
		show(() => refused(error));
	}
}

const { show, again } = filePage({
	words: {
		title: "audit.title",
		lead: "audit.lead",
		label: "audit.file",
		hint: "audit.file-hint",
		tooLarge: "audit.too-large",
		another: "audit.another",
	},
	max: MAX_OPENED,
	check,
});
