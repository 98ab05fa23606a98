// SPDX-License-Identifier: EUPL-1.2
// Charts: one bar a line, its label a line of text above it, so that long names wrap as text does. What a bar shows is
// said to screen readers too, and the table that it comes from stands below.

import { el, svg } from "../ui/dom.js";
import { number, t } from "../ui/i18n.js";

const WIDTH = 600;
const HEIGHT = 18;

/* bar: parts [{value, kind, name}] of `whole`, side by side; `needed` is marked when it is inside. */
function bar(parts, whole, needed) {
	const scale = WIDTH / Math.max(whole, 1);
	const said = parts.map((p) => t("chart.part", { name: p.name, votes: p.value })).join(", ");
	let x = 0;
	const shapes = parts.map((p) => {
		const at = x;

		x += p.value * scale;
		return svg("rect", {
			class: `bar ${p.kind}`,
			x: at,
			y: 2,
			width: Math.max(p.value * scale, 0),
			height: HEIGHT - 4,
		});
	});

	return svg(
		"svg",
		{ class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": said },
		svg("line", { class: "axis", x1: 0, y1: HEIGHT - 1, x2: WIDTH, y2: HEIGHT - 1 }),
		shapes,
		needed !== undefined &&
			needed <= whole &&
			svg("line", { class: "needed", x1: needed * scale, y1: 0, x2: needed * scale, y2: HEIGHT }),
	);
}

/** key: which colour means what. */
export function legend(entries, needed) {
	return el(
		"ul",
		{ class: "legend" },
		entries.map(({ kind, name }) =>
			el(
				"li",
				{},
				svg(
					"svg",
					{ class: "chart", viewBox: "0 0 12 12", "aria-hidden": "true" },
					svg("rect", { class: `bar ${kind}`, width: 12, height: 12 }),
				),
				name,
			),
		),
		needed &&
			el(
				"li",
				{},
				svg(
					"svg",
					{ class: "chart", viewBox: "0 0 12 12", "aria-hidden": "true" },
					svg("line", { class: "needed", x1: 6, y1: 0, x2: 6, y2: 12 }),
				),
				t("chart.needed"),
			),
	);
}

/** bars: a figure; rows [{label, parts, note?, needed?}]; all have one scale, that of `whole`. */
export function bars(caption, rows, whole, key) {
	return el(
		"figure",
		{ class: "bars" },
		el("figcaption", {}, caption),
		key,
		el(
			"ul",
			{},
			rows.map((r) =>
				el(
					"li",
					{},
					el("div", { class: "bar-label" }, el("span", {}, r.label), el("span", {}, r.note ?? "")),
					bar(r.parts, whole, r.needed),
				),
			),
		),
	);
}

/** table: the numbers of a chart, to unfold. */
export function table(caption, columns, rows) {
	return el(
		"details",
		{},
		el("summary", {}, t("chart.table")),
		el(
			"div",
			{ class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
			el(
				"table",
				{},
				el("caption", {}, caption),
				el(
					"thead",
					{},
					el(
						"tr",
						{},
						columns.map((c, i) => el("th", { scope: "col", class: i > 0 ? "number" : undefined }, c)),
					),
				),
				el(
					"tbody",
					{},
					rows.map(([name, ...numbers]) =>
						el(
							"tr",
							{},
							el("th", { scope: "row" }, name),
							numbers.map((n) => el("td", { class: "number" }, typeof n === "string" ? n : number(n))),
						),
					),
				),
			),
		),
	);
}
