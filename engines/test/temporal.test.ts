// The bridge into Temporal, in the SDK's own activity environment: attempts are fed by hand, each in an environment of
// its own, with the details that the heartbeats of the one before it left.

import { backoff } from "@steadfast/backoff";
import { activityUnder, toTemporal } from "@steadfast/bridges/temporal";
import { allOf, lifetimeCap } from "@steadfast/policy";
import * as temporal from "@temporalio/activity";
import {
  ApplicationFailure,
  compileRetryPolicy,
  defaultFailureConverter,
  defaultPayloadConverter,
  type RetryPolicy,
} from "@temporalio/common";
import { MockActivityEnvironment } from "@temporalio/testing";
import { describe, expect, it } from "vitest";
import { bridgeCases } from "./bridge-cases.ts";

const nothing = () => {};
const logger = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

/** The server's part: one attempt on a new worker; what it told goes to the next. */
class Attempts {
  details: unknown;
  attempt = 0;

  async next(activity: () => Promise<unknown>, prepare = (_: MockActivityEnvironment) => {}) {
    this.attempt++;
    const info = { attempt: this.attempt, heartbeatDetails: this.details };
    const environment = new MockActivityEnvironment(info, { logger });
    environment.on("heartbeat", (details) => {
      this.details = JSON.parse(JSON.stringify(details));
    });
    prepare(environment);
    return environment.run(activity);
  }
}

const asFailure = (error: unknown): ApplicationFailure => {
  if (error instanceof ApplicationFailure) return error;
  throw error;
};

bridgeCases("temporal", {
  async play(world) {
    const { clock, random, story } = world;
    const attempts = new Attempts();
    for (;;) {
      const activity = activityUnder(temporal, story.policy, () => world.attempt(), {
        clock,
        random,
      });
      try {
        return await attempts.next(activity);
      } catch (error) {
        const { nonRetryable, nextRetryDelay } = asFailure(error);
        if (nonRetryable) throw error;
        world.waited(Number(nextRetryDelay));
      }
    }
  },
});

const fails = () => Promise.reject(new Error("lost"));
const failed = async (run: Promise<unknown>) =>
  asFailure(await run.catch((error: unknown) => error));
const under = (activity: () => unknown, restarts = 9) =>
  activityUnder(temporal, lifetimeCap({ restarts }), activity);

describe("the state", () => {
  it("counts attempts whose worker died: Temporal's own number says how many there were", async () => {
    const attempts = new Attempts();
    await failed(attempts.next(under(fails)));
    expect(attempts.details).toEqual({ steadfast: { attempt: 1, state: { restarts: 1 } } });
    attempts.attempt += 2; // of which nothing was heard
    await failed(attempts.next(under(fails)));
    expect(attempts.details).toEqual({ steadfast: { attempt: 4, state: { restarts: 4 } } });
  });

  it("stands beside the activity's own details, in an attempt that dies as well", async () => {
    const attempts = new Attempts();
    const seen: unknown[] = [];
    const works = async () => {
      seen.push(temporal.activityInfo().heartbeatDetails);
      temporal.heartbeat({ page: seen.length });
      throw new Error("lost");
    };
    await failed(attempts.next(under(works)));
    const dies = () => {
      temporal.heartbeat({ page: 7 });
      return new Promise(nothing);
    };
    void attempts.next(under(dies));
    await Promise.resolve();
    await failed(attempts.next(under(works)));
    expect(seen).toEqual([undefined, { page: 7 }]);
    expect(attempts.details).toEqual({
      steadfast: { attempt: 3, state: { restarts: 3 } },
      own: { page: 2 },
    });
  });

  it("of another policy begins again", async () => {
    const attempts = new Attempts();
    attempts.details = { steadfast: { attempt: 0, state: { other: 1 } } };
    await failed(attempts.next(under(fails)));
    expect(attempts.details).toMatchObject({ steadfast: { state: { restarts: 1 } } });
  });
});

describe("what the activity said itself is left as it is", () => {
  it("a failure that is not to be retried", async () => {
    const final = ApplicationFailure.nonRetryable("no such account", "NotFound");
    const attempts = new Attempts();
    expect(await failed(attempts.next(under(() => Promise.reject(final))))).toBe(final);
    expect(attempts.details).toBeUndefined();
  });

  it("cancelled, and completed by somebody else", async () => {
    const cancel = (environment: MockActivityEnvironment) => environment.cancel();
    const sleeps = () => temporal.sleep(60_000);
    const aborted = () => Promise.reject(temporal.cancellationSignal().reason);
    for (const activity of [sleeps, aborted]) {
      const run = new Attempts().next(under(activity), cancel);
      await expect(run).rejects.toBeInstanceOf(temporal.CancelledFailure);
    }
    const late = () => Promise.reject(new temporal.CompleteAsyncError());
    await expect(new Attempts().next(under(late))).rejects.toBeInstanceOf(
      temporal.CompleteAsyncError,
    );
  });
});

it("arguments and the result go through; a local activity is refused, since it has no heartbeat", async () => {
  const sum = activityUnder(
    temporal,
    lifetimeCap({ restarts: 1 }),
    (a: number, b: number) => a + b,
  );
  expect(await new MockActivityEnvironment({}, { logger }).run(sum, 1, 2)).toBe(3);
  const local = new MockActivityEnvironment({ isLocal: true }, { logger });
  await expect(local.run(sum, 1, 2)).rejects.toThrow("activityUnder: isLocal must be false");
});

it("type, details and cause of the error are kept, and the delay is what goes over the wire", async () => {
  const converted = async (initialMs: number) => {
    const policy = backoff({ initialMs, capMs: 2 ** 50, jitter: "none" });
    const error = ApplicationFailure.create({
      message: "lost",
      type: "Busy",
      details: [1],
      nextRetryDelay: 5,
    });
    const failure = await failed(
      new Attempts().next(activityUnder(temporal, policy, () => Promise.reject(error))),
    );
    return defaultFailureConverter.errorToFailure(failure, defaultPayloadConverter);
  };
  const zero = (await converted(0)).applicationFailureInfo;
  expect(zero).toMatchObject({ type: "Busy", nonRetryable: false });
  expect([Number(zero?.nextRetryDelay?.seconds), zero?.nextRetryDelay?.nanos]).toEqual([0, 0]);
  expect(zero?.details?.payloads?.length).toBe(1);
  const long = (await converted(2 ** 49)).applicationFailureInfo?.nextRetryDelay;
  expect(Number(long?.seconds)).toBe(9_223_372_036);
});

it("a compiled policy is one of the SDK", () => {
  const delays = backoff({
    initialMs: 1,
    factor: 3,
    capMs: 2 ** 40,
    jitter: "none",
    resetAfterMs: null,
  });
  const retry: RetryPolicy = toTemporal(allOf(delays, lifetimeCap({ restarts: 4 }))).retry;
  expect(compileRetryPolicy(retry)).toMatchObject({ maximumAttempts: 5, backoffCoefficient: 3 });
});
