import { describe, expect, it } from "vitest";
import type { Sight } from "../src/process-group.js";
import { type Mood, type Rest, sweep } from "../src/sweep.js";

interface Trial {
  /** What the looks show; the last one for good. */
  readonly sights: readonly Sight[];
  /** The mood at each time it is asked for; the last one for good. */
  readonly moods?: readonly Mood[];
  readonly owed?: readonly NodeJS.Signals[];
  readonly graceMs?: number;
}

/** What happened, in order: `look`, the signals, and the waits as numbers. */
async function trial({ sights, moods = ["firm"], owed = [], graceMs = 0 }: Trial) {
  const story: (string | number)[] = [];
  const debts = [...owed];
  const next = <One>(list: readonly One[], turn: number) =>
    list[Math.min(turn, list.length - 1)] as One;
  let looks = 0;
  let asked = 0;
  const rest: Rest = await sweep(
    {
      reach(signal) {
        story.push(String(signal));
        return true;
      },
      async look() {
        story.push("look");
        return next(sights, looks++);
      },
    },
    {
      mood: () => next(moods, asked++),
      owed: () => debts.splice(0),
      graceMs,
      async pause(ms) {
        story.push(ms);
      },
    },
  );
  return { rest, story, waits: story.filter((one) => typeof one === "number") };
}

const alive = (looks: number): Sight[] => [...Array<Sight>(looks).fill("alive"), "empty"];

describe("a group that is empty at the first look", () => {
  it.each(["firm", "patient", "forced"] as const)("is gone without a signal: %s", async (mood) => {
    const { rest, story } = await trial({ sights: ["empty"], moods: [mood], owed: ["SIGTERM"] });
    expect({ rest, story }).toStrictEqual({ rest: "gone", story: ["look"] });
  });
});

describe("firm: after a crash", () => {
  it("asks once, then only looks while the grace lasts", async () => {
    const owed = ["SIGTERM", "SIGCONT"] as const;
    const { rest, story } = await trial({ sights: alive(4), owed, graceMs: 500 });
    expect(rest).toBe("gone");
    expect(story.join(" ")).toBe("look SIGTERM SIGCONT 1 look 2 look 4 look 8 look");
  });

  it("kills at the end of the grace, not one look before, and says so", async () => {
    const { rest, story } = await trial({ sights: alive(6), owed: ["SIGTERM"], graceMs: 10 });
    expect(rest).toBe("killed");
    // 1 + 2 + 4 + 3 are the grace, to the millisecond.
    expect(story.join(" ")).toBe(
      "look SIGTERM 1 look 2 look 4 look 3 look SIGKILL 1 look SIGKILL 2 look",
    );
  });

  it("lets nobody be killed who is gone at the look at its end", async () => {
    const { rest, story } = await trial({ sights: alive(4), graceMs: 10 });
    expect({ rest, signals: story.filter((one) => one === "SIGKILL") }).toStrictEqual({
      rest: "gone",
      signals: [],
    });
  });

  it("kills at once without a grace, and asks nobody", async () => {
    const { rest, story } = await trial({ sights: alive(1), owed: ["SIGTERM"], graceMs: 0 });
    expect({ rest, story }).toStrictEqual({
      rest: "killed",
      story: ["look", "SIGKILL", 1, "look"],
    });
  });

  it("waits the whole of the longest grace", async () => {
    const { waits } = await trial({ sights: alive(2_000), graceMs: 60_000, moods: ["firm"] });
    const kill = waits.lastIndexOf(1); // the waits begin again with the first kill
    expect(waits.slice(0, kill).reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
  });
});

describe("patient: after a requested stop", () => {
  it("kills nobody, however long it takes", async () => {
    const { rest, story } = await trial({ sights: alive(5_000), moods: ["patient"], graceMs: 1 });
    expect(rest).toBe("gone");
    expect(new Set(story)).toStrictEqual(new Set(["look", 1, 2, 4, 8, 16, 32, 50]));
  });

  it("sends what is owed", async () => {
    const { story } = await trial({ sights: alive(2), moods: ["patient"], owed: ["SIGQUIT"] });
    expect(story.join(" ")).toBe("look SIGQUIT 1 look 2 look");
  });

  it("kills when it turns to force", async () => {
    const moods = ["patient", "patient", "forced"] as const;
    const { rest, story } = await trial({ sights: alive(4), moods });
    expect(rest).toBe("killed");
    expect(story.join(" ")).toBe("look 1 look 2 look SIGKILL 1 look SIGKILL 2 look");
  });

  it("may begin in the middle of a crash, whose grace ends nobody then", async () => {
    const { rest, story } = await trial({
      sights: alive(20),
      moods: ["firm", "patient"],
      owed: ["SIGTERM"],
      graceMs: 2,
    });
    expect({ rest, kills: story.includes("SIGKILL") }).toStrictEqual({
      rest: "gone",
      kills: false,
    });
  });
});

describe("forced", () => {
  it("kills again after every look, sooner at first", async () => {
    const { rest, story, waits } = await trial({ sights: alive(9), moods: ["forced"] });
    expect(rest).toBe("killed");
    expect(waits).toStrictEqual([1, 2, 4, 8, 16, 32, 50, 50, 50]);
    expect(story.filter((one) => one === "SIGKILL")).toHaveLength(9);
  });

  it("gives up after 5 s of waiting", async () => {
    const { rest, waits } = await trial({ sights: ["alive"], moods: ["forced"] });
    const waited = waits.reduce((sum, wait) => sum + wait, 0);
    expect(rest).toBe("left");
    expect(waited).toBe(5_013);
    expect(waited - (waits.at(-1) ?? 0)).toBeLessThan(5_000);
  });

  it("finds the group empty at the last look", async () => {
    const looks = (await trial({ sights: ["alive"], moods: ["forced"] })).waits.length;
    expect((await trial({ sights: alive(looks), moods: ["forced"] })).rest).toBe("killed");
    expect((await trial({ sights: alive(looks + 1), moods: ["forced"] })).rest).toBe("left");
  });

  it("gives nobody up who cannot be seen: nobody can tell", async () => {
    const { rest } = await trial({ sights: ["alive", "unseen"], moods: ["forced"] });
    expect(rest).toBe("unseen");
  });

  it("goes on looking where a look showed nothing", async () => {
    const sights = ["unseen", "unseen", "empty"] as const;
    const { rest, story } = await trial({ sights, moods: ["forced"] });
    expect(rest).toBe("killed");
    expect(story.join(" ")).toBe("look SIGKILL 1 look SIGKILL 2 look");
  });
});
