// SPDX-License-Identifier: EUPL-1.2
// The two finite-field groups: numbers modulo a prime p of 2048 bits, of which those of order q are members.
// Slower than the curve by far; they exist for elections in which older programs take part.
// Spec: docs/protocol.md#groups
import { once, powersOf } from "./powers.js";
import { Refusal } from "./refusal.js";

const DECIMAL = /^[1-9][0-9]*$/;

const BELENIOS_2048 = {
	name: "BELENIOS-2048",
	p: 0xa3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d107435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64fn,
	q: 0xadb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491n,
	g: 0x1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653n,
};

const RFC_3526_2048 = {
	name: "RFC-3526-2048",
	p: 0xffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffffn,
	q: 0x7fffffffffffffffe487ed5110b4611a62633145c06e0e68948127044533e63a0105df531d89cd9128a5043cc71a026ef7ca8cd9e69d218d98158536f92f8a1ba7f09ab6b6a8e122f242dabb312f3f637a262174d31bf6b585ffae5b7a035bf6f71c35fdad44cfd2d74f9208be258ff324943328f6722d9ee1003e5c50b1df82cc6d241b0e2ae9cd348b1fd47e9267afc1b2ae91ee51d6cb0e3179ab1042a95dcf6a9483b84b4b36b3861aa7255e4c0278ba3604650c10be19482f23171b671df1cf3b960c074301cd93c1d17603d147dae2aef837a62964ef15e5fb4aac0b8c1ccaa4be754ab5728ae9130c4c7d02880ab9472d455655347fffffffffffffffn,
	g: 2n,
};

// For numbers that are not secret.
function powMod(base, x, p) {
	let result = 1n;
	for (let square = base, rest = x; rest > 0n; rest >>= 1n) {
		if (rest & 1n) {
			result = (result * square) % p;
		}
		square = (square * square) % p;
	}
	return result;
}

function fieldGroup({ name, p, q, g }) {
	const arithmetic = { add: (a, b) => (a * b) % p, identity: 1n, q };
	const textLength = p.toString().length;

	return {
		name,
		q,
		orderBytes: 8 * Math.ceil(q.toString(16).length / 16),
		identity: 1n,
		g,
		decode(text) {
			if (typeof text !== "string" || text.length > textLength || !DECIMAL.test(text)) {
				throw new Refusal("group.element");
			}
			const x = BigInt(text);
			if (x >= p || powMod(x, q, p) !== 1n) {
				throw new Refusal("group.element");
			}
			return x;
		},
		encode: (a) => a.toString(),
		encodeAll: (list) => list.map((a) => a.toString()),
		add: arithmetic.add,
		// a member's inverse is its power of q - 1
		neg: (a) => powMod(a, q - 1n, p),
		equal: (a, b) => a === b,
		isIdentity: (a) => a === 1n,
		pow: (base, x) => powMod(base, x, p),
		base: (a) => powersOf(arithmetic, a),
		eighth: (a) => a,
		whole: (a) => a,
		eighthPowers: once(() => powersOf(arithmetic, g)),
		hintBytes: null,
	};
}

/** @returns {import("./group.js").Group} */
export function beleniosGroup() {
	return fieldGroup(BELENIOS_2048);
}

/** @returns {import("./group.js").Group} */
export function rfcGroup() {
	return fieldGroup(RFC_3526_2048);
}
