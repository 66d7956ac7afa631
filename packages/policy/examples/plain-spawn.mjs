// A small supervisor: a policy, a cell, and plain spawn.
//   node examples/plain-spawn.mjs

import { spawn } from "node:child_process";
import { allOf, cell, isFailure, lifetimeCap, restartOn } from "@steadfast/policy";

const policy = allOf(restartOn("transient"), lifetimeCap({ restarts: 2 }));
const child = cell(policy, { clock: () => performance.now(), random: Math.random });

function ask(cause) {
  const decision = child.send({ type: "launch", cause });
  if (decision.type === "launch") setTimeout(run, decision.delayMs);
  else if (decision.retryAfterMs !== null) setTimeout(ask, decision.retryAfterMs, cause);
  else console.log(`no more: ${decision.reason}`);
}

function run() {
  const startedAt = performance.now();
  spawn(process.execPath, ["-e", "console.log('here I am'); process.exit(1)"], {
    stdio: "inherit",
  }).on("exit", (code, signal) => {
    const ended = signal ? { kind: "signalled", signal } : { kind: "failed", code };
    const exit = code === 0 ? { kind: "completed" } : ended;
    const uptimeMs = Math.round(performance.now() - startedAt);
    child.send({ type: "exited", exit, failed: isFailure(exit), uptimeMs });
    ask("restart");
  });
}

ask("start");
