// A policy that looks right, put before lint, a described child, and its own fix.
//   node examples/what-if.mjs

import { diff, lint, mostInWindow, simulate } from "@steadfast/analysis";
import { backoff, constant } from "@steadfast/backoff";
import { giveUp, inTurn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";

const delay = backoff({ curve: constant({ delayMs: 10_000 }), jitter: "none" });
const tenIn = (windowMs) => inTurn(delay, giveUp(slidingWindow({ limit: 10, windowMs })));

for (const { name, policy } of [
  { name: "ten in a minute", policy: tenIn(60_000) },
  { name: "ten in two minutes", policy: tenIn(120_000) },
]) {
  const findings = lint(policy);
  const { launches, end } = simulate(policy, { uptimeMs: 50, forMs: 3_600_000 });
  const instants = launches.map(({ at }) => at);
  console.log(`${name}: ${launches.length} launches in an hour, ended: ${end}`);
  console.log(`  most in a minute: ${mostInWindow(instants, 60_000)}`);
  for (const { code, fix } of findings) console.log(`  ${code}: ${fix}`);
}

console.log(diff(tenIn(60_000), tenIn(120_000), { names: ["a minute", "two"] }).table);
