// SPDX-License-Identifier: EUPL-1.2
// A receipt is checked: by itself, against the key that came with this page, and then against what the board publishes
// today, which must continue what the receipt was given for.

import "../ui/more.js";
import { readReceipt, verifyReceipt } from "../core/receipt.js";
import { Refusal } from "../core/refusal.js";
import { readKey } from "../core/tlog.js";
import { service } from "../pinned.js";
import { continues, home, openLog } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { filePage } from "../ui/file_page.js";
import { bytesOf } from "../ui/files.js";
import { number, t } from "../ui/i18n.js";
import { sentence } from "../ui/sentence.js";
import { screen, waiting } from "../ui/steps.js";
import { grouped } from "../ui/words.js";

const MAX_RECEIPT = 1_000_000;

function refused(error) {
	screen({
		title: t("receipt.title"),
		body: [
			el(
				"div",
				{ class: "notice bad", role: "alert" },
				el("h2", {}, t("receipt.bad")),
				el("p", {}, sentence(error)),
				el("p", {}, t("receipt.bad-more")),
			),
			again(),
		],
	});
}

/* today: how the log that is published now stands to the receipt's: {kind: 'same'|'gone'|'unknown', …}. */
async function today(receipt, checkpoint) {
	try {
		const log = await openLog(receipt.election);

		if (log.size < checkpoint.size) {
			return { kind: "gone" };
		}
		await continues(receipt.election, checkpoint, log);
		return { kind: "same", size: log.size };
	} catch (error) {
		return error instanceof Refusal && error.code === "log.consistency" ? { kind: "gone" } : { kind: "unknown", error };
	}
}

const words = {
	same: (now, then) =>
		el("div", { class: "notice good" }, el("p", {}, t("receipt.still-there", { size: now.size, then }))),
	gone: () => el("div", { class: "notice bad", role: "alert" }, el("p", {}, t("receipt.gone"))),
	unknown: (now) =>
		el("div", { class: "notice warn" }, el("p", {}, t("receipt.not-asked", { why: sentence(now.error) }))),
};

function good(receipt, checkpoint, now) {
	screen({
		title: t("receipt.title"),
		body: [
			el(
				"div",
				{ class: "notice good" },
				el("h2", {}, t("receipt.good")),
				el("p", {}, t("receipt.good-more", { place: receipt.height })),
			),
			el(
				"dl",
				{ class: "facts card" },
				el("dt", {}, t("receipt.election")),
				el("dd", {}, receipt.election),
				el("dt", {}, t("vote.tracker")),
				el("dd", {}, grouped(receipt.tracker)),
				el("dt", {}, t("vote.place")),
				el("dd", {}, number(receipt.height)),
			),
			receipt.replaces !== null && [el("p", {}, t("vote.replaces")), el("p", {}, grouped(receipt.replaces))],
			el("h2", {}, t("receipt.now")),
			words[now.kind](now, checkpoint.size),
			el("p", {}, t("receipt.replaced")),
			el(
				"p",
				{},
				el(
					"a",
					{
						href: new URL(`observe/${receipt.election}#tracker=${encodeURIComponent(receipt.tracker)}`, home).href,
					},
					t("vote.later-observe"),
				),
			),
			again(),
		],
	});
}

async function check(file) {
	waiting(t("receipt.checking"));
	try {
		const receipt = readReceipt(await bytesOf(file));
		const key = await readKey(service.name, service.key);
		const { checkpoint } = await verifyReceipt(receipt, receipt.election, key);
		const now = await today(receipt, checkpoint);

		show(() => good(receipt, checkpoint, now));
	} catch (error) {
		show(() => refused(error));
	}
}

const { show, again } = filePage({
	words: {
		title: "receipt.title",
		lead: "receipt.lead",
		label: "receipt.file",
		hint: "receipt.file-hint",
		tooLarge: "receipt.too-large",
		another: "receipt.another",
	},
	max: MAX_RECEIPT,
	check,
});
