// The named stories, on virtual time: what they tell, and that they cover what an adapter should meet.

import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import {
  launcherTraces,
  type NamedTrace,
  observeTrace,
  virtualLauncher,
  virtualRuntime,
} from "../../src/index.js";

async function observed({ attempts }: NamedTrace): Promise<readonly string[]> {
  const system = manualSystem();
  const runtime = virtualRuntime(
    system,
    attempts.map(({ child }) => child),
  );
  return observeTrace(virtualLauncher(runtime), { attempts }, { system });
}

describe("the named stories", () => {
  it("tell this", async () => {
    const told: Record<string, string> = {};
    for (const trace of launcherTraces) told[trace.name] = (await observed(trace)).join(", ");
    expect(told).toMatchInlineSnapshot(`
      {
        "asked-twice": "1 launched, 1 said ready, 1 was asked, 1 was asked, 1 ended, 1 was asked",
        "cannot-start-and-stopped": "1 launched, 1 was asked, 1 was refused",
        "cannot-start-emitted": "1 launched, 1 was refused",
        "cannot-start-then-exit": "1 launched, 1 was refused",
        "cannot-start-thrown": "1 launched, 1 was refused",
        "dies-of-a-signal": "1 launched, 1 exited badly",
        "double-exit": "1 launched, 1 exited well",
        "error-after-the-exit": "1 launched, 1 exited well",
        "error-beside-the-exit": "1 launched, 1 said ready, 1 was asked, 1 ended",
        "everything-after-the-exit": "1 launched, 1 exited well, 1 was asked, 1 was killed, 1 was sent something",
        "exit-before-ready": "1 launched, 1 said "hello", 1 exited badly",
        "fails-while-stopping": "1 launched, 1 said ready, 1 was asked, 1 ended",
        "ignores-stop-and-is-killed": "1 launched, 1 said ready, 1 was asked, 1 was killed, 1 ended",
        "instant-exit": "1 launched, 1 exited well",
        "instant-failure": "1 launched, 1 exited badly",
        "killed": "1 launched, 1 said ready, 1 was killed, 1 ended",
        "killed-in-the-turn-of-the-launch": "1 launched, 1 was killed, 1 ended",
        "killed-twice": "1 launched, 1 said ready, 1 was killed, 1 was killed, 1 ended, 1 was killed",
        "last-words": "1 launched, 1 said ready, 1 said "hello", 1 said "last", 1 exited badly",
        "late-signals-of-an-old-generation": "1 launched, 1 exited well, 2 launched, 2 said ready, 2 was asked, 2 ended",
        "launched-again": "1 launched, 1 exited badly, 2 launched, 2 was refused, 3 launched, 3 said ready, 3 was asked, 3 ended",
        "never-exits-and-is-given-up": "1 launched, 1 said ready, 1 was asked, 1 was killed, 1 was given up",
        "ready-then-exit": "1 launched, 1 said ready, 1 exited well",
        "said-before-anybody-listens": "1 launched, 1 said ready, 1 said "hello", 1 was asked, 1 ended",
        "stopped-in-the-turn-of-the-launch": "1 launched, 1 was asked, 1 ended",
        "stopped-when-asked": "1 launched, 1 said ready, 1 was asked, 1 ended",
        "throws": "1 launched, 1 exited badly",
        "wavers": "1 launched, 1 said ready, 1 said not-ready, 1 said heartbeat, 1 said ready, 1 exited well",
      }
    `);
  });

  it("are plain JSON, each with a name of its own", () => {
    expect(JSON.parse(JSON.stringify(launcherTraces))).toStrictEqual(launcherTraces);
    expect(new Set(launcherTraces.map(({ name }) => name)).size).toBe(launcherTraces.length);
  });
});

describe("observeTrace", () => {
  const serves: NamedTrace = {
    name: "serves",
    attempts: [{ child: {}, listen: "at-once", acts: [] }],
  };

  it("says where it stands when nothing happens any more", async () => {
    await expect(observed(serves)).rejects.toThrow(
      "nothing happens any more in attempt 1: 1 launched",
    );
  });

  it("waits for a real child only so long", async () => {
    const launcher = {
      launch: () => ({
        exited: new Promise<never>(() => {}),
        onSignal() {},
        requestStop() {},
        kill() {},
      }),
    };
    await expect(observeTrace(launcher, serves, { timeoutMs: 1 })).rejects.toThrow(/1 launched/);
  });

  it("tells what no adapter should do: a launch that throws, an exit that rejects", async () => {
    const rejecting = {
      launch: () => ({
        exited: Promise.reject<never>(new Error("no")),
        onSignal() {},
        requestStop() {},
        kill() {},
      }),
    };
    expect(await observeTrace(rejecting, serves)).toStrictEqual([
      "1 launched",
      "1 exited rejected",
    ]);
    const throwing = {
      launch: () => {
        throw new Error("no");
      },
    };
    expect(await observeTrace(throwing, serves)).toStrictEqual(["1 launch threw"]);
  });

  it.each([{ timeoutMs: 0 }, { timeoutMs: 2 ** 31 }, { system: {} as never }])(
    "takes no bad option: %j",
    async (options) => {
      const launcher = virtualLauncher(virtualRuntime(manualSystem(), []));
      await expect(observeTrace(launcher, serves, options)).rejects.toThrow(/observeTrace/);
    },
  );
});
