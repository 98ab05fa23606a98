// SPDX-License-Identifier: EUPL-1.2
// The three groups behind one interface. Their parameters are written here and never read from input.
// Spec: docs/protocol.md#groups
import { edwardsGroup } from "./group_edwards.js";
import { beleniosGroup, rfcGroup } from "./group_field.js";
import { Refusal } from "./refusal.js";

/**
 * A group, written with addition; its elements are opaque. Numbers are BigInt, 0 <= x < q.
 * @typedef {object} Group
 * @property {string} name as elections write it
 * @property {bigint} q the prime order
 * @property {number} orderBytes how many bytes q has, in units of 8
 * @property {any} identity
 * @property {any} g the generator
 * @property {(text: string) => any} decode canonical text of a member, the identity included; Refusal group.element
 * @property {(a: any) => string} encode
 * @property {(list: any[]) => string[]} encodeAll the same for many, with one inversion for all
 * @property {(a: any, b: any) => any} add
 * @property {(a: any) => any} neg
 * @property {(a: any, b: any) => boolean} equal
 * @property {(a: any) => boolean} isIdentity
 * @property {(a: any, x: bigint) => any} pow for public numbers only: its time depends on x
 * @property {(a: any) => {pow: (x: bigint) => any}} base powers of one element by a table, also for secret numbers
 * @property {(a: any) => any} eighth an element divided by 8, where ballots have hints; elsewhere itself
 * @property {(a: any) => any} whole the element of an eighth
 * @property {() => {pow: (x: bigint) => any}} eighthPowers the powers of the eighth of g, made once
 * @property {null | ((list: any[]) => Uint8Array[])} hintBytes x and y of each, 32 bytes; null where there are no hints
 */

const groups = { "Ed25519": edwardsGroup(), "BELENIOS-2048": beleniosGroup(), "RFC-3526-2048": rfcGroup() };

/** @param {string} name @returns {Group} Refusal group.unknown */
export function groupOf(name) {
	if (!Object.hasOwn(groups, name)) {
		throw new Refusal("group.unknown");
	}
	return groups[name];
}

/**
 * A number modulo q in its one text: decimal, no leading zero, below q.
 * @param {Group} group @param {unknown} text @returns {boolean}
 */
export function isScalarText(group, text) {
	return (
		typeof text === "string" &&
		text.length <= group.q.toString().length &&
		/^(?:0|[1-9][0-9]*)$/.test(text) &&
		BigInt(text) < group.q
	);
}

/** @param {Group} group @param {bigint} x any number @returns {bigint} 0 <= result < q */
export function modulo(group, x) {
	const rest = x % group.q;
	return rest < 0n ? rest + group.q : rest;
}
