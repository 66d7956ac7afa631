// A host under test: its child fails so many times, at once, and each time is said. On stdout it tells when
// its supervision is over, and exits with what that means.
//
//   node log-host.mjs <console|output> <attempts>

import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
import { exitCode, stderrOutput } from "@steadfast/supervisor/node";

const [mode, attempts] = process.argv.slice(2);
const policy = restartPolicy({
  name: "so-many-times",
  initial: () => 0,
  parse: Number,
  launch: (count) => [count + 1, count < Number(attempts) ? launch() : refuse("given-up", null)],
});
const launcher = {
  launch: () => ({
    exited: Promise.resolve({ kind: "failed", code: 3 }),
    onSignal() {},
    requestStop() {},
    kill() {},
  }),
};
const where = mode === "output" ? stderrOutput() : {};
const onEvent = logEvents({ everyMs: 0, ...where });
const outcome = await supervise(launcher, { policy, onEvent }).outcome;
process.stdout.write(`over after ${outcome.attempts} attempts\n`);
process.exitCode = exitCode(outcome);
