// The fault table of the README, row by row, in the real world: real timers, the real event loop, processes
// of their own where a process is to end. Nothing here waits for a time to pass: tests wait for ends.

import { AsyncLocalStorage } from "node:async_hooks";
import { execFile } from "node:child_process";
import { EventEmitter, getEventListeners, once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { launch, type RestartPolicy, refuse, restartOn, restartPolicy } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import {
  RefusedError,
  type RetryOptions,
  refusedBy,
  retry,
  retryPolicy,
  taskLauncher,
} from "../../src/index.js";
import { hostile, THEN } from "../launch.js";

const run = promisify(execFile);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const never = () => new Promise<never>(() => {});
const boom = new Error("boom");
const fails = () => Promise.reject(boom);
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
const waits = (delayMs: number): RestartPolicy =>
  restartPolicy({
    name: "waits",
    launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : delayMs)],
  });
const answers = (answer: () => never): RestartPolicy => ({
  ...restartOn("permanent"),
  step: (state) => [state, answer()],
});
const host = async (name: string, ...args: string[]) => {
  const file = fileURLToPath(new URL(`hosts/${name}.mjs`, import.meta.url));
  const { stdout } = await run(process.execPath, ["--unhandled-rejections=strict", file, ...args]);
  return stdout.trim();
};

async function isThrownUntouched(value: unknown, isKnown: boolean): Promise<void> {
  const throws = () => {
    throw value;
  };
  for (const task of [() => Promise.reject(value), throws]) {
    let thrown: unknown[] = []; // in a list: a promise would look at it
    await retry(task, { attempts: 3 }).catch((error: unknown) => {
      thrown = [error];
    });
    expect(Object.is(thrown[0], value)).toBe(true);
    expect(refusedBy(value)?.attempts ?? null).toBe(isKnown ? 3 : null);
  }
}

/** A supervised task, and what was said about it. */
function supervised(task: Parameters<typeof taskLauncher>[0], options: object) {
  const events: SupervisorEvent[] = [];
  const onEvent = (event: SupervisorEvent) => void events.push(event);
  const handle = supervise(taskLauncher(task), {
    policy: restartOn("transient"),
    onEvent,
    ...options,
  });
  return { handle, events, types: () => events.map(({ type }) => type) };
}

