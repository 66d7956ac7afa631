import { describe, expect, it } from "vitest";
import { type KillScope, type StopPlan, type StopSituation, stopPlan } from "../src/stop-plan.js";

const scopes: readonly KillScope[] = ["group", "mixed", "process"];
const flags = [true, false] as const;

const signal = (name: NodeJS.Signals, to: "group" | "process") =>
  ({ via: "signal", signal: name, to }) as const;
const asked = (to: "group" | "process") => [signal("SIGINT", to), signal("SIGCONT", to)];

function posix(killScope: KillScope, leadsGroup: boolean): StopPlan {
  if (!leadsGroup || killScope === "process") {
    return {
      stop: asked("process"),
      kill: [signal("SIGKILL", "process")],
      sweep: false,
      reach: "process",
    };
  }
  return {
    stop: asked(killScope === "mixed" ? "process" : "group"),
    kill: [signal("SIGKILL", "group")],
    sweep: true,
    reach: "group",
  };
}

function windows(killScope: KillScope, channel: boolean): StopPlan {
  const stop = channel ? [{ via: "message" } as const] : [];
  return killScope === "process"
    ? { stop, kill: [signal("SIGKILL", "process")], sweep: false, reach: "process" }
    : { stop, kill: [{ via: "taskkill" }], sweep: false, reach: "tree" };
}

const situations: StopSituation[] = scopes.flatMap((killScope) =>
  flags.flatMap((leadsGroup) =>
    flags.flatMap((channel) =>
      (["linux", "darwin", "win32"] as const).map((platform) => ({
        platform,
        killScope,
        stopSignal: "SIGINT" as const,
        leadsGroup,
        channel,
      })),
    ),
  ),
);

describe("stopPlan", () => {
  it.each(situations)(
    "$platform, $killScope, leads a group: $leadsGroup, channel: $channel",
    (situation) => {
      const { platform, killScope, leadsGroup, channel } = situation;
      expect(stopPlan(situation)).toStrictEqual(
        platform === "win32" ? windows(killScope, channel) : posix(killScope, leadsGroup),
      );
    },
  );

  it("never signals or sweeps a group that the child does not lead", () => {
    for (const situation of situations.filter(({ leadsGroup }) => !leadsGroup)) {
      const { stop, kill, sweep } = stopPlan(situation);
      expect([...stop, ...kill]).not.toContainEqual(expect.objectContaining({ to: "group" }));
      expect(sweep).toBe(false);
    }
  });

  it("plans no signal but the end itself on Windows", () => {
    for (const situation of situations.filter(({ platform }) => platform === "win32")) {
      expect(stopPlan(situation).stop.map(({ via }) => via)).not.toContain("signal");
    }
  });

  it("is plain data", () => {
    for (const situation of situations) {
      const plan = stopPlan(situation);
      expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
    }
  });
});

describe("the steps of a sequence", () => {
  const stop = [
    { via: "message", message: "bye", waitMs: 10 },
    { via: "stdin" },
    { via: "signal", signal: "SIGTERM", waitMs: 5 },
    { via: "kill" },
  ] as const;
  const situation = { killScope: "mixed", stopSignal: "SIGINT", leadsGroup: true, stop } as const;
  const at = (afterMs: number) => ({ afterMs });

  it("are those that the platform and the child can be given, at their times", () => {
    const linux = stopPlan({ ...situation, platform: "linux", channel: true });
    expect(linux.stop).toStrictEqual([
      { via: "message", message: "bye" },
      signal("SIGCONT", "process"),
      { via: "stdin", ...at(10) },
      { ...signal("SIGCONT", "process"), ...at(10) },
      { ...signal("SIGTERM", "process"), ...at(10) },
      { ...signal("SIGCONT", "process"), ...at(10) },
      { via: "kill", ...at(15) },
    ]);
    const windows = stopPlan({ ...situation, platform: "win32", channel: false });
    expect(windows.stop).toStrictEqual([
      { via: "stdin", ...at(10) },
      { via: "kill", ...at(15) },
    ]);
    expect(windows.kill).toStrictEqual([{ via: "taskkill" }]);
  });
});

describe("what is no situation is refused by name", () => {
  const situation: StopSituation = {
    platform: "linux",
    killScope: "group",
    stopSignal: "SIGTERM",
    leadsGroup: true,
    channel: false,
  };

  it.each<[option: string, more: object]>([
    ["platform", { platform: undefined }],
    ["platform", { platform: 5 }],
    ["killScope", { killScope: "all" }],
    ["stopSignal", { stopSignal: "SIGSTOP" }],
    ["stopSignal", { stopSignal: "SIGCHLD" }],
    ["stopSignal", { stopSignal: undefined }],
    ["stop", { stop: [] }],
    ["stop", { stop: "SIGTERM" }],
    ["leadsGroup", { leadsGroup: 1 }],
    ["channel", { channel: "ipc" }],
    ["chanel", { chanel: true }],
  ])("%s of %j", (option, more) => {
    expect(() => stopPlan({ ...situation, ...more } as StopSituation)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
    );
  });

  it.each([[[]], [[null]], [["linux"]], [[situation, "linux"]]])("arguments %j", (all) => {
    const call = stopPlan as (...given: unknown[]) => unknown;
    expect(() => call(...all)).toThrow(expect.objectContaining({ code: "ERR_POLICY_OPTIONS" }));
  });

  it("no steps of its own are null, or left out", () => {
    expect(stopPlan({ ...situation, stop: null })).toStrictEqual(stopPlan(situation));
  });
});
