// What the README says to users of fake timers. These are the timers of vitest: `manualSystem` needs none.

import { launch, type RestartPolicy, restartPolicy } from "@steadfast/policy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { retry } from "../src/index.js";

const HOUR = 3_600_000;
const hourly: RestartPolicy = restartPolicy({
  name: "hourly",
  launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : HOUR)],
});

function flaky(failures: number) {
  let calls = 0;
  return async () => {
    if (calls++ < failures) throw new Error("no");
    return calls;
  };
}

describe("with fake timers", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("a retry of hours takes no time", async () => {
    const settled = retry(flaky(3), { policy: hourly });
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(await settled).toBe(4);
  });

  it("and once more: what one test moved does not hold up the next", async () => {
    const settled = retry(flaky(1), { policy: hourly });
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(await settled).toBe(2);
  });

  it("a time limit is over", async () => {
    const settled = retry(() => new Promise(() => {}), {
      attempts: 1,
      attemptTimeoutMs: HOUR,
    }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(await settled).toMatchObject({ code: "ERR_TIMED_OUT" });
  });
});

describe("without them, after them", () => {
  it("a retry waits as long as it says", async () => {
    const soon: RestartPolicy = restartPolicy({
      name: "soon",
      launch: (state) => [state, launch(1)],
    });
    expect(await retry(flaky(2), { policy: soon })).toBe(3);
  });
});
