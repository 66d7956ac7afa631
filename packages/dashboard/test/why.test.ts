// Why, what is left, and "what if": over real HTTP, of decisions that were really made.

import { backoff } from "@steadfast/backoff";
import { giveUp, inTurn, lifetimeCap, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree } from "@steadfast/supervisor/tree";
import { describe, expect, it } from "vitest";
import { recording } from "../src/index.js";
import type { Budgets, ChildDetail, WhatIf } from "../src/wire.js";
import { post } from "./asking.js";
import { pageOf } from "./pages.js";

const exit = { kind: "failed", error: new Error("boom"), stderrTail: ["one", "two"] } as never;

/** Three children that draw on a budget of four restarts, and one failure after the other. */
async function shop() {
  const system = manualSystem();
  const seen = recording();
  const launchers = ["a", "b", "c"].map(() => scriptedLauncher(system, []));
  const policy = backoff({ initialMs: 100, factor: 2, jitter: "none" });
  const tree = superviseTree(
    {
      budget: slidingWindow({ limit: 4, windowMs: 10_000, counts: "restarts" }),
      children: launchers.map((launcher, i) => ({ id: "abc"[i] as string, launcher, policy })),
    },
    { id: "shop", journal: seen.journal },
    system,
  );
  const page = await pageOf({ handle: tree, recording: seen });
  const fail = async (child: number) => {
    launchers[child]?.exit(exit);
    await system.advance(1_000);
  };
  const asked = async <Answer>(path: string, body: object) =>
    (await post(page, path, { of: "shop", ...body })).json as unknown as Answer;
  return { system, tree, fail, asked, page, seen };
}

describe("why", () => {
  it("says of a refusal who refused, what was counted, and until when; then and now", async () => {
    const { fail, asked } = await shop();
    for (const child of [0, 0, 1, 2, 0]) await fail(child);
    const detail = await asked<ChildDetail>("/api/child", { path: "a" });
    expect(detail.row.waiting).toMatchObject({ for: "not-yet", reason: "window-full" });
    expect(detail.lastWhy?.sentence).toMatch(
      /^Refused for now \(window-full\): slidingWindow has counted 4 restarts in 10 000 ms, and its limit is 4; asked again in 6 000 ms/,
    );
    expect(detail.nowWhy?.sentence).toContain("asked again in 5 000 ms");
    expect(detail.budget).toMatchObject({ left: 0, refusal: { reason: "window-full" } });
    expect(detail.lastExit).toMatchObject({ stderrTail: ["one", "two"] });
    expect(detail.told.every(({ id }) => id === "a")).toBe(true);
    expect(detail.policy).toMatchObject({
      name: "allOf(restartOn, backoff)",
      shared: "slidingWindow",
      spec: { kind: "allOf" },
    });
  });

  it("says of a child that is up what a failure would lead to, and what is left for all", async () => {
    const { fail, asked } = await shop();
    for (const child of [1, 2, 2]) await fail(child);
    const detail = await asked<ChildDetail>("/api/child", { path: "a" });
    expect(detail.lastWhy?.sentence).toMatch(/^Launched at once/);
    expect(detail.nowWhy?.sentence).toMatch(/^Launched in 100 ms/);
    const { budgets } = await asked<Budgets>("/api/budgets", { paths: ["a", "b", "nobody"] });
    expect(budgets.map((budget) => budget?.left)).toEqual([1, 1, undefined]);
  });

  it("explains a delay with the draw that it was made of", async () => {
    const system = manualSystem();
    const seen = recording();
    const launcher = scriptedLauncher(system, []);
    const policy = backoff({ initialMs: 4_000, jitter: "full" });
    const handle = supervise(launcher, { policy, id: "one", journal: seen.journal }, system);
    const page = await pageOf({ handle, recording: seen });
    launcher.exit(exit);
    await system.settle();
    const { json } = await post(page, "/api/child", { of: "one", path: "one" });
    const { row, lastWhy, nowWhy, now } = json as unknown as ChildDetail;
    expect(row.waiting?.for).toBe("delay");
    expect(lastWhy?.sentence).toContain(
      `at the instant ${String(row.waiting?.until).replaceAll(/\B(?=(\d{3})+$)/g, " ")}`,
    );
    expect(nowWhy).toBe(null);
    expect(now).toBe(system.now);
  });

  it("has no last decision where nobody keeps them, and a policy of one's own that throws breaks nothing", async () => {
    const system = manualSystem();
    const launcher = scriptedLauncher(system, []);
    const healthy = restartOn("permanent");
    let throws = false;
    const policy: typeof healthy = {
      ...healthy,
      step(...asked) {
        if (throws) throw new Error("mine");
        return healthy.step(...asked);
      },
    };
    const page = await pageOf(supervise(launcher, { policy }, system));
    const asked = async () =>
      (await post(page, "/api/child", { of: "child", path: "child" }))
        .json as unknown as ChildDetail;
    const before = await asked();
    expect(before.lastWhy).toBe(null);
    expect(before.nowWhy?.sentence).toContain("Launched at once");
    expect(before.budget).toEqual({ left: null, refusal: null });
    throws = true;
    expect(await asked()).toMatchObject({ nowWhy: null, budget: null });
  });
});

