import { writeSync } from "node:fs";
import { supervisionTree } from "@steadfast/supervision/tree";
import fc from "fast-check";
import { it } from "vitest";
import { someStory } from "../../src/tree-laws/story.js";
import { compared } from "./compare.js";

it("plays", { timeout: 900_000 }, () => {
  const G = process.env.G === "1",
    H = process.env.H === "1";
  let runs = 0,
    bad = 0;
  const t0 = performance.now();
  const seen: Record<string, number> = {};
  const count = fc.sample(
    someStory(
      {
        depth: Number(process.env.D ?? 3),
        graphs: G,
        handOvers: H,
        jumps: process.env.J !== "0",
        groups: process.env.GR === "1",
      },
      true,
    ),
    { numRuns: Number(process.env.N ?? 300), seed: Number(process.env.S ?? 1) },
  );
  for (const story of count) {
    runs++;
    const { difference } = compared(supervisionTree as never, story);
    if (difference) {
      bad++;
      const k = difference.split("\n").slice(0, 1)[0].replace(/\d+/g, "#");
      seen[k] = (seen[k] ?? 0) + 1;
    }
  }
  writeSync(2, `${runs} runs, ${bad} bad, ${performance.now() - t0} ms ${JSON.stringify(seen)}\n`);
  const show = Number(process.env.SHOW ?? 1);
  const prop = fc.property(
    someStory(
      {
        depth: Number(process.env.D ?? 3),
        graphs: G,
        handOvers: H,
        jumps: process.env.J !== "0",
        groups: process.env.GR === "1",
      },
      true,
    ),
    (story) => {
      const { difference } = compared(supervisionTree as never, story);
      if (difference) throw new Error(difference);
    },
  );
  for (let i = 0; i < show && bad > 0; i++) {
    const r = fc.check(prop, {
      numRuns: Number(process.env.N ?? 300),
      seed: Number(process.env.S ?? 1) + i,
      endOnFailure: false,
    });
    if (r.failed)
      writeSync(
        2,
        `${(r.errorInstance as Error).message}\n${JSON.stringify({ ...(r.counterexample as any)[0], design: undefined })}\n=====\n`,
      );
  }
});
