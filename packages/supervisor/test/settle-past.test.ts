// A snapshot with an attempt that was alive: nothing is launched before its launcher says that nothing of it is left.

import { restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type PastAttempt, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";

const policy = restartOn("permanent");

/** A supervision taken over from one whose child was alive, and what says that the past is settled. */
async function takenOver(signal?: AbortSignal) {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, []);
  const first = supervise(
    { launch: (info) => ({ ...launcher.launch(info), pid: 4_711, startTime: "99" }) },
    { policy, id: "svc" },
    system,
  );
  await system.advance(10);
  const snapshot = JSON.parse(JSON.stringify(first.snapshot()));
  await first.stop();
  const pasts: PastAttempt[] = [];
  const types: string[] = [];
  let settle = () => {};
  let fail = (_error: unknown) => {};
  const next = scriptedLauncher(system, []);
  const handle = supervise(
    {
      launch: next.launch,
      settlePast(past) {
        pasts.push(past);
        return new Promise<void>((resolve, reject) => {
          settle = resolve;
          fail = reject;
        });
      },
    },
    {
      policy,
      id: "svc",
      snapshot,
      ...(signal && { signal }),
      onEvent: ({ type }) => void types.push(type),
    },
    system,
  );
  return {
    system,
    handle,
    next,
    pasts,
    types,
    settle: () => settle(),
    fail: () => fail(new Error("no")),
  };
}

describe("an attempt of a host that is gone", () => {
  it("is settled before anything is launched, however long that takes", async () => {
    const set = await takenOver();
    expect(set.pasts).toEqual([
      { id: "svc", attempt: 1, generation: 0, pid: 4_711, startTime: "99", at: set.system.clock() },
    ]);
    await set.system.advance(1_000_000);
    expect(set.next.launchedAt).toEqual([]);
    expect(set.types).toEqual([]);
    set.settle();
    await set.system.settle();
    expect(set.types).toEqual(["exited", "delayed", "launched", "ready"]);
    expect(set.next.launchedAt).toHaveLength(1);
    await set.handle.stop();
  });

  it("does not prevent a launch where it cannot be settled: that is an event", async () => {
    const set = await takenOver();
    set.fail();
    await set.system.settle();
    expect(set.types).toEqual(["callback-failed", "exited", "delayed", "launched", "ready"]);
    await set.handle.stop();
  });

  it("may be stopped meanwhile: nothing is launched then, and the end waits for it", async () => {
    const set = await takenOver();
    const outcome = set.handle.stop();
    await set.system.advance(1_000_000);
    expect(set.types).not.toContain("ended");
    set.settle();
    expect(await outcome).toMatchObject({ type: "stopped", lastExit: { kind: "lost" } });
    expect(set.next.launchedAt).toEqual([]);
  });
});

it("is settled, too, where the signal is aborted already; nothing is launched", async () => {
  const { handle, next, pasts, settle } = await takenOver(AbortSignal.abort("late"));
  expect(pasts).toHaveLength(1);
  settle();
  expect(await handle.outcome).toMatchObject({ type: "stopped", by: "abort" });
  expect(next.attempts).toEqual([]);
});
