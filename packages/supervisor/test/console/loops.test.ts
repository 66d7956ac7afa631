// When a restart loop begins, how often it is spoken of, and what is said in it all the same.

import { describe, expect, it } from "vitest";
import { said } from "./told.js";

const exit = (at: number, more: object = {}) => ({
  type: "exited",
  at,
  exit: { kind: "failed", code: 1 },
  failed: true,
  uptimeMs: 0,
  ordered: false,
  ...more,
});

const exits = (...instants: number[]) => instants.map((at) => exit(at));
const isLoop = (line: string) => line.startsWith("restart loop");

describe("a loop", () => {
  it.each<[name: string, instants: number[], loops: number]>([
    ["four exits at one instant", [0, 0, 0, 0], 0],
    ["five", [0, 0, 0, 0, 0], 1],
    ["five in exactly a minute", [0, 1, 2, 3, 60_000], 1],
    ["five in a millisecond more", [0, 1, 2, 3, 60_001], 0],
    ["the last five of six count", [0, 60_001, 60_001, 60_001, 60_001, 60_001], 1],
  ])("%s", (_, instants, loops) => {
    expect(said(exits(...instants)).filter(isLoop)).toHaveLength(loops);
  });

  it("is not made of exits that somebody ordered, and ends with health", () => {
    const ordered = [1, 2, 3, 4, 5].map((at) => exit(at, { ordered: true }));
    expect(said(ordered).filter(isLoop)).toEqual([]);
    const healthy = [...exits(0, 0, 0, 0), { type: "healthy", at: 1 }, ...exits(2)];
    expect(said(healthy).filter(isLoop)).toHaveLength(1);
    const known = [...exits(0, 0, 0, 0, 0), { type: "healthy", at: 1 }, ...exits(2)];
    expect(said(known).at(-1)).toBe("failed after 0 ms: exit code 1");
  });

  it("is made of exits that are no failures, too", () => {
    const clean = [1, 2, 3, 4, 5].map((at) =>
      exit(at, { failed: false, exit: { kind: "completed" } }),
    );
    expect(said(clean).at(-1)).toBe(
      "restart loop: 5 exits in 4 ms, the last: completed; now one line per 10 s",
    );
  });

  it("is summed up at exactly `everyMs`, not before", () => {
    const begun = exits(0, 0, 0, 0, 0);
    expect(said([...begun, ...exits(999)], { everyMs: 1_000 })).toHaveLength(5);
    const lines = said([...begun, ...exits(999, 1_000, 1_001, 2_000)], { everyMs: 1_000 });
    expect(lines.slice(5)).toEqual([
      "restart loop: 2 more exits in 1 s, the last: exit code 1",
      "restart loop: 2 more exits in 1 s, the last: exit code 1",
    ]);
  });

  it("has a line for each exit where `everyMs` is 0", () => {
    const lines = said(exits(0, 0, 0, 0, 0, 0, 0), { everyMs: 0 });
    expect(lines).toEqual(lines.map(() => "failed after 0 ms: exit code 1"));
    expect(lines).toHaveLength(7);
  });

  it("that has slowed down is none any more, and what was counted is said", () => {
    const lines = said(exits(0, 0, 0, 0, 0, 5, 70_000));
    expect(lines.slice(5)).toEqual([
      "restart loop: 1 more exit in 1 min 10 s, the last: exit code 1",
      "failed after 0 ms: exit code 1",
    ]);
  });

  it("says at once what will be silent for `everyMs` or more", () => {
    const begun = exits(0, 0, 0, 0, 0, 1);
    const after = (event: { type: string } & Record<string, unknown>) =>
      said([...begun, event]).slice(5);
    const more = "restart loop: 1 more exit in 1 ms, the last: exit code 1";
    const delayed = (delayMs: number) => ({ type: "delayed", at: 1, delayMs, until: 0 });
    expect(after(delayed(9_999))).toEqual([]);
    expect(after(delayed(10_000))).toEqual([more, "restart in 10 s"]);
    const refused = (retryAfterMs: number | null) => ({
      type: "refused",
      at: 1,
      reason: "r",
      retryAfterMs,
    });
    expect(after(refused(9_999))).toEqual([]);
    expect(after(refused(10_000))).toEqual([more, "not restarted yet: r, possible in 10 s"]);
    expect(after(refused(null))).toEqual([more, "not restarted any more: r"]);
  });

  it.each<[{ type: string } & Record<string, unknown>, string]>([
    [{ type: "intent", intent: "paused" }, "paused"],
    [{ type: "reset" }, "its past is forgiven"],
    [{ type: "launched", cause: "operator", pid: 1 }, "started by an operator, attempt 1 (pid 1)"],
    [{ type: "stopping", reason: "stop" }, "asked to stop"],
    [
      { type: "callback-failed", callback: "send", error: { name: "Error", message: "m" } },
      "send threw: m",
    ],
    [
      { type: "ended", outcome: "failed" },
      "supervision failed after 1 attempt: see `error` of its outcome",
    ],
  ])("does not swallow %j", (event, words) => {
    expect(said([...exits(0, 0, 0, 0, 0), event]).slice(5)).toEqual([words]);
  });

  it("counts what was killed and what was abandoned", () => {
    const events = [{ type: "killing" }, { type: "abandoned" }, { type: "killing" }];
    const lines = said([...exits(0, 0, 0, 0, 0), ...events, ...exits(10_000)]);
    expect(lines.at(-1)).toBe(
      "restart loop: 1 more exit (2 killed, 1 abandoned) in 10 s, the last: exit code 1",
    );
  });

  it("of one child is no loop of another", () => {
    const events = ["a", "b", "c"].flatMap((id) => [exit(0, { id }), exit(0, { id })]);
    expect(said(events).filter((line) => line.includes("loop"))).toEqual([]);
  });

  it("is forgotten when the supervision is over", () => {
    const events = [...exits(0, 0, 0, 0), { type: "ended", outcome: "stopped" }, ...exits(0)];
    expect(said(events).filter(isLoop)).toEqual([]);
  });
});
