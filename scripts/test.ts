// `pnpm test`: everything that has to be right, the cheap and pure first, real processes and threads
// last and alone. A step that fails does not hide the ones after it, except the build: nothing can
// be said about sources that do not build. The last line is the sum of all tests; it says
// "0 failed" exactly when the exit code is 0.

import { fileURLToPath } from "node:url";
import { interruption, run } from "./run.ts";
import { forgetReports, readTally, summaryLine } from "./summary.ts";

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Its failures are counted one by one in the reports. */
  readonly reports?: boolean;
}

const BUILD: Step = {
  name: "build",
  command: ["turbo", "run", "build", "--output-logs=errors-only"],
};

const STEPS: readonly Step[] = [
  { name: "assets", command: ["node", "scripts/assets.ts"] },
  { name: "walls", command: ["node", "scripts/walls/main.ts"] },
  { name: "changes", command: ["node", "scripts/changes/main.ts"] },
  {
    name: "scripts",
    command: ["vitest", "run", "--config", "scripts/vitest.config.ts"],
    reports: true,
  },
  { name: "typecheck", command: ["pnpm", "typecheck"] },
  { name: "lint", command: ["biome", "check", "--error-on-warnings", "."] },
  { name: "typed lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "test", command: ["turbo", "run", "test", "--continue"], reports: true },
  { name: "packed", command: ["turbo", "run", "//#packed"], reports: true },
  { name: "engines", command: ["node", "scripts/engines.ts"], reports: true },
  { name: "terminal", command: ["node", "scripts/terminal.ts"], reports: true },
  { name: "browser", command: ["node", "scripts/browser.ts"], reports: true },
  { name: "site", command: ["node", "scripts/site-test.ts"], reports: true },
  {
    name: "test:real",
    command: ["turbo", "run", "test:real", "--continue", "--concurrency=1"],
    reports: true,
  },
];

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a step; answers its name if it failed. */
async function failed(step: Step): Promise<boolean> {
  const [command, ...args] = step.command;
  const code = await run(command, args);
  const stop = interruption();
  if (stop !== null) process.exit(stop);
  return code !== 0;
}

forgetReports(root);
const failures: Step[] = [];
if (await failed(BUILD)) {
  failures.push(BUILD);
} else {
  for (const step of STEPS) if (await failed(step)) failures.push(step);
}

const { passed, failed: failedTests } = readTally(root);
const uncounted = failures.filter((step) => step.reports !== true).length;
const total = failedTests + uncounted || failures.length;
if (failures.length > 0) console.log(`\nred: ${failures.map((step) => step.name).join(", ")}`);
console.log(summaryLine({ passed, failed: total }));
process.exitCode = total === 0 ? 0 : 1;
