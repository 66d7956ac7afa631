import { describe, expect, it } from "vitest";
import type { ProcessGroup } from "../src/process-group.js";
import { sweep } from "../src/sweep.js";

/** A group whose members live for so many looks after the first, and waits that only count. */
async function trial(group: Partial<ProcessGroup>) {
  const waits: number[] = [];
  const kills: unknown[] = [];
  const end = sweep(
    {
      alive: group.alive ?? (() => true),
      reach(name) {
        kills.push(name);
        return group.reach ? group.reach(name) : true;
      },
    },
    (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  );
  const killsAtOnce = kills.length;
  return { isEmpty: await end, waits, kills, killsAtOnce };
}

function livesFor(looks: number): Partial<ProcessGroup> {
  let left = looks;
  return { alive: () => left-- > 0 };
}

describe("sweep", () => {
  it("is over with one call, in the same turn, when there is nobody", async () => {
    expect(await trial({ reach: () => false })).toStrictEqual({
      isEmpty: true,
      waits: [],
      kills: ["SIGKILL"],
      killsAtOnce: 1,
    });
  });

  it("does not ask who lives when nobody was there to be signalled", async () => {
    const alive = () => {
      throw new Error("must not be asked");
    };
    expect(await trial({ reach: () => false, alive })).toMatchObject({ isEmpty: true });
  });

  it("is over without a wait when only zombies are left", async () => {
    expect(await trial({ alive: () => false })).toMatchObject({ waits: [], isEmpty: true });
  });

  it("looks again, sooner at first", async () => {
    expect(await trial(livesFor(9))).toMatchObject({
      waits: [1, 2, 4, 8, 16, 32, 50, 50, 50],
      isEmpty: true,
    });
  });

  it("kills again before every look", async () => {
    const { kills, killsAtOnce } = await trial(livesFor(3));
    expect(kills).toStrictEqual(Array.from({ length: 4 }, () => "SIGKILL"));
    expect(killsAtOnce).toBe(1);
  });

  it("gives up after 5 s of waiting", async () => {
    const { waits, isEmpty } = await trial({ alive: () => true });
    const waited = waits.reduce((sum, wait) => sum + wait, 0);
    expect(isEmpty).toBe(false);
    expect(waited).toBe(5_013);
    expect(waited - (waits.at(-1) ?? 0)).toBeLessThan(5_000);
  });

  it("finds the group empty at the last look", async () => {
    const looks = (await trial({ alive: () => true })).waits.length;
    expect((await trial(livesFor(looks))).isEmpty).toBe(true);
    expect((await trial(livesFor(looks + 1))).isEmpty).toBe(false);
  });
});
