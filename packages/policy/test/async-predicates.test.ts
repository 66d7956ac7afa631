// A promise is no verdict: each would be true. It is refused by name when it comes, and what it rejects with ends no host.

import { describe, expect, it } from "vitest";
import { cell, giveUpOn, type RestartPolicy, restartOn, stopWhen, when } from "../src/index.js";
import { crash } from "./traces.js";

const never = restartOn("temporary");
type Rejects = () => boolean;

describe("a predicate that is async", () => {
  it.each<[string, (predicate: Rejects) => RestartPolicy<never>]>([
    ["giveUpOn", giveUpOn as never],
    ["stopWhen", stopWhen as never],
    ["when", (predicate) => when(predicate, never) as never],
  ])("is refused by %s at the first exit, and the state is as it was", async (owner, make) => {
    for (const thenable of [Promise.reject(new Error("boom")), lateThenable()]) {
      const policy = make((() => thenable) as unknown as Rejects);
      const child = cell(policy, { clock: () => 0, random: () => 0 });
      const before = child.state;
      expect(() => child.send(crash)).toThrow(
        `${owner}: predicate must be a function that is not async, got `,
      );
      expect(child.state).toStrictEqual(before);
    }
    await new Promise(setImmediate); // an unhandled rejection would be red
  });

  it("is refused by cell, where it is isFailure", async () => {
    const isFailure = (() => Promise.reject(new Error("boom"))) as unknown as Rejects;
    const child = cell(never, { clock: () => 0, random: () => 0, isFailure });
    expect(() => child.failed(crash.exit, { uptimeMs: 0 })).toThrow(
      "cell.failed: isFailure must be a function that is not async, got [object Promise]",
    );
    await new Promise(setImmediate);
  });

  it("is none where it answers another object, which counts as true", () => {
    const [state] = giveUpOn((() => ({ code: 1 })) as never).step({ permanent: null }, crash, 0);
    expect(state).toStrictEqual({ permanent: true });
  });
});

/** As other libraries make them: no Promise, and it rejects to its listeners. */
function lateThenable() {
  // biome-ignore lint/suspicious/noThenProperty: it is one on purpose.
  return { then: (_: unknown, rejected: (error: Error) => void) => rejected(new Error("boom")) };
}
