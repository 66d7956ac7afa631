// `pnpm test`: everything that has to be right. Two lanes run side by side, since the tests of one compute and those of the
// other wait for servers and browsers. What changes files of the packages comes after them, alone; real processes and threads
// come last, of two packages at a time. A step that fails does not hide the ones after it, except the build: nothing can be
// said about sources that do not build. The last line is the sum of all tests; it says "0 failed" exactly when the exit code
// is 0.

import { fileURLToPath } from "node:url";
import { interruption, run } from "./run.ts";
import { forgetReports, readTally, summaryLine } from "./summary.ts";

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Its failures are counted one by one in the reports. */
  readonly reports?: boolean;
}

interface Done {
  readonly step: Step;
  readonly hasFailed: boolean;
  readonly seconds: number;
}

const script = (name: string, file: string): Step => ({ name, command: ["node", file] });

const tests = (step: Step): Step => ({ ...step, reports: true });

/** A step that turbo does not run again where nothing that it reads has changed. */
const turbo = (name: string, task: string, ...flags: readonly string[]): Step => ({
  name,
  command: ["turbo", "run", task, ...flags],
});

const BUILD = turbo("build", "build", "--output-logs=errors-only");

const COMPUTING: readonly Step[] = [
  turbo("walls", "//#walls"),
  script("changes", "scripts/changes/main.ts"),
  tests(turbo("scripts", "//#test:scripts")),
  { name: "typecheck", command: ["pnpm", "typecheck"] },
  turbo("lint", "//#lint:format"),
  turbo("typed lint", "//#lint:types"),
  tests(turbo("test", "test", "--continue")),
];

const WAITING: readonly Step[] = [
  tests(script("engines", "scripts/engines.ts")),
  tests(script("terminal", "scripts/terminal.ts")),
  tests(script("browser", "scripts/browser.ts")),
  tests(script("site", "scripts/site-test.ts")),
];

const LAST: readonly Step[] = [
  // A package is packed with another manifest and README, which the tests of the pages must not read.
  tests(turbo("packed", "//#packed")),
  tests(turbo("test:real", "test:real", "--continue", "--concurrency=2")),
];

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a step; what it writes is shown at once, or all of it at its end. */
async function carriedOut(step: Step, output: "at once" | "at its end"): Promise<Done> {
  const from = performance.now();
  const [command, ...args] = step.command;
  const kept: string[] = [];
  const sink = output === "at once" ? "shown" : (text: string) => kept.push(text);
  const code = await run(command, args, {}, root, sink);
  if (kept.length > 0) console.log(`\n--- ${step.name}, beside the others\n${kept.join("")}`);
  return { step, hasFailed: code !== 0, seconds: (performance.now() - from) / 1000 };
}

async function lane(steps: readonly Step[], output: "at once" | "at its end"): Promise<Done[]> {
  const done: Done[] = [];
  for (const step of steps) {
    if (interruption() !== null) break;
    done.push(await carriedOut(step, output));
  }
  return done;
}

async function everything(): Promise<readonly Done[]> {
  const build = await carriedOut(BUILD, "at once");
  if (build.hasFailed) return [build];
  // Built once, before two steps ask for it at the same time.
  const page = await carriedOut(script("assets", "scripts/assets.ts"), "at once");
  const lanes = await Promise.all([lane(COMPUTING, "at once"), lane(WAITING, "at its end")]);
  return [build, page, ...lanes.flat(), ...(await lane(LAST, "at once"))];
}

forgetReports(root);
const done = await everything();
const stop = interruption();
if (stop !== null) process.exit(stop);
const failures = done.filter(({ hasFailed }) => hasFailed).map(({ step }) => step);

const { passed, failed: failedTests } = readTally(root);
const uncounted = failures.filter((step) => step.reports !== true).length;
const total = failedTests + uncounted || failures.length;
const times = done.map(({ step, seconds }) => `${step.name} ${Math.round(seconds)} s`);
console.log(`\n${times.join(", ")}`);
if (failures.length > 0) console.log(`red: ${failures.map((step) => step.name).join(", ")}`);
console.log(summaryLine({ passed, failed: total }));
process.exitCode = total === 0 ? 0 : 1;
