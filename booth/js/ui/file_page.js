// SPDX-License-Identifier: EUPL-1.2
// A page that asks for a file, says what it found, and asks for another one.

import { el } from "./dom.js";
import { fileField } from "./files.js";
import { begin, onLanguage, t } from "./i18n.js";
import { screen } from "./steps.js";

/**
 * filePage starts such a page. `words` are keys of messages: {title, lead, label, hint, tooLarge, another}; `check` is called
 * with each File, of at most `max` bytes. Returns {show, again}: show(make) shows what was found, and makes it again in
 * another language; again() is the button that asks for the next file.
 */
export function filePage({ words, max, check }) {
	const shown = { make: null, field: null };
	const ask = (fault) => {
		shown.field?.stop();
		shown.field = fileField({
			label: t(words.label),
			hint: t(words.hint),
			max,
			given: check,
			tooLarge: () => ask(words.tooLarge),
		});
		screen({
			title: t(words.title),
			body: [
				el("p", { class: "lead" }, t(words.lead)),
				fault && el("div", { class: "notice bad", role: "alert" }, el("p", {}, t(fault))),
				shown.field.body,
			],
		});
	};
	const show = (make) => {
		shown.field?.stop();
		shown.field = null;
		shown.make = make;
		make();
	};
	const again = () =>
		el(
			"div",
			{ class: "actions" },
			el("button", { type: "button", onclick: () => show(() => ask()) }, t(words.another)),
		);

	onLanguage(() => shown.make());
	begin();
	show(() => ask());
	return { show, again };
}
