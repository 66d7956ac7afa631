import { describe, expect, it } from "vitest";
import { carryOut } from "../src/carry-out.js";
import type { StopStep } from "../src/stop-plan.js";
import { type FakeTraits, fakeChild, NOBODY } from "./fake-child.js";

async function carriedOut(steps: readonly StopStep[], traits: FakeTraits = { pid: NOBODY }) {
  const fake = fakeChild(traits);
  const faults: unknown[] = [];
  carryOut(steps, fake.child, "heartbeat-stale", (error) => faults.push(error));
  await new Promise(setImmediate);
  return { signals: fake.signals, sent: fake.sent, faults };
}

describe("carryOut", () => {
  it("does nothing where there is nothing to do", async () => {
    expect(await carriedOut([])).toStrictEqual({ signals: [], sent: [], faults: [] });
  });

  it("signals the process", async () => {
    const steps = [{ via: "signal", signal: "SIGINT", to: "process" }] as const;
    expect((await carriedOut(steps)).signals).toStrictEqual(["SIGINT"]);
  });

  it("takes a group that is gone for the end of a race, not for a fault", async () => {
    const steps = [{ via: "signal", signal: "SIGKILL", to: "group" }] as const;
    expect(await carriedOut(steps)).toStrictEqual({ signals: [], sent: [], faults: [] });
  });

  it("sends the reason where there is a channel", async () => {
    const { sent, faults } = await carriedOut([{ via: "message" }], { pid: NOBODY, channel: true });
    expect(sent).toStrictEqual([{ steadfast: "stop", reason: "heartbeat-stale" }]);
    expect(faults).toStrictEqual([]);
  });

  it("reports a message that was not heard", async () => {
    const sendError = new Error("channel closed");
    const traits = { pid: NOBODY, channel: true, sendError };
    expect((await carriedOut([{ via: "message" }], traits)).faults).toStrictEqual([sendError]);
  });

  it("does all steps in order, and goes on after one that failed", async () => {
    const { child, signals } = fakeChild({ pid: NOBODY });
    const faults: unknown[] = [];
    const steps = [
      { via: "message" },
      { via: "signal", signal: "SIGTERM", to: "process" },
      { via: "signal", signal: "SIGKILL", to: "process" },
    ] as const;
    child.send = () => {
      throw new Error("no channel");
    };
    carryOut(steps, child, "stop", (error) => faults.push(error));
    expect(signals).toStrictEqual(["SIGTERM", "SIGKILL"]);
    expect(faults).toStrictEqual([new Error("no channel")]);
  });

  it("does nothing to a child that never was", async () => {
    const steps: StopStep[] = [
      { via: "message" },
      { via: "taskkill" },
      { via: "signal", signal: "SIGKILL", to: "group" },
      { via: "signal", signal: "SIGKILL", to: "process" },
    ];
    expect(await carriedOut(steps, {})).toStrictEqual({ signals: [], sent: [], faults: [] });
  });
});
