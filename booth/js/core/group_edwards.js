// SPDX-License-Identifier: EUPL-1.2
// The group Ed25519: the subgroup of prime order of edwards25519, with the arithmetic of noble-curves. Ours are
// the text form, the test of membership, and eighths, which make hints.
// Spec: docs/protocol.md#groups, docs/formats.md#hints
import { normalizeZ } from "../../vendor/noble-curves-2.4.0/abstract/curve.js";
import { edwards } from "../../vendor/noble-curves-2.4.0/abstract/edwards.js";
import { hex, littleOf, unhex } from "./bytes.js";
import { once, powersOf } from "./powers.js";
import { Refusal } from "./refusal.js";

const p = (1n << 255n) - 19n;
const q = (1n << 252n) + 27742317777372353535851937790883648493n;
const TEXT = /^[0-9a-f]{64}$/;

/** The curve's points with noble's own interface: for signed notes, which want points of any order. */
export const Point = edwards({
	p,
	n: q,
	h: 8n,
	a: p - 1n,
	d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
	Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
	Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
});

// 8 times this is 1 modulo q.
const EIGHTH = (() => {
	let x = 1n;
	while (x % 8n !== 0n) {
		x += q;
	}
	return x / 8n;
})();

function encodeAffine(affine) {
	return hex(littleOf(affine.y + ((affine.x & 1n) << 255n)).reverse());
}

function decode(text) {
	if (typeof text !== "string" || !TEXT.test(text)) {
		throw new Refusal("group.element");
	}
	let point;
	try {
		point = Point.fromBytes(unhex(text).reverse());
	} catch {
		throw new Refusal("group.element");
	}
	if (!point.isTorsionFree()) {
		throw new Refusal("group.element");
	}
	return point;
}

// Of a number that is not secret, 0 <= x < q.
function pow(base, x) {
	return base.multiplyUnsafe(x);
}

function eighth(a) {
	return pow(a, EIGHTH);
}

const arithmetic = { add: (a, b) => a.add(b), identity: Point.ZERO, q };

/** @returns {import("./group.js").Group} */
export function edwardsGroup() {
	return {
		name: "Ed25519",
		q,
		orderBytes: 32,
		identity: Point.ZERO,
		g: Point.BASE,
		decode,
		encode: (a) => encodeAffine(a.toAffine()),
		encodeAll: (list) => normalizeZ(Point, list).map(encodeAffine),
		add: arithmetic.add,
		neg: (a) => a.negate(),
		equal: (a, b) => a.equals(b),
		isIdentity: (a) => a.is0(),
		pow,
		base: (a) => powersOf(arithmetic, a),
		eighth,
		whole: (a) => a.double().double().double(),
		eighthPowers: once(() => powersOf(arithmetic, eighth(Point.BASE))),
		hintBytes: (list) => normalizeZ(Point, list).flatMap((a) => [littleOf(a.X), littleOf(a.Y)]),
	};
}
