// SPDX-License-Identifier: EUPL-1.2
// The stream of a seed: request i gives the first bytes of ChaCha20 in its original form under the seed, with i as
// the nonce. Adding, rotating and exclusive or take the same time for all numbers.
// Spec: docs/protocol.md#the-randomness-of-a-ballot
import { numberOfLittle } from "./bytes.js";
import { modulo } from "./group.js";

// "expand 32-byte k"
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
const QUARTERS = [
	[0, 4, 8, 12],
	[1, 5, 9, 13],
	[2, 6, 10, 14],
	[3, 7, 11, 15],
	[0, 5, 10, 15],
	[1, 6, 11, 12],
	[2, 7, 8, 13],
	[3, 4, 9, 14],
];

function mix(x, to, from, by, bits) {
	x[to] += x[from];
	const v = x[by] ^ x[to];
	x[by] = (v << bits) | (v >>> (32 - bits));
}

function chachaBlock(key, counter, nonce) {
	const start = new Uint32Array(16);
	start.set(CONSTANTS);
	for (let i = 0; i < 8; i++) {
		start[4 + i] = key.getUint32(4 * i, true);
	}
	start[12] = counter;
	start[14] = nonce;
	start[15] = Math.floor(nonce / 2 ** 32);
	const x = Uint32Array.from(start);
	for (let round = 0; round < 10; round++) {
		for (const [a, b, c, d] of QUARTERS) {
			mix(x, a, b, d, 16);
			mix(x, c, d, b, 12);
			mix(x, a, b, d, 8);
			mix(x, c, d, b, 7);
		}
	}
	const out = new DataView(new ArrayBuffer(64));
	x.forEach((v, i) => out.setUint32(4 * i, v + start[i], true));
	return new Uint8Array(out.buffer);
}

/**
 * @param {Uint8Array} seed 32 bytes, secret
 * @returns {{bytes: (n: number) => Uint8Array, scalar: (group: import("./group.js").Group) => bigint}}
 *   bytes: the next request, of n bytes; scalar: the next number modulo q, from 16 bytes more than q has
 */
export function streamOf(seed) {
	const key = new DataView(Uint8Array.from(seed).buffer);
	let request = 0;

	function bytes(n) {
		const out = new Uint8Array(64 * Math.ceil(n / 64));
		for (let block = 0; 64 * block < n; block++) {
			out.set(chachaBlock(key, block, request), 64 * block);
		}
		request++;
		return out.subarray(0, n);
	}
	return {
		bytes,
		scalar: (group) => modulo(group, numberOfLittle(bytes(group.orderBytes + 16))),
	};
}
