// What stands where a state should: something older, something of another policy, garbage. A bridge begins again, and
// never counts for minutes what a number in it says.

import { lifetimeCap } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { backoffStrategy } from "../src/bullmq.js";
import { taskUnder } from "../src/graphile-worker.js";
import { handlerUnder } from "../src/pg-boss.js";
import { activityUnder } from "../src/temporal.js";

const policy = lifetimeCap({ restarts: 1 });
const GARBAGE: readonly unknown[] = [
  null,
  5,
  "text",
  [1],
  {},
  { state: "text" },
  { state: { restarts: -1 } },
  { state: { other: true }, stalls: "text" },
  { stalls: Number.NEGATIVE_INFINITY },
  { stalls: -1e15 },
];
const lost = () => Promise.reject(new Error("lost"));

describe.each(GARBAGE.map((kept) => [JSON.stringify(kept), kept]))("%s", (_, kept) => {
  it("is begun again by BullMQ's strategy", async () => {
    const job = {
      name: "a",
      data: { steadfast: kept } as object,
      updateData: async (data: object) => {
        job.data = data;
      },
    };
    const strategy = backoffStrategy(policy);
    expect(await strategy(1, "policy", new Error("lost"), job)).toBe(0);
    expect(await strategy(2, "policy", new Error("lost"), job)).toBe(-1);
  });

  it("is begun again by the queues on PostgreSQL", async () => {
    const sent: object[] = [];
    const boss = { send: async (__: string, data: object) => sent.push(data) };
    await handlerUnder(
      boss,
      policy,
      lost,
    )([{ name: "a", data: { steadfast: kept as never }, retryCount: 0 }]);
    const job = { task_identifier: "a", attempts: 1, max_attempts: 1, priority: 0 };
    const helpers = { job, addJob: async (__: string, data: unknown) => sent.push(data as object) };
    await taskUnder(policy, lost)({ steadfast: kept }, helpers);
    const begun = { steadfast: { state: { restarts: 1 } } };
    expect(sent).toEqual([begun, begun]);
  });
});

const temporal = (details: unknown, told: unknown[]) => {
  const info = { attempt: 1, heartbeatDetails: details, isLocal: false };
  const context = {
    info,
    cancellationSignal: { aborted: false },
    heartbeat: (one: unknown) => told.push(one),
  };
  let current: unknown = context;
  return {
    Context: { current: () => current as typeof context },
    asyncLocalStorage: {
      run: <Value>(inner: unknown, run: () => Value) => {
        current = inner;
        return run();
      },
    },
    ApplicationFailure: {
      fromError: (_: unknown, decided: object) => Object.assign(new Error("lost"), decided),
    },
    CancelledFailure: RangeError,
    CompleteAsyncError: RangeError,
  };
};

it.each([
  ["a number", 7],
  ["a text", "page 7"],
  ["an object", { page: 7 }],
  ["a list", [7]],
])(
  "details of an activity from before it was under a policy stay its own: %s",
  async (_, details) => {
    const told: unknown[] = [];
    const module = temporal(details, told);
    let seen: unknown;
    const activity = activityUnder(module, policy, () => {
      seen = module.Context.current().info.heartbeatDetails;
      return lost();
    });
    await expect(activity()).rejects.toMatchObject({ nextRetryDelay: 0 });
    expect(seen).toEqual(details);
    expect(told).toEqual([{ own: details, steadfast: { attempt: 1, state: { restarts: 1 } } }]);
  },
);

it("an attempt's number that is none is not counted from", async () => {
  const told: unknown[] = [];
  const kept = { steadfast: { attempt: -1e15, state: { restarts: 0 } } };
  const activity = activityUnder(temporal(kept, told), policy, lost);
  await expect(activity()).rejects.toMatchObject({ nonRetryable: false });
});

it("a job's data that can hold no state fails by name, and is not taken apart", async () => {
  const job = { task_identifier: "a", attempts: 1, max_attempts: 1, priority: 0 };
  const added: unknown[] = [];
  const helpers = { job, addJob: async (_: string, data: unknown) => added.push(data) };
  await expect(taskUnder(policy, lost)([1, 2], helpers)).rejects.toThrow("taskUnder: data must be");
  expect(added).toEqual([]);
});

it("a clock that went back counts no time, and asks for no wait", async () => {
  let now = 1e6;
  const saved: { state?: unknown } = {};
  const states = {
    load: () => saved.state,
    save: (_: unknown, state: unknown) => Object.assign(saved, { state }),
  };
  const strategy = backoffStrategy(lifetimeCap({ restarts: 2 }), { clock: () => now, states });
  const job = { name: "a", data: [], processedOn: 1e6, updateData: async () => {} };
  expect(await strategy(1, "policy", new Error("lost"), job)).toBe(0);
  now = 5;
  expect(await strategy(2, "policy", new Error("lost"), job)).toBe(0);
  expect(await strategy(3, "policy", new Error("lost"), job)).toBe(-1);
});
