// SPDX-License-Identifier: EUPL-1.2
// An address as a QR code, drawn as one path.

import { correction, generate } from "../../vendor/lean-qr-2.7.4/nano.js";
import { svg } from "./dom.js";

const QUIET = 4; // modules of white around it, which the standard asks for

/** qr: an SVG of the text, with a name for screen readers. */
export function qr(text, name) {
	const code = generate(text, { minCorrectionLevel: correction.M });
	const n = code.size;
	const squares = [];

	for (let y = 0; y < n; y++) {
		for (let x = 0; x < n; x++) {
			if (code.get(x, y)) {
				squares.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
			}
		}
	}
	return svg(
		"svg",
		{
			class: "qr",
			viewBox: `0 0 ${n + 2 * QUIET} ${n + 2 * QUIET}`,
			role: "img",
			"aria-label": name,
		},
		svg("path", { d: squares.join("") }),
	);
}
