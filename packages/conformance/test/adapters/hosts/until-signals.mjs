// Keeps a family running until a signal comes, and says what happens, a line each. Argument: `deaf` for
// a family that ignores SIGTERM.

import { forkLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { untilSignals } from "@steadfast/supervisor/node";

const say = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);
const family = new URL("../children/family.mjs", import.meta.url);

const signal = untilSignals(["SIGTERM"]);
const { outcome } = supervise(forkLauncher(family, ["0", ...process.argv.slice(2)]), {
  policy: restartOn("permanent"),
  signal,
  gracePeriodMs: 3_600_000,
  onMessage: say,
});
const { type, by, abortReason, lastExit } = await outcome;
signal[Symbol.dispose]();
say([type, by, abortReason.code, lastExit]);
