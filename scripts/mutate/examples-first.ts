// The order of the test files for a mutant: examples before laws, and what is quick before what is not. An
// example is looked at once and a law many times, and the first that fails is enough.

import { readFileSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const LAW = /from "(fast-check|[./]*\/law\.[jt]s)"/;

interface Cost {
  readonly hasLaws: boolean;
  /** As it was the first time, when all tests ran: later a failure cuts it short. */
  readonly durationMs: number;
}

const costs = new Map<string, Cost>();

export class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files
      .map((file) => ({ file, ...this.#costOf(file) }))
      .sort(
        (one, other) =>
          Number(one.hasLaws) - Number(other.hasLaws) || one.durationMs - other.durationMs,
      )
      .map(({ file }) => file);
  }

  #costOf(file: TestSpecification): Cost {
    const known = costs.get(file.moduleId);
    if (known !== undefined) return known;
    const durationMs = this.ctx.cache.getTestSpecificationResult(file)?.duration;
    const hasLaws = LAW.test(readFileSync(file.moduleId, "utf8"));
    if (durationMs === undefined) return { hasLaws, durationMs: 0 };
    const cost = { hasLaws, durationMs };
    costs.set(file.moduleId, cost);
    return cost;
  }
}
