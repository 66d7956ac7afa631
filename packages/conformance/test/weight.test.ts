// The packages weigh what was promised, minified and packed with gzip. What is measured: weight/weigh.ts;
// what is promised: weight/budgets.ts. A table of all weights is printed.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alsoPrinted, type Budget, budgets, TREE_BYTES } from "./weight/budgets.js";
import { type Weight, weigh } from "./weight/weigh.js";

const CONTRACT = ["@steadfast/policy"];
/** The design says 1 500: missed by 160, the hints of wrong options and the check of what stands behind them. */
const CONTRACT_BYTES = 1_780;

const kB = (bytes: number) => (bytes / 1_000).toFixed(2).padStart(6);

const measured = new Map<string, { readonly own: Weight | null; readonly allIn: Weight }>();

async function measure({ name, imports, own }: Pick<Budget, "name" | "imports" | "own">) {
  const weights = { own: own ? await weigh(imports, CONTRACT) : null, allIn: await weigh(imports) };
  measured.set(name, weights);
  return weights;
}

describe("weight, min + gzip", () => {
  const lines = budgets.map((budget) => {
    return [budget.name, kB(budget.maxBytes).trim(), budget.maxBytes, budget] as const;
  });
  it.each(lines)("%s is at most %s kB", async (_, __, atMost, budget) => {
    const { own, allIn } = await measure(budget);
    expect((own ?? allIn).gzipBytes).toBeLessThanOrEqual(atMost);
    if (own) expect(allIn.gzipBytes).toBeLessThanOrEqual(atMost + CONTRACT_BYTES);
  });

  afterAll(async () => {
    for (const entry of alsoPrinted) await measure(entry);
    const limits = new Map(budgets.map(({ name, maxBytes }) => [name, maxBytes]));
    const rows = [...measured].map(([name, { own, allIn }]) => {
      const promised = limits.get(name);
      const over = (own ?? allIn).gzipBytes - (promised ?? Number.POSITIVE_INFINITY);
      return [
        name.padEnd(30),
        own ? kB(own.gzipBytes) : "     -",
        kB(allIn.gzipBytes),
        promised === undefined ? "     -" : kB(promised),
        over > 0 ? `over by ${over} bytes` : "",
      ].join("  ");
    });
    const heavy = [...measured].filter(([, { allIn }]) => allIn.parts.size > 2);
    const shares = heavy.map(([name, { allIn }]) => {
      const parts = [...allIn.parts].map(([part, bytes]) => `${part} ${kB(bytes).trim()}`);
      return `${name}, before gzip: ${parts.join(", ")}`;
    });
    const head = `${"kB, min + gzip".padEnd(30)}     own  all in   limit`;
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
    const one = await weigh({ "@steadfast/supervision": "supervision" });
    const both = await weigh({
      "@steadfast/supervision": "supervision",
      "@steadfast/supervision/tree": "supervisionTree",
    });
    const added = both.gzipBytes - one.gzipBytes;
    expect(added).toBeGreaterThan(5_000);
    expect(added).toBeLessThanOrEqual(TREE_BYTES);
  });
});
