// A small supervisor: a policy, a cell, and plain spawn.
//   node examples/plain-spawn.mjs

import { spawn } from "node:child_process";
import { allOf, cell, exitOf, lifetimeCap, restartOn, waitOut } from "@steadfast/policy";

const policy = waitOut(allOf(restartOn("transient"), lifetimeCap({ restarts: 2 })));
const child = cell(policy, { clock: () => performance.now(), random: Math.random });

function run() {
  const startedAt = performance.now();
  spawn(process.execPath, ["-e", "console.log('here I am'); process.exit(1)"], {
    stdio: "inherit",
  }).on("exit", (code, signal) => {
    const uptimeMs = Math.round(performance.now() - startedAt);
    const answer = child.failed(exitOf(code, signal), { uptimeMs });
    if (answer.type === "launch") setTimeout(run, answer.delayMs);
    else console.log(`no more: ${answer.reason}`);
  });
}

child.send({ type: "launch", cause: "start" });
run();
