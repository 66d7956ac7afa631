import { describe, expect, expectTypeOf, it } from "vitest";
import { revoked, trap } from "../../../config/testing/strange-values.ts";
import {
  type AskSignal,
  isRemotePolicy,
  launch,
  type RemotePolicy,
  type RestartDecision,
  type RestartEvent,
  restartOn,
} from "../src/index.js";

const describe_ = { kind: "store", options: {}, timesMs: [] };
const remote: RemotePolicy = {
  name: "store",
  describe: describe_,
  ask: async (events) => launch(events.length),
};

describe("isRemotePolicy", () => {
  it("knows an object with ask and a name", async () => {
    expect(isRemotePolicy(remote)).toBe(true);
    const request = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
    const { signal } = new AbortController();
    expect(await remote.ask([{ type: "reset" }, request], signal)).toEqual(launch(2));
  });

  it("knows one of a class", () => {
    class Store {
      readonly name = "store";
      readonly describe = describe_;
      async ask() {
        return launch();
      }
    }
    expect(isRemotePolicy(new Store())).toBe(true);
  });

  it.each<[string, unknown]>([
    ["a policy", restartOn("transient")],
    ["a policy that can also be asked", { ...restartOn("transient"), ask: remote.ask }],
    ["one without a name", { describe: describe_, ask: remote.ask }],
    ["one whose ask is no function", { ...remote, ask: true }],
    ["undefined", undefined],
    ["null", null],
    ["a text", "ask"],
    ["a function", () => remote],
    ["a Proxy that traps everything", trap()],
    ["a revoked Proxy", revoked()],
  ])("does not take %s for one, and does not throw", (_, value) => {
    expect(isRemotePolicy(value)).toBe(false);
  });
});

it("has types: the signal is that of the surroundings", () => {
  expectTypeOf<AskSignal>().toEqualTypeOf<AbortSignal>();
  expectTypeOf<RemotePolicy["ask"]>().toEqualTypeOf<
    (events: readonly RestartEvent[], signal: AbortSignal) => Promise<RestartDecision>
  >();
  const value: unknown = remote;
  if (isRemotePolicy(value)) expectTypeOf(value).toEqualTypeOf<RemotePolicy>();
});
