// SPDX-License-Identifier: EUPL-1.2
// The minutes that the officials certified: the document whose hash their order names, and those of the sealed definition
// whose signatures under that hash verify. Spec: docs/minutes.md#certification

import { hex, sha256 } from "../core/bytes.js";
import { readNote, readVerifierKey, verifyNote } from "../core/note.js";
import { Refusal } from "../core/refusal.js";
import { BoardError, get, home } from "../ui/board.js";
import { el } from "../ui/dom.js";
import { moment, t } from "../ui/i18n.js";
import { grouped, say } from "../ui/words.js";

/* What the board makes a page of, in the order in which readers look for it. */
const READABLE = ["fr", "en"];

/* orNothing: what is not there yet is nothing, and every other trouble stays one. */
async function orNothing(asked) {
	try {
		return await asked;
	} catch (error) {
		if (error instanceof BoardError && error.kind === "missing") {
			return null;
		}
		throw error;
	}
}

/* signersOf: the officials whose lines under these minutes verify. */
async function signersOf(bytes, text, officials) {
	const note = readNote(bytes);
	const signers = [];

	if (note.text !== text) {
		return [];
	}
	for (const official of officials) {
		try {
			await verifyNote(note, await readVerifierKey(official.key));
			signers.push(official);
		} catch (error) {
			if (!(error instanceof Refusal)) {
				throw error;
			}
			// no line of theirs, or a wrong one: only what verifies is named
		}
	}
	return signers;
}

/**
 * readMinutes: what lies on the board of the minutes that the journal's order `certify` names (ui/journal.js; undefined
 * where nothing is certified). Returns {order, hash, isTheirs, signers: [{name, role}], languages}: hash and the rest are
 * null where nobody has brought the document; isTheirs says whether it is the one that the order names.
 */
export async function readMinutes(uuid, definition, order) {
	if (order === undefined) {
		return null;
	}
	const [document, note] = await Promise.all(
		["minutes.json", "minutes.note"].map((name) => orNothing(get(`bb/${uuid}/${name}`))),
	);

	if (document === null) {
		return { order, hash: null, isTheirs: null, signers: null, languages: null };
	}
	const hash = hex(await sha256(document));
	const text = `urne-minutes-1\n${uuid}\nsha256 ${hash}\n`;

	return {
		order,
		hash,
		isTheirs: hash === order.args.minutes,
		signers: note === null ? null : await signersOf(note, text, definition.officials),
		languages: READABLE.filter((code) => definition.languages.includes(code)),
	};
}

function address(uuid, name) {
	return new URL(`bb/${uuid}/${name}`, home).href;
}

function link(uuid, name, words) {
	return el("li", {}, el("a", { href: address(uuid, name), download: `${uuid}.${name}` }, words));
}

/* files: the document to read, and to check. */
function files(uuid, { languages, signers }) {
	return el(
		"ul",
		{},
		languages.map((code) => el("li", {}, el("a", { href: address(uuid, `minutes.${code}.html`) }, t(`minutes.read.${code}`)))),
		languages.map((code) => link(uuid, `minutes.${code}.html`, t(`minutes.download.${code}`))),
		link(uuid, "minutes.json", t("minutes.json")),
		signers !== null && link(uuid, "minutes.note", t("minutes.note")),
	);
}

function signatures({ signers }, definition) {
	const names = signers.map(({ name, role }) => t("minutes.signer", { name, role: say(role) })).join(", ");

	return signers.length === 0
		? el("div", { class: "notice bad" }, el("p", {}, t("minutes.unsigned")))
		: el("p", {}, t("minutes.signed", { names, n: signers.length, needed: definition.officialsRequired }));
}

/** minutesOf: a section about certification and minutes; `minutes` is what readMinutes gave. */
export function minutesOf(uuid, definition, minutes) {
	const { order, isTheirs } = minutes ?? {};

	return el(
		"section",
		{ class: "card" },
		el("h2", {}, t("result.certified")),
		minutes === null
			? el("p", {}, t("result.not-certified"))
			: [
					el("p", {}, t("result.certified-by", { names: order.signers.join(", "), when: moment(new Date(order.at)) })),
					isTheirs === null && el("p", {}, t("minutes.none")),
					isTheirs === false && el("div", { class: "notice bad", role: "alert" }, el("p", {}, t("minutes.others"))),
					isTheirs && [minutes.signers !== null && signatures(minutes, definition), files(uuid, minutes)],
					el(
						"dl",
						{ class: "facts" },
						el("dt", {}, t("result.minutes-hash")),
						el("dd", {}, grouped(order.args.minutes)),
					),
				],
	);
}
