// SPDX-License-Identifier: EUPL-1.2
// Step 4: the ballot is encrypted and not cast. It can be cast, or opened to see what this device encrypts; an opened
// ballot is never signed, and the next one is encrypted anew, with the same answers.

import { openedFile } from "../core/opened.js";
import { home } from "../ui/board.js";
import { command } from "../ui/command.js";
import { download, el } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { grouped } from "../ui/words.js";

function fingerprint(vote) {
	return el("p", {}, el("strong", {}, t("vote.fingerprint")), el("br", {}), grouped(vote.prepared.hash));
}

/**
 * The step. `cast` signs and sends, `audit` opens, `back` leads to the review; `notSent` says why vote.sent, an error, is
 * no receipt. What was signed may be in the ballot box, whatever was answered: it is not opened any more.
 */
export function encrypted(vote, { cast, audit, back, notSent }) {
	return {
		title: t("vote.encrypted-title"),
		body: [
			el("div", { class: "notice warn" }, el("h2", {}, t("vote.not-cast")), el("p", {}, t("vote.not-cast-more"))),
			el("div", { class: "card" }, fingerprint(vote), el("p", { class: "soft" }, t("vote.fingerprint-why"))),
			vote.sent !== undefined &&
				el("div", { class: "notice bad", role: "alert" }, el("p", {}, notSent(vote.sent))),
			el(
				"div",
				{ class: "actions" },
				el("button", { type: "button", class: "main", onclick: cast }, t("vote.cast")),
				el("button", { type: "button", onclick: back }, t("vote.change-answers")),
			),
			vote.signed === undefined &&
				el(
					"details",
					{},
					el("summary", {}, t("vote.audit")),
					el("p", {}, t("vote.audit-what")),
					el("p", {}, t("vote.audit-secret")),
					el("button", { type: "button", onclick: audit }, t("vote.audit-do")),
				),
		],
	};
}

/** Step 4b: what was opened, as a file; `next` encrypts anew. The ballot cannot be cast any more. */
export function opened(vote, { next }) {
	const text = openedFile(vote.prepared, vote.marks, vote.seed);
	const name = `${vote.election.uuid}-${vote.prepared.hash.slice(0, 8).replace(/[+/]/gu, "_")}.opened.json`;

	return {
		title: t("vote.opened-title"),
		body: [
			el("div", { class: "notice warn" }, el("p", {}, t("vote.opened-lead"))),
			el(
				"div",
				{ class: "card" },
				fingerprint(vote),
				el(
					"div",
					{ class: "actions" },
					el(
						"button",
						{ type: "button", onclick: () => download(name, "application/json", text) },
						t("vote.opened-download"),
					),
				),
			),
			el("h2", {}, t("vote.opened-how")),
			el(
				"ol",
				{},
				el(
					"li",
					{},
					t("vote.opened-page"),
					" ",
					el("a", { href: new URL("audit", home).href, target: "_blank", rel: "noopener" }, t("vote.opened-page-link")),
				),
				el(
					"li",
					{},
					t("vote.opened-command"),
					command(`urne ballot audit ${name} --board '${new URL(`bb/${vote.election.uuid}`, home).href}'`),
				),
			),
			el(
				"div",
				{ class: "actions" },
				el("button", { type: "button", class: "main", onclick: next }, t("vote.opened-next")),
			),
		],
	};
}
