// SPDX-License-Identifier: EUPL-1.2
// A command to copy into a terminal.

import { announce, el } from "./dom.js";
import { t } from "./i18n.js";

/** command: its text, which can be scrolled by keyboard, and a button that copies it where the browser lets it. */
export function command(text) {
	const copy = async () => {
		let said = "howto.copied";

		try {
			await navigator.clipboard.writeText(text);
		} catch {
			said = "howto.not-copied"; // the browser does not let pages copy
		}
		announce(t(said));
	};

	return el(
		"div",
		{},
		el("pre", { tabindex: "0" }, el("code", {}, text)),
		navigator.clipboard && el("button", { type: "button", class: "quiet", onclick: copy }, t("howto.copy")),
	);
}
