// The signals that can ask a process to end.

import { constants } from "node:os";

/** They suspend a process or let it go on; none asks it to end. */
const SUSPENDING = ["SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT"];

/** The names that a stop signal may have on this system. */
export const STOP_SIGNALS = (Object.keys(constants.signals) as NodeJS.Signals[]).filter(
  (name) => !SUSPENDING.includes(name),
);
