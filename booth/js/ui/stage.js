// SPDX-License-Identifier: EUPL-1.2
// Where an election stands, in one word: the journal's where the board keeps one, else what follows from the log.

const OF_LOG = {
	empty: "none",
	open: "open",
	closed: "closed",
	shuffling: "closed",
	decrypting: "tallied",
	done: "released",
};

/** stages: those that there are, of a log and of an election in the journal. */
export const stages = {
	log: Object.keys(OF_LOG),
	journal: ["none", "prepared", "sealed", "called", "open", "closed", "tallied", "released", "certified"],
};

/** stageOf: a stage of the journal, for the messages stage.… */
export function stageOf(status) {
	return status.journal === "none" ? OF_LOG[status.stage] : status.journal;
}

/** stageState: how the mark of the stage looks. */
export function stageState(status) {
	return ["open", "released", "certified"].includes(stageOf(status)) ? "good" : "warn";
}
