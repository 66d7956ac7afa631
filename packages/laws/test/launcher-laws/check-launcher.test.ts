// What a check says: the report, the printed failure, what was not tried, and which options it takes.

import type { Launcher } from "@steadfast/supervisor";
import { describe, expect, it } from "vitest";
import {
  checkLauncher,
  isLawsBrokenError,
  launcherLaws,
  launcherReport,
  type MakeVirtualLauncher,
  virtualLauncher,
} from "../../src/index.js";

/** Asks where it should kill. */
const gentle: MakeVirtualLauncher = (runtime): Launcher => {
  const launcher = virtualLauncher(runtime);
  return {
    launch(info) {
      const child = launcher.launch(info);
      return { ...child, kill: () => child.requestStop("stop") };
    },
  };
};

/** What a check rejects with. */
async function messageOf(check: Promise<unknown>): Promise<string> {
  const error: unknown = await check.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (isLawsBrokenError(error)) return error.message;
  throw error ?? new Error("nothing is broken");
}

describe("checkLauncher", () => {
  it("reports every law, and says why one was not tried", async () => {
    const can = { says: [], refuses: [], hears: false, forces: false } as const;
    const skip = { "kill-ends-it": "this one cannot be given up" };
    const report = await checkLauncher(virtualLauncher, { runs: 100, can, skip, name: "mute" });
    expect(report.subject).toBe("mute");
    expect(report.results.map(({ law }) => law)).toStrictEqual(
      launcherLaws(virtualLauncher).map(({ name }) => name),
    );
    expect(report.notRun).toStrictEqual({
      "kill-ends-it": "this one cannot be given up",
      "misuse-is-thrown": "its start is never refused",
      "refusal-is-an-exit": "its start is never refused",
      "signals-in-order": "its children say nothing",
      "messages-reach-the-child": "its children hear no messages",
      "send-after-exit-is-nothing": "its children hear no messages",
      "supervised-one-alive":
        "its children cannot be forced: one that was killed may go on beside the next",
    });
    expect(report.passed).toHaveLength(report.results.length - 7);
  });

  it("prints the shrunk story as a table, and a test to keep", async () => {
    const message = await messageOf(
      checkLauncher(gentle, { only: ["kill-ends-it"], seed: 20_261_121 }),
    );
    const text = message.slice(message.indexOf("\n\n")).replace(/\nAgain.*\n/, "");
    expect(text).toMatchInlineSnapshot(`
      "

      kill-ends-it: \`kill\` leads to the exit wherever the child can be ended by force, also in the turn of the launch and after a request that was ignored.
      attempt 1: it was killed, and there is no exit

        attempt  the child                      heard    done to it
        1        runs; ignores stop; dies in 0  at-once  kill at 30

      await checkLauncher(launcher, { regressions: [{ law: "kill-ends-it", input: {
        "attempts": [
          {"child":{"start":"runs","says":[],"runMs":null,"end":{"code":0},"stopMs":null,"stopEnd":{"code":0},"killMs":0,"odd":[]},"listen":"at-once","acts":[{"when":{"afterMs":30},"act":"kill"}]},
        ],
      } }] });"
    `);
  });

  it("is there as data, too: launcherReport rejects with nothing", async () => {
    const only = ["kill-ends-it", "exited-settles-once"];
    const report = await launcherReport(gentle, { only, runs: 100 });
    expect(report.subject).toBe("gentle");
    expect(report.results.filter(({ verdict }) => verdict === "failed")).toHaveLength(1);
    expect(report.passed).toStrictEqual(["exited-settles-once"]);
  });

  it("fails a law that was hardly ever put to the test", async () => {
    const still: MakeVirtualLauncher = () => ({
      launch: () => ({
        exited: new Promise(() => {}),
        onSignal() {},
        requestStop() {},
        kill() {},
      }),
    });
    const message = await messageOf(
      checkLauncher(still, { only: ["no-signal-after-exit"], runs: 50 }),
    );
    expect(message).toContain('vacuous: met "something was said after the exit" in 0 of 50 runs');
  });

  it.each([
    [{ runs: 0 }, /runs/],
    [{ only: ["no-such-law"] }, /only/],
    [{ can: { ends: [] } }, /can\.ends must be some of code, signal, error, value/],
    [{ can: { says: ["hello"] } }, /can\.says must be none or some of/],
    [{ can: { refuses: "thrown" } }, /can\.refuses/],
    [{ can: { hears: "yes" } }, /can\.hears must be true or false/],
    [{ can: { forces: 0 } }, /can\.forces must be true or false/],
    [{ can: { flies: true } }, /flies/],
  ])("takes no bad option: %j", async (options, message) => {
    await expect(checkLauncher(virtualLauncher, options as never)).rejects.toThrow(message);
    await expect(launcherReport(virtualLauncher, options as never)).rejects.toThrow(message);
    expect(() => launcherLaws(virtualLauncher, options as never)).toThrow(message);
  });

  it("takes nothing but a function", async () => {
    await expect(checkLauncher({} as never)).rejects.toThrow(/a function of a virtual runtime/);
  });
});
