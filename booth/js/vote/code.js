// SPDX-License-Identifier: EUPL-1.2
// Step 1: who votes. The code is typed, pasted, or was in the link; it stays on this page. The public list tells a
// typing error that the code itself cannot.

import { derive, readCredential, readCredentials } from "../core/credential.js";
import { Refusal } from "../core/refusal.js";
import { object, objectLength } from "../ui/board.js";
import { byId, el } from "../ui/dom.js";
import { moment, t } from "../ui/i18n.js";
import { paragraphs, worded } from "../ui/words.js";

/* Longer lists, of some 30 000 members and more, are not fetched by every voter; the board compares in any case. */
const MAX_LIST = 2_000_000;

/* membersOf: the list that the election seals, or null where it is too long. */
async function membersOf({ election, setup }) {
	const { uuid } = election;

	if ((await objectLength(uuid, setup.credentials)) > MAX_LIST) {
		return null;
	}
	return readCredentials(await object(uuid, setup.credentials));
}

/* member: {secret, publicText, weight|null} of a code. Refusal. */
async function member(vote, typed) {
	const derived = await derive(vote.election, readCredential(typed));

	if (vote.members === undefined) {
		vote.members = await membersOf(vote);
	}
	const found = vote.members?.find(derived.publicText);

	if (found === null) {
		throw new Refusal("credentials.unknown");
	}
	return { secret: derived.secret, publicText: derived.publicText, weight: found?.weight ?? null };
}

/**
 * The step. vote.typed is what stands in the field. `next` goes on with vote.member set; `again` shows the step anew with
 * vote.codeFault, which says in words why.
 */
export function code(vote, { next, again, sentence }) {
	const fault = vote.codeFault?.();
	const input = el("input", {
		id: "code",
		class: "code",
		type: "text",
		name: "code",
		value: vote.typed,
		autocomplete: "off",
		autocapitalize: "off",
		spellcheck: "false",
		required: true,
		"aria-describedby": fault ? "code-fault code-hint" : "code-hint",
		"aria-invalid": fault ? "true" : undefined,
		oninput: () => {
			vote.typed = input.value;
		},
	});
	const submit = async (event) => {
		event.preventDefault();
		byId("go").disabled = true;
		try {
			vote.member = await member(vote, input.value);
			vote.codeFault = null;
			vote.typed = "";
		} catch (e) {
			const empty = input.value.trim() === "";

			vote.codeFault = () => (empty ? t("vote.code-empty") : sentence(e));
			again("code");
			return;
		}
		next();
	};

	return {
		title: vote.paper.title,
		body: [
			el("div", { class: "lead" }, paragraphs(vote.paper.description)),
			el(
				"dl",
				{ class: "facts" },
				vote.definition?.organiser && [el("dt", {}, t("vote.organiser")), worded("dd", {}, vote.definition.organiser)],
				vote.status.closes && [el("dt", {}, t("vote.closes")), el("dd", {}, moment(new Date(vote.status.closes)))],
				el("dt", {}, t("vote.asked")),
				el("dd", {}, t("vote.questions", { n: vote.paper.asks.length })),
			),
			el(
				"form",
				{ class: "card", novalidate: true, onsubmit: submit },
				el("label", { for: "code" }, t("vote.code")),
				el("p", { class: "hint", id: "code-hint" }, t("vote.code-hint")),
				fault && el("p", { class: "fault", id: "code-fault", role: "alert" }, fault),
				input,
				el("div", { class: "actions" }, el("button", { type: "submit", class: "main", id: "go" }, t("vote.begin"))),
			),
			vote.linked && el("div", { class: "notice warn" }, el("p", {}, t("vote.linked"))),
			el("p", { class: "soft" }, t("vote.code-stays")),
		],
	};
}
