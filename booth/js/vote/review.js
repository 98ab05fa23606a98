// SPDX-License-Identifier: EUPL-1.2
// Step 3: the whole vote once more, before anything is encrypted, each answer with the way back to it.

import { el } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { say, worded } from "../ui/words.js";
import { faultOf, isOpen } from "./paper.js";

/* inWords: what an answer says. */
export function inWords(ask, answer) {
	if (answer?.blank) {
		return t("vote.blank");
	}
	if (isOpen(answer)) {
		return t(faultOf(ask, answer) === null ? "vote.unanswered" : "vote.fault.needed");
	}
	if (answer.abstain) {
		return t("vote.abstain");
	}
	const options = ask.kind === "lists" ? ask.lists[answer.list].options : ask.options;
	const names = answer.picks.map((i) => say(options[i].label)).join(", ");

	return ask.kind === "lists" ? t("vote.list-and-names", { list: say(ask.lists[answer.list].title), names }) : names;
}

/* line: one question and its answer. */
function line(vote, ask) {
	const answer = vote.answers[ask.number];
	const loud = isOpen(answer) || faultOf(ask, answer) !== null;

	return [
		ask.title === null ? el("dt", {}, t("vote.answer")) : worded("dt", {}, ask.title),
		el("dd", {}, loud ? el("strong", {}, inWords(ask, answer)) : inWords(ask, answer)),
	];
}

/** The step. `change` leads back to a page; `next` encrypts. */
export function review(vote, { next, change }) {
	const open = vote.paper.asks.filter((a) => isOpen(vote.answers[a.number]));
	const wrong = vote.paper.asks.filter((a) => faultOf(a, vote.answers[a.number]) !== null);

	return {
		title: t("vote.review-title"),
		body: [
			el("p", { class: "lead" }, t("vote.review-lead")),
			wrong.length > 0 && el("div", { class: "notice bad" }, el("p", {}, t("vote.review-wrong", { n: wrong.length }))),
			wrong.length === 0 &&
				open.length > 0 &&
				el("div", { class: "notice warn" }, el("p", {}, t("vote.review-open", { n: open.length }))),
			vote.paper.pages.map((page, i) =>
				el(
					"section",
					{ class: "card" },
					worded("h2", {}, page.title),
					el(
						"dl",
						{ class: "facts" },
						page.sections.flatMap((s) => s.asks).map((a) => line(vote, a)),
					),
					el(
						"button",
						{ type: "button", class: "quiet", onclick: () => change(i) },
						t("vote.change"),
						el("span", { class: "unseen" }, t("vote.change-of", { title: say(page.title) })),
					),
				),
			),
			el("p", {}, t("vote.review-next")),
			el(
				"div",
				{ class: "actions" },
				el("button", { type: "button", class: "main", disabled: wrong.length > 0, onclick: next }, t("vote.encrypt")),
				el("button", { type: "button", onclick: () => change(vote.paper.pages.length - 1) }, t("vote.back")),
			),
		],
	};
}
