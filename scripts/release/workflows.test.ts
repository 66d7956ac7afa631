// The workflows run what anyone can run: each job is exactly one command of this repository, with the package
// manager that package.json names, and CONTRIBUTING explains it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = (path: string) => readFileSync(join(root, path), "utf8");

interface Job {
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}
interface Workflow {
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { scripts, packageManager, engines } = JSON.parse(text("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly packageManager: string;
  readonly engines: { readonly node: string };
};
const FOLDER = ".github/workflows";
const workflows = readdirSync(join(root, FOLDER)).map(
  (file) => [file, parse(text(`${FOLDER}/${file}`)) as Workflow] as const,
);
const jobs = workflows.flatMap(([file, { jobs }]) =>
  Object.entries(jobs).map(([name, job]) => [`${file}, ${name}`, job] as const),
);
const GATE = "bash .ci/run";

test("there are workflows for changes, nights, releases and canaries", () => {
  expect(workflows.map(([file]) => file)).toEqual([
    "canary.yml",
    "ci.yml",
    "nightly.yml",
    "release.yml",
  ]);
});

test.each(workflows)("%s says what it may do, and that is little", (_, { permissions }) => {
  expect(permissions).toMatchObject({ contents: expect.stringMatching(/^(read|write)$/) });
});

describe.each(jobs)("%s", (_, job) => {
  const runs = job.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

  test("is one command", () => {
    expect(runs).toHaveLength(1);
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("is a command of this repository, which CONTRIBUTING explains", () => {
    const [command = ""] = runs;
    if (command.endsWith(GATE)) return;
    const [, manager, script = ""] = /^npx --yes (\S+) (\S+)( |$)/.exec(command) ?? [];
    expect(manager).toBe(packageManager);
    expect(Object.keys(scripts)).toContain(script);
    if (script !== "test") expect(text("CONTRIBUTING.md")).toMatch(`| \`pnpm ${script}`);
  });
});

test("the gate is run, and so is the README's command, on every line of Node that is supported", () => {
  const ci = workflows.find(([file]) => file === "ci.yml")?.[1].jobs ?? {};
  expect(JSON.stringify(ci.gate)).toContain(GATE);
  expect(ci.test?.strategy?.matrix.node).toEqual([20, 22, 24, 26]);
  expect(engines.node).toBe("^20.16 || >=22.3");
});
