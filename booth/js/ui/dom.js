// SPDX-License-Identifier: EUPL-1.2
// Elements from data. Texts become text nodes and nothing else: no page of ours makes an element
// out of a string, and Trusted Types forbid it.

import { safeText } from "../core/safe.js";

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (value === undefined || value === null || value === false) {
			continue;
		}
		if (name.startsWith("on")) {
			node.addEventListener(name.slice(2), value);
		} else {
			node.setAttribute(name, value === true ? "" : safeText(String(value)));
		}
	}
	for (const child of children.flat(Infinity)) {
		if (child !== undefined && child !== null && child !== false) {
			node.append(typeof child === "string" ? safeText(child) : child);
		}
	}
	return node;
}

/**
 * el('p', {class: 'lead', onclick: f}, 'text', [more, elements]): an element. Attributes that are
 * undefined, null or false are left out, true is an empty one, on… is a listener. Children may be nested
 * arrays; those that are undefined, null or false are left out.
 */
export function el(tag, attributes, ...children) {
	return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function svg(tag, attributes, ...children) {
	return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** show replaces what stands in `place` (an element). */
export function show(place, ...children) {
	place.replaceChildren();
	return fill(place, {}, children);
}

/** byId finds what the page's own HTML has; that it is missing is a fault of the page. */
export function byId(id) {
	const node = document.getElementById(id);

	if (node === null) {
		throw new Error(`the page has no element #${id}`);
	}
	return node;
}

/** announce says a sentence to screen readers, politely; the same one again is said again. */
export function announce(sentence) {
	const place = byId("live");

	place.textContent = "";
	requestAnimationFrame(() => {
		place.textContent = sentence;
	});
}

/** download offers bytes or a text as a file. */
export function download(name, type, content) {
	const address = URL.createObjectURL(new Blob([content], { type }));

	el("a", { href: address, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
