// SPDX-License-Identifier: EUPL-1.2
// Texts of others, shown to people: controls and marks of direction could turn round what stands beside them, so that a
// page says another thing than what it was given. The C programs show and refuse the same characters (base/safe_text.h).

const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
// Of a page's own text, and of texts that have paragraphs.
const HIDDEN_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * @param {string} text
 * @param {boolean} [lines] whether line ends may stand in it
 * @returns {boolean}
 */
export function isSafeText(text, lines = false) {
	return !HIDDEN.test(lines ? text.replaceAll("\n", "") : text);
}

/** @param {string} text @returns {string} with a question mark for each such character; tabs and line ends stay */
export function safeText(text) {
	return text.replace(HIDDEN_IN_LINES, "?");
}
