// Every example in a docstring runs as it stands, and `code; // => value` is so.

import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import * as policy from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import * as supervisor from "../src/index.js";
import * as node from "../src/node.js";
import * as testing from "../src/testing.js";
import { delay } from "./policies.js";

const SRC = new URL("../src/", import.meta.url);

interface Example {
  readonly name: string;
  readonly code: string;
}

/** A docstring's example, and the function that it is of: the next one, with no docstring in between. */
const EXAMPLE = /@example\n([\s\S]*?)\*\/(?:(?!\/\*\*)[\s\S])*?\nexport function (\w+)/g;

/** What follows `@example` in the docstring of an exported function, up to the docstring's end. */
function examplesOf(file: string): Example[] {
  const text = readFileSync(new URL(file, SRC), "utf8");
  return [...text.matchAll(EXAMPLE)].map(([, code = "", name = ""]) => ({
    name,
    code: code.replaceAll(/^ *\* ?/gm, ""),
  }));
}

const examples = globSync("**/*.ts", { cwd: SRC }).sort().flatMap(examplesOf);

const completes: supervisor.Launcher = {
  launch: (info) => testing.scriptedLauncher(supervisor.realSystem, [{ runMs: 0 }]).launch(info),
};

/** What the examples take for granted. */
const SCOPE = {
  ...policy,
  ...supervisor,
  ...node,
  ...testing,
  launcher: completes,
  launchers: [completes, completes],
  makers: { cannotStart: null, saysReady: null },
  policy: policy.restartOn("transient"),
  backoff: () => delay(0),
  slidingWindow: () => ({ ...delay(0), name: "slidingWindow" }),
  taskLauncher: () => completes,
  fetchPrices: () => {},
  test: () => {},
};

let claims = 0;

async function run(code: string): Promise<void> {
  const claim = (got: unknown, want: unknown) => {
    claims++;
    expect(got).toEqual(want);
  };
  const claimed = code.replaceAll(/^(.*); \/\/ => (.*)$/gm, "claim(($1), ($2));");
  const body = stripTypeScriptTypes(`async function example() {\n${claimed}\n}`);
  const names = Object.keys(SCOPE);
  const example = new Function("claim", ...names, `return (${body})();`) as (
    ...scope: readonly unknown[]
  ) => Promise<void>;
  await example(claim, ...Object.values(SCOPE));
}

describe("the example of", () => {
  it.each(examples.map(({ name, code }) => [name, code]))("%s", async (_, code) => {
    const before = claims;
    await run(code);
    expect(claims).toBeGreaterThan(before);
  });

  it("a wrong claim fails", async () => {
    await expect(run("1 + 1; // => 3")).rejects.toThrow();
  });

  it("every public function stands at it", () => {
    const functions = Object.entries({ ...supervisor, ...node, ...testing })
      .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
      .map(([name]) => name)
      .filter((name) => name !== "isContractError");
    expect(examples.map(({ name }) => name).toSorted()).toEqual(functions.toSorted());
  });
});
