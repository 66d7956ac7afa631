// Values at the edges of what options allow, on either side.

import type { Json } from "@steadfast/policy";

const MAX = Number.MAX_SAFE_INTEGER;

const groups: readonly (readonly Json[])[] = [
  [MAX - 1, MAX, MAX + 1, -MAX, -MAX - 1, 1e308, -1e308, 1.5, 999, 1_000, 1_001, 2_000, 255, 256],
  [1e6, 1e6 + 1, "1ms", "999ms", "1s1000ms", "on-failure:3", `on-failure:${MAX}`, "on-failure:"],
  [`on-failure:0${MAX}`, `on-failure:${MAX + 1}`, "on-failure:10000000000000000", "always:1"],
  [[0, 255], [256], [-1], ["SIGKILL"], ["SIGkill"], ["KILL"], [0.5], [null], [MAX + 1], [[]]],
  ["permanent", "onExit", "Always", "unexpected", "default", "failure", "onCrash", "on-abort"],
  ["4s999ms", "4s1000ms", "5s", "5000ms", "4999ms", "0s5000ms", "05s", "1s4000ms", "1m", "0m4s"],
  ["none", "any", "batch", "exit_on_failure"],
  ["half-open", "failures", "over-limit", "refuse", "immediate", "request", "forget", "delay"],
  [
    { kind: "constant", options: { delayMs: "1s" } },
    { kind: "decorrelated" },
    { kind: "proportional", options: { between: [2, 1] } },
    { between: [1, 2] },
  ],
  [[{ action: "Restart", exitCodes: { operator: "In", values: [1, 2] } }]],
];

export const EDGES: readonly Json[] = groups.flat();
