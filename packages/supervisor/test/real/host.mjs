// A host under test: it supervises two children until a signal comes, and tells what happens on stdout,
// one word a line. Its children hold its stdout, too: whoever reads it to the end knows that all are gone.
//
//   node host.mjs <obey|ignore|none|disposed> <signal name>...

import { spawn } from "node:child_process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { untilSignals } from "@steadfast/supervisor/node";

const [mode, ...names] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);

const OBEYS = "setInterval(() => {}, 1e6);";
const IGNORES = `process.on("SIGTERM", () => {}); ${OBEYS}`;
const code = `${mode === "ignore" ? IGNORES : OBEYS} process.send("up");`;

const launcher = {
  launch() {
    const child = spawn(process.execPath, ["-e", code], {
      detached: true, // a signal to the host's group is not theirs
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    return {
      exited: new Promise((resolve) => {
        child.on("exit", (status, signal) =>
          resolve(signal ? { kind: "signalled", signal } : { kind: "failed", code: status ?? 1 }),
        );
      }),
      onSignal: (listener) => child.on("message", () => listener({ type: "ready" })),
      requestStop: () => child.kill("SIGTERM"),
      kill: () => child.kill("SIGKILL"),
    };
  },
};

const signal = untilSignals(names);
if (mode === "disposed") {
  signal[Symbol.dispose]();
  say("up");
  setInterval(() => {}, 1e6);
} else if (mode === "none") {
  say("up");
} else {
  let up = 0;
  const handles = [1, 2].map((n) =>
    supervise(launcher, {
      id: `child-${n}`,
      policy: restartOn("permanent"),
      readiness: "explicit",
      gracePeriodMs: 600_000,
      signal,
      onEvent: ({ type }) => {
        if (type === "ready" && ++up === 2) say("up");
        if (["stopping", "killing", "ended"].includes(type)) say(type);
      },
    }),
  );
  for (const { outcome } of handles) {
    const { type, by, abortReason, lastExit } = await outcome;
    say(`${type} by ${by} of ${abortReason.signal}, last ${lastExit.signal}`);
  }
}
