// SPDX-License-Identifier: EUPL-1.2
// Step 5: the board has answered, and the answer was verified: signature of the log, place in it, and that it is this
// ballot. It says nothing about how the member voted.

import { textOf } from "../core/bytes.js";
import { Refusal } from "../core/refusal.js";
import { home } from "../ui/board.js";
import { download, el } from "../ui/dom.js";
import { number, t } from "../ui/i18n.js";
import { qr } from "../ui/qr.js";
import { grouped, worded } from "../ui/words.js";

function isForked(doubt) {
	return doubt instanceof Refusal && doubt.code === "log.consistency";
}

/* held: what the answer is worth. vote.doubt is null, or the error that says why the log that the receipt stands in does not
 * continue, or could not be compared with, the one that this page opened. */
function held({ receipt: r, checkpoint, doubt, log }) {
	if (isForked(doubt)) {
		return [
			el("div", { class: "notice bad", role: "alert" }, el("p", {}, t("vote.forked-more"))),
			el("pre", { tabindex: "0" }, el("code", {}, textOf(log.note))),
		];
	}
	return [
		el(
			"div",
			{ class: "notice good" },
			el("h2", {}, t("vote.done")),
			el("p", {}, t("vote.done-more", { place: r.height, size: checkpoint.size })),
		),
		doubt !== null && el("div", { class: "notice warn" }, el("p", {}, t("vote.not-compared"))),
	];
}

/** The step, for vote.receipt (core/receipt.js), which was verified against vote.checkpoint. */
export function receipt(vote) {
	const { receipt: r, election } = vote;
	const search = new URL(`observe/${election.uuid}#tracker=${encodeURIComponent(r.tracker)}`, home).href;
	const name = `${election.uuid}-${r.height}.receipt.json`;

	return {
		title: t(isForked(vote.doubt) ? "vote.forked" : "vote.done-title"),
		body: [
			held(vote),
			r.replaces !== null &&
				el("div", { class: "notice" }, el("p", {}, t("vote.replaces")), el("p", {}, grouped(r.replaces))),
			vote.member.weight !== null &&
				vote.member.weight !== 1 &&
				el("p", {}, t("vote.weight", { n: vote.member.weight })),
			el(
				"div",
				{ class: "card" },
				el("h2", {}, t("vote.tracker")),
				el("p", { id: "tracker" }, grouped(r.tracker)),
				qr(search, t("vote.qr")),
				el(
					"dl",
					{ class: "facts" },
					el("dt", {}, t("receipt.vote")),
					worded("dd", {}, vote.paper.title),
					el("dt", {}, t("receipt.election")),
					el("dd", {}, election.uuid),
					el("dt", {}, t("vote.place")),
					el("dd", {}, number(r.height)),
					el("dt", {}, t("vote.fingerprint")),
					el("dd", {}, grouped(vote.prepared.hash)),
				),
				el(
					"div",
					{ class: "actions" },
					el(
						"button",
						{
							type: "button",
							class: "main",
							onclick: () => download(name, "application/json", r.text),
						},
						t("vote.receipt-download"),
					),
					el("button", { type: "button", onclick: () => window.print() }, t("vote.receipt-print")),
				),
			),
			el("h2", {}, t("vote.later")),
			el(
				"ul",
				{},
				el("li", {}, el("a", { href: search }, t("vote.later-observe"))),
				el("li", {}, el("a", { href: new URL("receipt", home).href }, t("vote.later-receipt"))),
				el("li", {}, t("vote.later-revote")),
			),
			el("p", { class: "soft no-print" }, t("vote.leave")),
		],
	};
}
