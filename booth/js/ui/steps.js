// SPDX-License-Identifier: EUPL-1.2
// One screen after the other on one page: what is shown, its title, where the reader is, and that a screen
// reader says so: the heading gets the focus.

import { announce, byId, el, show } from "./dom.js";
import { safeText } from "../core/safe.js";
import { t } from "./i18n.js";
import { say, worded } from "./words.js";

/**
 * screen shows {title, body} in main. `step` of `steps` is marked when given, from 1; `focus` is the id of what
 * gets the focus, the heading when it is not there.
 */
export function screen({ title, body }, { step, steps, focus } = {}) {
	const heading = worded("h1", { tabindex: "-1" }, title);
	const where = step === undefined ? null : t("page.step", { step, steps });

	show(
		byId("main"),
		step !== undefined &&
			el(
				"ol",
				{ class: "steps", "aria-hidden": "true" },
				Array.from({ length: steps }, (_, i) =>
					el("li", {
						class: i + 1 < step ? "done" : undefined,
						"aria-current": i + 1 === step ? "step" : undefined,
					}),
				),
			),
		where !== null && el("p", { class: "eyebrow" }, where),
		heading,
		body,
	);
	document.title = safeText([where, say(title), t("page.brand")].filter((part) => part !== null).join(" – "));
	(document.getElementById(focus) ?? heading).focus({ preventScroll: true });
	window.scrollTo(0, 0);
	document.body.dataset.state = "shown"; // something stands there, for whoever waits for it
}

/** trouble: a screen that says what went wrong, and the way out. */
export function trouble(sentence, ways) {
	screen({
		title: t("page.failed"),
		body: [
			el("div", { class: "notice bad", role: "alert" }, el("p", {}, sentence)),
			el("div", { class: "actions" }, ways),
		],
	});
}

/** waiting: a screen while something is fetched or computed; the progress element, for whoever knows how far. */
export function waiting(sentence) {
	const bar = el("progress", { "aria-label": sentence });

	screen({ title: sentence, body: [bar] });
	announce(sentence);
	return bar;
}
