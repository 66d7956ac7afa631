// Every way in which a task can end, and the one exit that it leads to.

import { exitRecord } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { Task } from "../src/index.js";
import { deferred, hostile, launch, THEN } from "./launch.js";

const error = new Error("boom");
const frozen = Object.freeze({ frozen: true });
const proxy = hostile();

/** Thrown, and given back untouched. */
const THROWN: readonly (readonly [string, unknown])[] = [
  ["an Error", error],
  ["undefined", undefined],
  ["null", null],
  ["a string", "boom"],
  ["the empty string", ""],
  ["zero", 0],
  ["NaN", Number.NaN],
  ["false", false],
  ["a symbol", Symbol.for("boom")],
  ["a frozen object", frozen],
  ["a function", launch],
  ["a Proxy that traps everything", proxy],
  ["an AbortError that nobody asked for", Object.assign(new Error(), { name: "AbortError" })],
];

function thenable(
  then: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void,
) {
  return { then } as PromiseLike<unknown>;
}

describe("a task that throws", () => {
  it.each(THROWN)("at once, %s", async (_, value) => {
    const exit = await launch(() => {
      throw value;
    }).exited;
    expect(exit.kind).toBe("failed");
    expect("error" in exit && Object.is(exit.error, value)).toBe(true);
  });

  it.each(THROWN)("by rejecting, %s", async (_, value) => {
    const exit = await launch(() => Promise.reject(value)).exited;
    expect(exit.kind).toBe("failed");
    expect("error" in exit && Object.is(exit.error, value)).toBe(true);
  });

  it.each(THROWN)("after a while, %s", async (_, value) => {
    const gate = deferred();
    const child = launch(async () => {
      await gate.promise;
      throw value;
    });
    gate.resolve();
    const exit = await child.exited;
    expect(exit.kind).toBe("failed");
    expect("error" in exit && Object.is(exit.error, value)).toBe(true);
  });

  it("leads to an exit that a journal can hold, whatever was thrown", async () => {
    for (const [, value] of THROWN) {
      const exit = await launch(() => Promise.reject(value)).exited;
      expect(JSON.parse(JSON.stringify(exitRecord(exit)))).toMatchObject({ kind: "failed" });
    }
  });
});

const failed = (thrown: unknown) => ({ kind: "failed", error: thrown });
const completed = (value: unknown) => ({ kind: "completed", value });

const ENDINGS: readonly (readonly [string, Task<unknown>, object])[] = [
  ["returns a value", () => 42, completed(42)],
  ["returns nothing", () => {}, completed(undefined)],
  ["returns null", () => null, completed(null)],
  ["promises a value", async () => "done", completed("done")],
  ["returns an error without throwing it", () => error, completed(error)],
  ["promises a promise", async () => Promise.resolve(Promise.resolve(1)), completed(1)],
  [
    "returns a thenable that calls back at once",
    () => thenable((resolve) => resolve(1)),
    completed(1),
  ],
  [
    "returns a thenable that settles twice",
    () =>
      thenable((resolve, reject) => {
        resolve(1);
        reject(error);
        resolve(2);
      }),
    completed(1),
  ],
  [
    "returns a thenable that rejects and then resolves",
    () =>
      thenable((resolve, reject) => {
        reject(error);
        resolve(2);
      }),
    failed(error),
  ],
  [
    "returns a thenable that throws in then",
    () =>
      thenable(() => {
        throw error;
      }),
    failed(error),
  ],
  [
    "returns a thenable that resolves and then throws",
    () =>
      thenable((resolve) => {
        resolve(1);
        throw error;
      }),
    completed(1),
  ],
  [
    "returns an object whose then cannot be read",
    () =>
      Object.defineProperty({}, THEN, {
        get() {
          throw error;
        },
      }),
    failed(error),
  ],
  [
    "returns a thenable of a thenable that rejects",
    () => thenable((resolve) => resolve(thenable((_, reject) => reject(error)))),
    failed(error),
  ],
];

describe("a task that", () => {
  it.each(ENDINGS)("%s", async (_, task, exit) => {
    expect(await launch(task).exited).toStrictEqual(exit);
  });

  it("returns a Proxy that traps everything fails with what the trap threw", async () => {
    const exit = await launch(() => proxy).exited;
    expect(exit).toMatchObject({ kind: "failed", error: { message: "trapped" } });
  });

  it("returns an object gives that very object", async () => {
    const value = { nested: { deep: true } };
    const exit = await launch(async () => value).exited;
    expect(exit.kind === "completed" && exit.value).toBe(value);
  });
});
