// SPDX-License-Identifier: EUPL-1.2
// Words on a page: texts of a definition in the reader's language, marked with their own where it is another.

import { el } from "./dom.js";
import { langOf, t, textOf } from "./i18n.js";

/** say: a TEXT, a string, or {key} of a message, as a string. */
export function say(words) {
	return words?.key === undefined ? textOf(words) : t(words.key);
}

/** worded: an element with such words, and the lang attribute when they are in another language. */
export function worded(tag, attributes, words) {
	const lang = words?.key === undefined ? langOf(words) : undefined;

	return el(tag, { ...attributes, lang }, say(words));
}

/** paragraphs: a text with line breaks as paragraphs; nothing for nothing. */
export function paragraphs(words) {
	if (words === null || words === undefined) {
		return [];
	}
	const lang = langOf(words);

	return textOf(words)
		.split(/\n+/u)
		.filter((line) => line.trim() !== "")
		.map((line) => el("p", { lang }, line));
}

/** grouped: a hash in fours, by style alone: copied, it is what it was. */
export function grouped(text) {
	return el(
		"span",
		{ class: "tracker" },
		text.match(/.{1,4}/gu).map((four) => el("span", {}, four)),
	);
}
