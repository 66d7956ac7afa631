// How a test is run for a mutant: one that hangs fails when nothing is going on any more, and not only when
// its time is over, which a busy machine needs long.

import { performance } from "node:perf_hooks";
import { type RunnerTestCase, TestRunner } from "vitest";
import { EVERY_MS, Idleness } from "./idleness.ts";

export default class ImpatientRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const idleness = new Idleness();
    let last = performance.eventLoopUtilization();
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        const now = performance.eventLoopUtilization();
        const { utilization } = performance.eventLoopUtilization(now, last);
        last = now;
        if (idleness.look(utilization)) reject(new Error(`${test.name}: it hangs`));
      }, EVERY_MS);
    });
    try {
      await Promise.race([TestRunner.getTestFn(test)(), hangs]);
    } finally {
      clearInterval(timer);
    }
  }
}
