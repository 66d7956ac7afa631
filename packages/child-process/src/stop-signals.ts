// The signals that can ask a process to end.

import { constants } from "node:os";

/** They suspend a process, let it go on, or tell it of a child of its own; none asks it to end. */
const OTHERS = ["SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT", "SIGCHLD"];

/** The names that a stop signal may have on this system. */
export const STOP_SIGNALS = (Object.keys(constants.signals) as NodeJS.Signals[]).filter(
  (name) => !OTHERS.includes(name),
);
