// SPDX-License-Identifier: EUPL-1.2
// The text that an adopted vote on a text leaves: its adopted articles under their titles, to unfold and to keep as a file.
// Spec: docs/outcome.md#consolidated-text

import { download, el } from "../ui/dom.js";
import { t, textOf } from "../ui/i18n.js";
import { grouped, paragraphs, worded } from "../ui/words.js";

/* Titles with the adopted articles that stand under them; a title without one is left out. */
function titles(item, adopted) {
	return item.sections
		.map((section) => ({
			title: section.title,
			articles: section.entries.map((i) => item.entries[i]).filter(({ id }) => adopted.includes(id)),
		}))
		.filter(({ articles }) => articles.length > 0);
}

/** consolidated: for the `consolidated` of an outcome's item and the definition's item of the same id. */
export function consolidated({ adopted, sha256, text }, item) {
	const keep = () => download(`${item.id}.txt`, "text/plain;charset=utf-8", textOf(text));

	return el(
		"details",
		{ class: "adopted" },
		el("summary", {}, t("result.consolidated")),
		titles(item, adopted).map(({ title, articles }) => [
			worded("h3", {}, title),
			articles.map((a) => [worded("h4", {}, a.title), paragraphs(a.text)]),
		]),
		el("p", {}, el("button", { type: "button", onclick: keep }, t("result.consolidated-file"))),
		el(
			"dl",
			{ class: "facts" },
			el("dt", {}, t("result.consolidated-hash")),
			el("dd", {}, grouped(sha256)),
		),
	);
}
