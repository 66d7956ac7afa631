// `operatorLaunches: "ask"`: an operator's launch is asked of the policy when it is ordered, once, and
// a refusal goes to the caller; what counts launches counts it.

import { allOf, type LaunchEvent, launch, refuse, restartOn } from "@steadfast/policy";
import { expect, it } from "vitest";
import { answers, asking, delay } from "./policies.js";
import { type Stage, stage } from "./stage.js";

const no = refuse("full", 500);

it("asks with the cause `operator`, and launches when the old generation is gone", async () => {
  const asked: LaunchEvent[] = [];
  const set = stage({ policy: asking(asked), operatorLaunches: "ask", script: [{ stopMs: 30 }] });
  expect(set.handle.restart()).toBe("queued-after-stop");
  expect(asked.map(({ cause }) => cause)).toEqual(["start", "operator"]);
  await set.system.advance(30);
  expect(set.launcher.launchedAt).toEqual([0, 30]);
  expect(asked).toHaveLength(2);
  expect(set.journal.filter(({ by }) => by === "operator")).toEqual([]);
});

it("gives a refusal to the caller, and nothing happens to the child", async () => {
  const set = stage({ policy: answers(launch(), no), operatorLaunches: "ask" });
  expect(set.handle.restart()).toEqual(no);
  expect(set.handle.status()).toMatchObject({ status: "ready", attempts: 1, outcome: null });
  expect(set.types()).toEqual(["launched", "ready"]);
});

it("leaves a wait as it is after a refusal, and cuts it after a consent", async () => {
  const script = [{ runMs: 10, exit: { kind: "failed" } as const }];
  const policy = answers(launch(), launch(1_000), no, launch());
  const set = stage({ policy, operatorLaunches: "ask", script });
  await set.system.advance(10);
  expect(set.handle.restart()).toEqual(no);
  expect(set.handle.status().waiting).toEqual({ for: "delay", until: 1_010, cause: "restart" });
  expect(set.handle.restart()).toBe("started-immediately");
  expect(set.launcher.launchedAt).toEqual([0, 10]);
});

it("asks nothing for an order that is turned down anyhow", async () => {
  const asked: LaunchEvent[] = [];
  const set = stage({ policy: asking(asked), operatorLaunches: "ask", script: [{ stopMs: 30 }] });
  set.handle.restart();
  expect(set.handle.restart()).toBe("already-pending");
  set.handle.pause();
  expect(set.handle.restart()).toBe("rejected");
  const over = set.handle.stop();
  expect(set.handle.restart()).toBe("blocked-by-shutdown");
  await set.system.advance(30);
  await over;
  expect(set.handle.restart()).toBe("over");
  expect(asked).toHaveLength(2);
});

it("asks at `resume`, and stays paused when it is refused", async () => {
  const set = stage({ policy: answers(launch(), no, launch()), operatorLaunches: "ask" });
  set.handle.pause();
  await set.system.settle();
  expect(set.handle.resume()).toEqual(no);
  expect(set.handle.status()).toMatchObject({ intent: "paused", status: "stopped" });
  expect(set.handle.resume()).toBeNull();
  expect(set.handle.resume()).toBeNull();
  expect(set.launcher.launchedAt).toEqual([0, 0]);
});

it("asks also while the child is being stopped for another reason", async () => {
  const set = stage({
    policy: answers(launch(), no),
    operatorLaunches: "ask",
    heartbeatTimeoutMs: 10,
    script: [{ stopMs: 30, says: [{ afterMs: 0, signal: { type: "heartbeat" } }] }],
  });
  await set.system.advance(20);
  expect(set.handle.status().status).toBe("cancelling");
  expect(set.handle.restart()).toEqual(no);
});

it("does not wait for a delay: restart types and backoffs let an operator pass", async () => {
  const set = stage({
    policy: allOf(restartOn("temporary"), delay(1_000)),
    operatorLaunches: "ask",
  });
  set.handle.restart();
  await set.system.settle();
  expect(set.launcher.launchedAt).toEqual([0, 0]);
});

it("has no answer from inside the policy: both orders throw, and change nothing", async () => {
  const errors: unknown[] = [];
  let set: Stage | null = null;
  const orders = () => {
    for (const order of ["restart", "resume"] as const) {
      try {
        set?.handle[order]();
      } catch (error) {
        errors.push(error);
      }
    }
    return launch(set ? 50 : 0);
  };
  set = stage({ policy: asking([], orders), operatorLaunches: "ask", script: [{ runMs: 10 }] });
  await set.system.advance(10);
  expect(errors).toMatchObject([{ party: "caller" }, { party: "caller" }]);
  await set.system.advance(50);
  expect(set.launcher.launchedAt).toEqual([0, 60]);
});

it("is free by default: the policy is not asked", () => {
  const set = stage({ policy: answers(launch(), no) });
  expect(set.handle.restart()).toBe("queued-after-stop");
});
