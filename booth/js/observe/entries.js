// SPDX-License-Identifier: EUPL-1.2
// An entry of the journal as one line: when, what, who signed.

import { el } from "../ui/dom.js";
import { has, moment, t } from "../ui/i18n.js";

/* What an entry adds to its sentence: a reason, a text, a new closing. */
const MORE = ["text", "reason"];

/** entryLine: a list item. */
export function entryLine({ at, kind, args, signers }) {
	const key = `journal.${kind}`;

	return el(
		"li",
		{},
		el("span", { class: "soft" }, moment(new Date(at))),
		el("br", {}),
		has(key) ? t(key) : kind,
		args.closes && kind === "extend" && [" ", moment(new Date(args.closes))],
		MORE.filter((name) => args[name] !== undefined).map((name) => el("blockquote", {}, args[name])),
		signers.length > 0 && [
			el("br", {}),
			el("span", { class: "soft" }, t("journal.signed", { names: signers.join(", ") })),
		],
	);
}
