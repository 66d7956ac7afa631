// What the README says to users of fake timers: threads are real, delays and time limits are not. These are the timers of
// vitest; those of node:test are in a program of the README.

import { launch, type RestartPolicy, restartPolicy } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import { workerLauncher } from "../../src/index.js";
import { workerPool } from "../../src/pool.js";
import { code, worker } from "./start.js";

const HOUR = 3_600_000;
const hourly: RestartPolicy = restartPolicy({
  name: "hourly",
  launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : HOUR)],
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Notes events, and waits for them in real time. */
function listening() {
  const events: SupervisorEvent[] = [];
  const { wake, until: happens } = waiting();
  const onEvent = (event: SupervisorEvent) => {
    events.push(event);
    wake();
  };
  const until = (type: string, count: number) =>
    happens(() => events.filter((event) => event.type === type).length >= count);
  return { onEvent, until };
}

it.each(["a worker", "another one, after the clock of the first was moved"])(
  "%s is restarted after an hour that takes no time",
  async () => {
    const { onEvent, until } = listening();
    const launcher = workerLauncher(code("process.exit(1)"));
    const handle = supervise(launcher, { policy: hourly, onEvent });
    await until("exited", 1);
    await vi.advanceTimersByTimeAsync(HOUR - 1);
    expect(handle.status().waiting).toMatchObject({ for: "delay" });
    await vi.advanceTimersByTimeAsync(1);
    await until("exited", 2);
    expect(await handle.kill()).toMatchObject({ attempts: 2 });
  },
);

it("a request of a pool is out of time after an hour that takes none", async () => {
  const { onEvent, until } = listening();
  const flags = new Int32Array(new SharedArrayBuffer(64));
  const pool = workerPool(worker("pool.mjs"), {
    threads: 1,
    policy: hourly,
    workerData: { flags },
    onEvent,
  });
  await until("ready", 1);
  const late = pool.run(0, { name: "never", timeoutMs: HOUR }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(await late).toMatchObject({ reason: "timed-out" });
  await pool.stop({ force: true });
});
