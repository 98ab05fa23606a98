// SPDX-License-Identifier: EUPL-1.2
// The list of the logs of a service (docs/log.md#api): which elections are on this board.

// elections gives the UUIDs of the logs of `service` (HOST/bb) in the text of log-list.1, in their
// order; the journal is none.
export function elections(text, service) {
	const start = `vkey ${service}/`;
	return text.split('\n')
		.filter((line) => line.startsWith(start))
		.map((line) => line.slice(start.length).split('+')[0])
		.filter((uuid) => uuid !== 'journal');
}