describe("what if", () => {
  it("marks no difference under the policy that it has, whatever its siblings did to the budget", async () => {
    const { fail, asked, system } = await shop();
    for (const child of [0, 1, 2, 0, 1, 2]) await fail(child);
    await system.advance(20_000);
    for (const child of [0, 1, 2]) await fail(child);
    for (const path of ["a", "b", "c"]) {
      const { policy } = await asked<ChildDetail>("/api/child", { path });
      const same = await asked<WhatIf>("/api/what-if", { path, policy: policy?.spec });
      expect([same.differ, same.complete]).toEqual([0, true]);
      expect(same.requests).toBeGreaterThan(3);
    }
  });

  it("marks what another policy decides otherwise", async () => {
    const { fail, asked } = await shop();
    for (const child of [0, 0, 0]) await fail(child);
    const policy = { kind: "giveUp", members: [{ kind: "lifetimeCap", options: { restarts: 1 } }] };
    const { differ, steps, requests } = await asked<WhatIf>("/api/what-if", { path: "a", policy });
    expect(requests).toBe(4);
    expect(differ).toBe(3);
    const restarts = steps.filter(({ event }) => event === "restart");
    expect(restarts.map(({ replayed }) => replayed)).toEqual([
      { type: "launch", delayMs: 0 },
      { type: "refuse", reason: "cap-reached", retryAfterMs: null },
      { type: "refuse", reason: "cap-reached", retryAfterMs: null },
    ]);
    expect(restarts[0]?.recorded).toEqual({ type: "launch", delayMs: 100 });
  });

  it("takes the short form, does not ask about an operator's launch, and says if the beginning is gone", async () => {
    const system = manualSystem();
    const seen = recording({ most: 4 });
    const launcher = scriptedLauncher(system, []);
    const policy = giveUp(inTurn(backoff({ jitter: "none" }), lifetimeCap({ restarts: 9 })));
    const handle = supervise(launcher, { policy, id: "one", journal: seen.journal }, system);
    const page = await pageOf({ handle, recording: seen });
    for (let i = 0; i < 3; i++) {
      handle.restart();
      await system.settle();
    }
    const body = { of: "one", path: "one", policy: "10/10m" };
    const { json } = await post(page, "/api/what-if", body);
    const result = json as unknown as WhatIf;
    expect(result.complete).toBe(false);
    expect(seen.dropped).toBeGreaterThan(0);
    expect(result.steps.filter(({ asked }) => !asked).length).toBeGreaterThan(0);
    expect(result.differ).toBe(0);
  });

  it.each([
    ["no policy", { kind: "nope" }, 400, "bad-policy", /policy\.kind/],
    ["a policy that takes a function", { kind: "stopWhen" }, 400, "bad-policy", /stopWhen/],
    ["nothing", undefined, 400, "bad-policy", /policy/],
  ])("refuses %s by name", async (_, policy, status, error, message) => {
    const { page } = await shop();
    const answered = await post(page, "/api/what-if", { of: "shop", path: "a", policy });
    expect([answered.status, answered.json.error]).toEqual([status, error]);
    expect(answered.json.message).toMatch(message);
  });

  it("says that nobody keeps decisions", async () => {
    const system = manualSystem();
    const policy = restartOn("permanent");
    const page = await pageOf(supervise(scriptedLauncher(system, []), { policy }, system));
    const body = { of: "child", path: "child", policy: "always" };
    const answered = await post(page, "/api/what-if", body);
    expect([answered.status, answered.json.error]).toEqual([409, "no-recording"]);
  });
});

describe("a question", () => {
  it.each([
    ["a child of nobody", "/api/child", { path: "x" }, 404, "unknown-child"],
    ["no child", "/api/child", {}, 400, "bad-request"],
    ["101 paths", "/api/budgets", { paths: new Array(101).fill("a") }, 400, "bad-request"],
    ["a path that is none", "/api/budgets", { paths: [1] }, 400, "bad-request"],
    ["an unknown field", "/api/budgets", { paths: [], path: "a" }, 400, "bad-request"],
  ])("about %s is refused by name", async (_, path, body, status, error) => {
    const { page } = await shop();
    const answered = await post(page, path, { of: "shop", ...body });
    expect([answered.status, answered.json.error]).toEqual([status, error]);
  });
});
