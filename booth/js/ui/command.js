// SPDX-License-Identifier: EUPL-1.2
// A command to copy into a terminal.

import { announce, el } from "./dom.js";
import { t } from "./i18n.js";

/** command: its text, which can be scrolled by keyboard, and a button that copies it where the browser lets it. */
export function command(text) {
	const copy = async () => {
		await navigator.clipboard.writeText(text);
		announce(t("howto.copied"));
	};

	return el(
		"div",
		{},
		el("pre", { tabindex: "0" }, el("code", {}, text)),
		navigator.clipboard && el("button", { type: "button", class: "quiet", onclick: copy }, t("howto.copy")),
	);
}
