// The report stands alone: no other file and no other host, and nothing of a run can end its script.

import { expect, it } from "vitest";
import { METRICS, type Reading } from "../../src/soak/metrics.ts";
import { report } from "../../src/soak/report.ts";
import type { Run } from "../../src/soak/run.ts";

const machine = { cpu: "a <cpu>", cores: 2, memoryGib: 4, system: "linux", node: "v24" };
const reading = Object.fromEntries(Object.keys(METRICS).map((name) => [name, 1])) as Reading;

const run: Run = {
  minutes: 1,
  seed: 7,
  at: "2026-11-30T00:00:00.000Z",
  load: [0.1, 0.2],
  samples: Array.from({ length: 100 }, (_, i) => ({ seconds: i, ...reading })),
  counts: { "</script><script>alert(1)</script>": 3 },
  left: { groups: 1, zombies: 0, timers: 0, lives: 0, listeners: 0 },
  errors: [],
};

it("has a plot for each metric, and the reasons why it is red", () => {
  const page = report(run, machine);
  for (const name of Object.keys(METRICS)) expect(page).toContain(`id="plot-${name}"`);
  expect(page).toContain("1 groups left at the end");
  expect(page).toContain("a &lt;cpu&gt;");
});

it("loads nothing", () => {
  const page = report(run, machine);
  expect(page).not.toMatch(/(?:src|href)\s*=\s*["']/);
  expect(page).not.toContain("<script>alert(1)");
});