const FAULTS: Readonly<Record<string, () => Promise<void>>> = {
  "`undefined`": () => isThrownUntouched(undefined, false),
  "a text, `null`, `NaN`, a symbol": async () => {
    for (const value of ["boom", null, Number.NaN, Symbol.for("boom")]) {
      await isThrownUntouched(value, false);
    }
  },
  "a frozen error": () => isThrownUntouched(Object.freeze(new Error("frozen")), true),
  "a Proxy that traps everything": () => isThrownUntouched(hostile(), true),
  "one error object in two retries": async () => {
    await thrownBy(retry(fails, { attempts: 2 }));
    await thrownBy(retry(fails, { attempts: 3 }));
    expect(refusedBy(boom)?.attempts).toBe(3);
  },
  "a throw before the first `await`": async () => {
    const promise = retry(
      () => {
        throw boom;
      },
      { attempts: 1 },
    );
    expect(await thrownBy(promise)).toBe(boom);
  },
  "a thenable that settles twice, or throws afterwards": async () => {
    const thenable = Object.defineProperty({}, THEN, {
      value: (resolve: (value: number) => void) => {
        resolve(1);
        resolve(2);
        throw boom;
      },
    });
    expect(await retry(() => thenable as PromiseLike<number>, { attempts: 1 })).toBe(1);
  },
  "a result whose `then` cannot be read": async () => {
    const value = Object.defineProperty({}, THEN, {
      get: () => {
        throw boom;
      },
    });
    expect(await thrownBy(retry(() => value, { attempts: 2 }))).toBe(boom);
  },
  "`giveUp` is called, and the task succeeds all the same": async () => {
    const value = await retry(
      ({ giveUp }) => {
        try {
          return giveUp(boom);
        } catch {
          return "a value";
        }
      },
      { attempts: 2 },
    );
    expect(value).toBe("a value");
  },
  "a task that never settles": async () => {
    const error = await thrownBy(retry(never, { attempts: 2, attemptTimeoutMs: 1 }));
    expect(error).toMatchObject({
      name: "TimeoutError",
      code: "ERR_TIMED_OUT",
      limit: "attemptTimeoutMs",
    });
    expect(refusedBy(error)).toMatchObject({ reason: "cap-reached", attempts: 2, abandoned: 2 });
  },
  "a task that obeys when its time is over": async () => {
    const kinds: string[] = [];
    const value = await retry(
      ({ attempt, signal }) =>
        attempt === 2
          ? "second"
          : new Promise<string>((_, reject) =>
              signal.addEventListener("abort", () => reject(signal.reason)),
            ),
      {
        attempts: 2,
        attemptTimeoutMs: 1,
        onFailure: ({ exit }) =>
          kinds.push(exit.kind === "timed-out" ? `${exit.ended?.kind}` : exit.kind),
      },
    );
    expect([value, ...kinds]).toStrictEqual(["second", "cancelled"]);
  },
  "an attempt that was given up returns later": async () => {
    const gate = new EventEmitter();
    let end = (_: string) => {};
    const promise = retry(
      ({ attempt }) =>
        attempt === 1
          ? new Promise<string>((resolve) => {
              end = resolve;
            })
          : once(gate, "open").then(() => "second"),
      {
        attempts: 2,
        attemptTimeoutMs: 20,
        onFailure: () => setImmediate(() => gate.emit("failed")),
      },
    );
    await once(gate, "failed");
    end("first");
    await turn();
    gate.emit("open");
    expect(await promise).toBe("second");
  },
  "an attempt that was given up rejects later": async () => {
    const late: ((error: unknown) => void)[] = [];
    const task = () => new Promise<never>((_, reject) => late.push(reject));
    await thrownBy(retry(task, { attempts: 1, attemptTimeoutMs: 1 }));
    late[0]?.(new Error("late"));
    await turn();
  },
  "a result in the turn in which the attempt was asked to end": async () => {
    const task = ({ signal }: { readonly signal: AbortSignal }) =>
      new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("late")));
    const error = await thrownBy(retry(task, { attempts: 1, attemptTimeoutMs: 1 }));
    expect(refusedBy(error)?.lastExit).toMatchObject({
      kind: "timed-out",
      ended: { kind: "completed" },
    });
  },
  "a delay longer than 2^31-1 ms": async () => {
    let calls = 0;
    const controller = new AbortController();
    const task = () => {
      calls += 1;
      return fails();
    };
    const promise = retry(task, { policy: waits(2 ** 40), signal: controller.signal });
    await turn();
    controller.abort(boom);
    expect(await thrownBy(promise)).toBe(boom);
    expect(calls).toBe(1);
  },
  "the next attempt would begin at the deadline, or later": async () => {
    const error = await thrownBy(retry(fails, { policy: waits(60_000), deadlineMs: 60_000 }));
    expect(error).toBe(boom);
    expect(refusedBy(error)).toMatchObject({ reason: "deadline", attempts: 1, retryAfterMs: null });
  },
  "the deadline comes while an attempt is made": async () => {
    const error = await thrownBy(retry(never, { deadlineMs: 1 }));
    expect(error).toMatchObject({ code: "ERR_TIMED_OUT", limit: "deadlineMs" });
    expect(refusedBy(error)).toMatchObject({ reason: "deadline", attempts: 1 });
  },
  "a deadline of 0": async () => {
    const error = await thrownBy(retry(never, { deadlineMs: 0 }));
    expect(error).toBeInstanceOf(RefusedError);
    expect(refusedBy(error)).toMatchObject({ reason: "deadline", attempts: 0, lastExit: null });
  },
  "the event loop was blocked while an attempt was made": async () => {
    const task = () =>
      new Promise<string>((resolve) => {
        const blockedUntil = performance.now() + 60;
        setImmediate(() => {
          while (performance.now() < blockedUntil);
          setImmediate(resolve, "value");
        });
      });
    expect(await retry(task, { attempts: 1, attemptTimeoutMs: 20 })).toBe("value");
  },
  "an `abort` listener of the task that throws": async () => {
    const task = ({ signal }: { readonly signal: AbortSignal }) => {
      signal.addEventListener("abort", () => {
        throw boom;
      });
      return never();
    };
    const error = await thrownBy(retry(task, { attempts: 1, attemptTimeoutMs: 1 }));
    expect(error).toMatchObject({ code: "ERR_TIMED_OUT", cause: boom });
    await turn();
  },
  "an async `onabort` of the task that rejects": async () => {
    const task = ({ signal }: { readonly signal: AbortSignal }) => {
      signal.onabort = () => fails();
      return never();
    };
    await thrownBy(retry(task, { attempts: 1, attemptTimeoutMs: 1 }));
    await turn();
  },
  "the signal has fired already": async () => {
    let calls = 0;
    const signal = AbortSignal.abort(boom);
    expect(await thrownBy(retry(() => calls++, { attempts: 2, signal }))).toBe(boom);
    expect(calls).toBe(0);
  },
  "an abort while it waits": async () => {
    const { signal, abort } = aborting();
    const promise = retry(fails, { policy: waits(3_600_000), signal });
    const settled = thrownBy(promise);
    await turn();
    abort();
    expect(await Promise.race([settled, turn()])).toBe(signal.reason);
    expect(getEventListeners(signal, "abort")).toStrictEqual([]);
  },
  "an abort while an attempt ignores its signal": async () => {
    const { signal, abort } = aborting();
    const settled = thrownBy(retry(never, { attempts: 5, signal }));
    abort();
    const afterTwo = turn()
      .then(turn)
      .then(() => "too late");
    expect(await Promise.race([settled, afterTwo])).toBe(signal.reason);
    expect(getEventListeners(signal, "abort")).toStrictEqual([]);
  },
  "the task aborts its own retry": async () => {
    const { signal, abort } = aborting();
    let calls = 0;
    const task = () => {
      calls += 1;
      abort();
      return fails();
    };
    expect(await thrownBy(retry(task, { attempts: 5, signal }))).toBe(signal.reason);
    expect(calls).toBe(1);
  },
  "a thousand retries under one signal": async () => {
    const { signal, abort } = aborting();
    const all = Array.from({ length: 1_000 }, () =>
      thrownBy(retry(fails, { policy: waits(60_000), signal })),
    );
    await turn();
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    abort();
    expect(new Set(await Promise.all(all))).toStrictEqual(new Set([signal.reason]));
    expect(getEventListeners(signal, "abort")).toStrictEqual([]);
  },
  "`onFailure` throws, or rejects": async () => {
    const oops = new Error("oops");
    for (const onFailure of [
      () => {
        throw oops;
      },
      () => Promise.reject(oops),
    ]) {
      expect(await thrownBy(retry(fails, { policy: waits(60_000), onFailure }))).toBe(oops);
    }
  },
  "`retryOn`, `giveUpOn`, `delayFrom` or a policy is async, and rejects": async () => {
    const oops = (async () => {
      throw new Error("oops");
    }) as never;
    const own = (part: object) => ({ ...waits(0), ...part }) as RestartPolicy;
    const wrong: readonly RetryOptions[] = [
      { attempts: 2, giveUpOn: oops },
      { attempts: 2, delayFrom: oops },
      { policy: own({ step: oops }) },
      { policy: own({ step: () => [null, (oops as () => unknown)()] }) },
      { policy: own({ step: () => [(oops as () => unknown)(), launch(0)] }) },
    ];
    const codes = [await thrownBy(retry(() => 1, { attempts: 2, retryOn: oops }))];
    for (const options of wrong) codes.push(await thrownBy(retry(fails, options)));
    expect(codes.map((error) => (error as { code: string }).code)).toStrictEqual([
      "ERR_CONTRACT",
      "ERR_POLICY_OPTIONS",
      "ERR_POLICY_OPTIONS",
      "ERR_CONTRACT",
      "ERR_CONTRACT",
      "ERR_CONTRACT",
    ]);
    await turn(); // an unhandled rejection would fail this run
  },
  "`onFailure` aborts": async () => {
    const { signal, abort } = aborting();
    let calls = 0;
    const task = () => {
      calls += 1;
      return fails();
    };
    expect(await thrownBy(retry(task, { attempts: 3, signal, onFailure: abort }))).toBe(
      signal.reason,
    );
    expect(calls).toBe(1);
  },
  "`retryOn` is async": async () => {
    const retryOn = (async () => false) as never;
    expect(await thrownBy(retry(() => 1, { attempts: 2, retryOn }))).toMatchObject({
      code: "ERR_CONTRACT",
      party: "caller",
    });
  },
  "`giveUpOn` throws": async () => {
    const oops = new Error("oops");
    const giveUpOn = () => {
      throw oops;
    };
    expect(await thrownBy(retry(fails, { attempts: 2, giveUpOn }))).toBe(oops);
  },
  "`delayFrom` answers `NaN`": async () => {
    const error = await thrownBy(retry(fails, { attempts: 2, delayFrom: () => Number("soon") }));
    expect(error).toMatchObject({ code: "ERR_POLICY_OPTIONS", option: "delayFrom" });
  },
  "a policy that throws": async () => {
    const oops = new Error("oops");
    expect(
      await thrownBy(
        retry(fails, {
          policy: answers(() => {
            throw oops;
          }),
        }),
      ),
    ).toBe(oops);
  },
  "a policy that answers nonsense": async () => {
    const policy = answers(() => ({ type: "launch", delayMs: -1 }) as never);
    expect(await thrownBy(retry(fails, { policy }))).toMatchObject({
      code: "ERR_CONTRACT",
      party: "policy",
    });
  },
  "a policy that refuses the first attempt": async () => {
    const policy = restartPolicy({
      name: "closed",
      launch: (state) => [state, refuse("closed", null)],
    });
    const error = await thrownBy(retry(fails, { policy }));
    expect(error).toMatchObject({ code: "ERR_REFUSED", reason: "closed", attempts: 0 });
  },
  "a result that is refused to the end": async () => {
    const error = await thrownBy(
      retry(() => 503, { attempts: 2, retryOn: (status) => status >= 500 }),
    );
    expect(error).toMatchObject({
      code: "ERR_REFUSED",
      lastExit: { kind: "completed", value: 503 },
    });
  },
  "a misspelt option": async () => {
    expect(() => retry(fails, { attemps: 3 } as never)).toThrow("did you mean attempts?");
  },
  "no limit at all": async () => {
    expect(() => retry(fails, {})).toThrow("attempts must be given, or a policy, or deadlineMs");
  },
  "a task that fails at once, without a delay, forever": async () => {
    const { signal, abort } = aborting();
    const settled = thrownBy(retry(fails, { attempts: Number.POSITIVE_INFINITY, signal }));
    setTimeout(abort, 1);
    expect(await settled).toBe(signal.reason);
  },
  "several async contexts": async () => {
    const tenant = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const one = (name: string) =>
      tenant.run(name, () =>
        thrownBy(
          retry(
            ({ signal }) => {
              seen.push(`${name} ${tenant.getStore()}`);
              signal.addEventListener("abort", () => seen.push(`${name} ${tenant.getStore()}`));
              return never();
            },
            {
              attempts: 2,
              attemptTimeoutMs: 1,
              onFailure: () => seen.push(`${name} ${tenant.getStore()}`),
            },
          ),
        ),
      );
    await Promise.all(["a", "b", "c"].map(one));
    expect([...new Set(seen)].toSorted()).toStrictEqual(["a a", "b b", "c c"]);
    expect(seen).toHaveLength(18);
  },
  "a signal that is aborted in another async context": async () => {
    const tenant = new AsyncLocalStorage<string>();
    const { signal, abort } = aborting();
    const seen: (string | undefined)[] = [];
    const settled = tenant.run("owner", () =>
      thrownBy(
        retry(
          (attempt) => {
            attempt.signal.addEventListener("abort", () => seen.push(tenant.getStore()));
            return never();
          },
          { attempts: 2, signal },
        ),
      ),
    );
    tenant.run("aborter", abort);
    expect(await settled).toBe(signal.reason);
    expect(seen).toStrictEqual(["owner"]);
  },
  "nothing else keeps the process alive, and `unref` is set": async () => {
    expect(await host("waiting", "unref")).toBe("one call");
  },
  "nothing else keeps the process alive": async () => {
    expect(await host("waiting")).toBe("one call\nthe second");
  },
  "a supervised task that ignores its signal": async () => {
    let end = (_: string) => {};
    const { handle, types } = supervised(
      ({ attempt }) =>
        attempt === 1
          ? new Promise((resolve) => {
              end = resolve;
            })
          : "second",
      { gracePeriodMs: 0 },
    );
    await turn();
    handle.restart();
    while (!types().includes("ended")) await turn();
    expect(handle.status().abandoned).toBe(1);
    end("first");
    const outcome = await handle.outcome;
    expect([outcome.type, outcome.lastExit]).toStrictEqual([
      "completed",
      { kind: "completed", value: "second" },
    ]);
    expect(types()).toContain("abandoned");
  },
  "a supervised task that obeys, and a `gracePeriodMs` of 0": async () => {
    const { handle, events } = supervised(
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      { gracePeriodMs: 0 },
    );
    await turn();
    expect(await handle.stop()).toMatchObject({ type: "stopped", lastExit: { kind: "cancelled" } });
    expect(events.map(({ type }) => type)).not.toContain("abandoned");
  },
  "a supervised task whose `abort` listener throws": async () => {
    const { handle, events } = supervised(({ signal }) => {
      signal.addEventListener("abort", () => {
        throw boom;
      });
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve("obeyed")));
    }, {});
    await turn();
    expect(await handle.stop()).toMatchObject({ lastExit: { kind: "completed", value: "obeyed" } });
    expect(events).toContainEqual(
      expect.objectContaining({ type: "callback-failed", callback: "requestStop" }),
    );
    await turn();
  },
  "a supervised task whose `onMessage` listener is async, and rejects": async () => {
    const { handle } = supervised(({ onMessage }) => {
      onMessage(() => fails());
      return never();
    }, {});
    await turn();
    expect(handle.send("hello")).toBe(true);
    await turn(); // an unhandled rejection would fail this run
    await handle.kill();
  },
  "a supervised task that runs longer than `maxRunMs`": async () => {
    const { handle } = supervised(({ attempt }) => (attempt === 1 ? never() : "second"), {
      maxRunMs: 1,
      gracePeriodMs: 0,
      policy: retryPolicy({ attempts: 2 }),
    });
    expect(await handle.outcome).toMatchObject({ type: "completed", value: "second", attempts: 2 });
  },
};

function aborting() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error("stop")) };
}

describe("the fault table", () => {
  it.each(Object.entries(FAULTS))("%s", (_, test) => test());

  it("is the one in the README", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, section = ""] = readme.split("## When something goes wrong");
    const rows = (section.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((line) => line.startsWith("| "));
    const faults = rows
      .map((row) => row.split(" | ")[0]?.slice(2))
      .filter((cell) => cell && !/^--|^[A-Z]/.test(cell));
    expect(faults).toStrictEqual(Object.keys(FAULTS));
    expect(faults.length).toBeGreaterThanOrEqual(40);
  });
});
