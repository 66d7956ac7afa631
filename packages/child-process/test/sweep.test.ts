import { describe, expect, it } from "vitest";
import type { ProcessGroup } from "../src/process-group.js";
import { type SweepEnd, sweep } from "../src/sweep.js";

/** A group whose members live for so many looks after the first, and timers that only count. */
function trial(group: Partial<ProcessGroup>) {
  const waits: number[] = [];
  const ends: SweepEnd[] = [];
  const kills: unknown[] = [];
  let next: (() => void) | undefined;
  sweep(
    {
      alive: group.alive ?? (() => true),
      signal(name) {
        kills.push(name);
        return group.signal ? group.signal(name) : true;
      },
    },
    (waitMs, look) => {
      waits.push(waitMs);
      next = look;
    },
    (end) => ends.push(end),
  );
  const endedAtOnce = ends.length === 1;
  while (next) {
    const look = next;
    next = undefined;
    look();
  }
  return { waits, ends, kills, endedAtOnce };
}

function livesFor(looks: number): Partial<ProcessGroup> {
  let left = looks;
  return { alive: () => left-- > 0 };
}

const refusing = () => {
  throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
};

describe("sweep", () => {
  it("ends in the same turn, with one call, when there is nobody", () => {
    const { waits, ends, kills, endedAtOnce } = trial({ signal: () => false });
    expect({ waits, ends, kills, endedAtOnce }).toStrictEqual({
      waits: [],
      ends: ["empty"],
      kills: ["SIGKILL"],
      endedAtOnce: true,
    });
  });

  it("does not ask who lives when nobody was there to be signalled", () => {
    const alive = () => {
      throw new Error("must not be asked");
    };
    expect(trial({ signal: () => false, alive }).ends).toStrictEqual(["empty"]);
  });

  it("ends in the same turn when only zombies are left", () => {
    expect(trial({ alive: () => false })).toMatchObject({ waits: [], ends: ["empty"] });
  });

  it("looks again, sooner at first", () => {
    expect(trial(livesFor(9))).toMatchObject({
      waits: [1, 2, 4, 8, 16, 32, 50, 50, 50],
      ends: ["empty"],
      endedAtOnce: false,
    });
  });

  it("kills again before every look", () => {
    expect(trial(livesFor(3)).kills).toStrictEqual(Array.from({ length: 4 }, () => "SIGKILL"));
  });

  it("goes on looking at members that it may not signal", () => {
    expect(trial({ signal: refusing, ...livesFor(1) })).toMatchObject({
      waits: [1],
      ends: ["empty"],
    });
  });

  it("gives up, once, after 5 s of waiting", () => {
    const { waits, ends } = trial({ alive: () => true });
    const waited = waits.reduce((sum, wait) => sum + wait, 0);
    expect(ends).toStrictEqual(["left"]);
    expect(waited).toBe(5_013);
    expect(waited - (waits.at(-1) ?? 0)).toBeLessThan(5_000);
  });

  it("finds the group empty at the last look", () => {
    const looks = trial({ alive: () => true }).waits.length;
    expect(trial(livesFor(looks)).ends).toStrictEqual(["empty"]);
    expect(trial(livesFor(looks + 1)).ends).toStrictEqual(["left"]);
  });
});
