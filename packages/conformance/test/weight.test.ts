// The packages weigh what was promised, minified and packed with gzip. What is measured: weight/weigh.ts;
// what is promised: weight/budgets.ts. A table of all weights is printed.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alsoPrinted, type Budget, budgets, SLACK_BYTES, tree } from "./weight/budgets.js";
import { type Weight, weigh } from "./weight/weigh.js";

const CONTRACT = ["@steadfast/policy"];
/** Of the first column of what is printed. */
const WIDTH = 42;

const kB = (bytes: number) => (bytes / 1_000).toFixed(2).padStart(6);

const measured = new Map<string, { readonly own: Weight; readonly allIn: Weight }>();

async function measure({ name, imports }: Pick<Budget, "name" | "imports">) {
  const weights = { own: await weigh(imports, CONTRACT), allIn: await weigh(imports) };
  measured.set(name, weights);
  return weights;
}

/** At most so heavy, and so little below that the limit says how heavy it is. */
function expectHeld(gzipBytes: number, maxBytes: number): void {
  expect(gzipBytes).toBeLessThanOrEqual(maxBytes);
  expect(gzipBytes, "lower the limit in weight/budgets.ts").toBeGreaterThanOrEqual(
    maxBytes - SLACK_BYTES,
  );
}

describe("weight, min + gzip", () => {
  const lines = budgets.map((budget) => [budget.name, kB(budget.maxBytes).trim(), budget] as const);
  it.each(lines)("%s is at most %s kB", async (_, __, budget) => {
    const { own, allIn } = await measure(budget);
    expectHeld(allIn.gzipBytes, budget.maxBytes);
    if (budget.ownMaxBytes !== undefined) expectHeld(own.gzipBytes, budget.ownMaxBytes);
  });

  afterAll(async () => {
    for (const entry of alsoPrinted) await measure(entry);
    const limits = new Map(budgets.map((budget) => [budget.name, budget]));
    const rows = [...measured].map(([name, { own, allIn }]) => {
      const { maxBytes, reachBytes } = limits.get(name) ?? {};
      const texts = [own.gzipBytes, allIn.gzipBytes, maxBytes, reachBytes].map((bytes) =>
        bytes === undefined ? "     -" : kB(bytes),
      );
      return [name.padEnd(WIDTH), ...texts].join("  ");
    });
    const heavy = [...measured].filter(([, { allIn }]) => allIn.parts.size > 2);
    const shares = heavy.map(([name, { allIn }]) => {
      const parts = [...allIn.parts].map(([part, bytes]) => `${part} ${kB(bytes).trim()}`);
      return `${name}, before gzip: ${parts.join(", ")}`;
    });
    const head = `${"kB, min + gzip".padEnd(WIDTH)}     own  all in   limit   reach`;
    console.log([head, ...rows, ...shares].join("\n"));
  });
});

describe("what is not imported is not in the bundle", () => {
  const rare = [
    "constant",
    "decorrelated",
    "exponential",
    "linear",
    "proportional",
    "steps",
    "table",
  ];
  let all: Weight;
  let one: Weight;

  beforeAll(async () => {
    all = await weigh({ "@steadfast/backoff": "*" }, CONTRACT);
    one = await weigh({ "@steadfast/backoff": "backoff" }, CONTRACT);
  });

  it.each(rare)("backoff comes without %s", (name) => {
    const word = new RegExp(`["'\`]${name}["'\`]`);
    expect(all.minified).toMatch(word);
    expect(one.minified).not.toMatch(word);
  });

  it.each([
    ["@steadfast/sliding-window", "slidingWindow", "windowView"],
    ["@steadfast/crash-budget", "crashBudget", "decayingBudget"],
    ["@steadfast/crash-budget", "decayingBudget", "crashBudget"],
    ["@steadfast/policy", "restartOn", "allOf"],
  ])("of %s, %s comes without %s", async (from, name, left) => {
    const alone = await weigh({ [from]: name });
    const both = await weigh({ [from]: `${name}, ${left}` });
    expect(both.gzipBytes).toBeGreaterThan(alone.gzipBytes);
  });

  it("nothing at all comes of an import for its side effects", async () => {
    const packages = ["policy", "sliding-window", "backoff", "crash-budget", "child-slot"];
    for (const name of packages) {
      const { minBytes } = await weigh({ [`@steadfast/${name}`]: "" });
      expect(minBytes, name).toBe(0);
    }
  });

  it("the tree adds no more than that to the supervision of one child", async () => {
    const [one, both] = [await weigh(tree.one), await weigh(tree.both)];
    expectHeld(both.gzipBytes - one.gzipBytes, tree.maxBytes);
  });
});
