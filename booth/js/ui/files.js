// SPDX-License-Identifier: EUPL-1.2
// A file that the reader gives to a page, chosen or dropped anywhere on it. It goes nowhere else.

import { el } from "./dom.js";

/**
 * fileField: a labelled field. `given` is called with a File; `max` bytes are the most, else `tooLarge` is called.
 * Returns {body, stop}: stop ends the listening for files that are dropped.
 */
export function fileField({ label, hint, max, given, tooLarge }) {
	const take = (file) => {
		if (file !== undefined) {
			(file.size > max ? tooLarge : given)(file);
		}
	};
	const input = el("input", {
		type: "file",
		id: "file",
		accept: ".json,application/json",
		"aria-describedby": "file-hint",
		onchange: () => take(input.files[0]),
	});
	const over = (event) => event.preventDefault();
	const drop = (event) => {
		event.preventDefault();
		take(event.dataTransfer.files[0]);
	};

	document.addEventListener("dragover", over);
	document.addEventListener("drop", drop);
	return {
		body: el(
			"div",
			{ class: "card" },
			el("label", { for: "file" }, label),
			el("p", { class: "hint", id: "file-hint" }, hint),
			input,
		),
		stop: () => {
			document.removeEventListener("dragover", over);
			document.removeEventListener("drop", drop);
		},
	};
}

/** bytesOf: what is in a File. */
export async function bytesOf(file) {
	return new Uint8Array(await file.arrayBuffer());
}
