// SPDX-License-Identifier: EUPL-1.2
// Powers of one element, by a table: a number is cut into digits of a few bits, and each place has the powers
// for all its digits. Every power takes the same additions, that of 0 included, so that no branch hangs on
// a secret number; which entries are read does (docs/booth.md#what-is-not-promised).

/**
 * @template T
 * @param {() => T} make
 * @returns {() => T} the same, made at the first call and kept
 */
export function once(make) {
	let kept = null;
	return () => {
		kept ??= { value: make() };
		return kept.value;
	};
}

/**
 * @template P
 * @param {{add: (a: P, b: P) => P, identity: P, q: bigint}} group
 * @param {P} base
 * @returns {{pow: (x: bigint) => P}} pow takes 0 <= x < q
 */
export function powersOf(group, base) {
	const bits = group.q.toString(2).length;
	const width = bits > 512 ? 5 : 6;
	const num = Math.ceil(bits / width);
	const mask = (1n << BigInt(width)) - 1n;
	const places = [];

	for (let i = 0, unit = base; i < num; i++) {
		const place = [group.identity];
		for (let digit = 1; digit < 1 << width; digit++) {
			place.push(group.add(place[digit - 1], unit));
		}
		unit = group.add(place[place.length - 1], unit);
		places.push(place);
	}
	return {
		pow(x) {
			let sum = group.identity;
			for (const [i, place] of places.entries()) {
				sum = group.add(sum, place[Number((x >> BigInt(i * width)) & mask)]);
			}
			return sum;
		},
	};
}
