// SPDX-License-Identifier: EUPL-1.2
// An opened ballot: a ballot that was encrypted like any other and then shown with its choices and its seed instead of
// being cast. Nothing in the file is secret; audit.js makes the ballot again and compares.
// Spec: docs/formats.md#opened-ballot
import { decide } from "./ballot.js";
import { hex } from "./bytes.js";

/**
 * Shows the seed: from here on the ballot cannot be signed.
 * @param {{text: string, fate?: null | "signed" | "opened"}} prepared
 * @param {number[][]} marks that it was made of
 * @param {Uint8Array} seed that it was made of
 * @returns {string} the file. Refusal ballot.fate: the ballot is signed
 */
export function openedFile(prepared, marks, seed) {
	decide(prepared, "opened");
	return `{"urne_audit":1,"ballot":${prepared.text},"choices":${JSON.stringify(marks)},"seed":"${hex(seed)}"}`;
}
