// The dispatch of a pool, rule by rule, as told.

import { describe, expect, it } from "vitest";
import { Dispatch } from "../../src/pool/dispatch.js";
import type { DispatchRules, Job } from "../../src/pool/dispatch-types.js";

const RULES: DispatchRules = {
  slots: 2,
  perThread: 1,
  maxQueue: 2,
  uses: null,
  heapBytes: null,
  abortGraceMs: 100,
};

/** A dispatcher whose steps answer in short words. */
function told(rules: Partial<DispatchRules> = {}) {
  const dispatch = new Dispatch<Job>({ ...RULES, ...rules });
  const jobs = new Map<number, Job>();
  let now = 0;
  const step = (event: Parameters<typeof dispatch.step>[0]) =>
    dispatch.step(event, now).map((effect) => {
      const who = "job" in effect ? ` ${effect.job.id}` : "";
      const where = "slot" in effect ? ` @${effect.slot}` : "";
      const why = "why" in effect ? ` ${effect.why}` : "";
      return `${effect.type}${who}${where}${why}`;
    });
  return {
    dispatch,
    at: (instant: number) => {
      now = instant;
    },
    run(priority = 0, resends = 0) {
      const id = jobs.size + 1;
      const at = { slot: -1, generation: -1, until: null, before: null, after: null };
      const job: Job = { id, order: id, priority, resends, state: "new", ...at };
      jobs.set(id, job);
      return step({ type: "run", job });
    },
    withdraw: (id: number) => step({ type: "withdraw", job: jobs.get(id) as Job }),
    unsent: (id: number) => step({ type: "unsent", job: jobs.get(id) as Job }),
    up: (slot: number, generation = 0) => step({ type: "up", slot, generation }),
    down: (slot: number) => step({ type: "down", slot }),
    exited: (slot: number, generation = 0) => step({ type: "exited", slot, generation }),
    over: (slot: number) => step({ type: "over", slot }),
    answered: (slot: number, id: number, generation = 0) =>
      step({ type: "answered", slot, generation, id }),
    measured: (slot: number, bytes: number, generation = 0) =>
      step({ type: "measured", slot, generation, bytes }),
    tick: () => step({ type: "tick" }),
    close: () => step({ type: "close" }),
    drop: () => step({ type: "drop" }),
  };
}

describe("a request", () => {
  it("waits until a thread is up, and is refused where enough wait", () => {
    const pool = told();
    expect([pool.run(), pool.run(), pool.run()]).toStrictEqual([[], [], ["refuse 3 full"]]);
    expect(pool.up(0)).toStrictEqual(["give 1 @0"]);
    expect(pool.run()).toStrictEqual([]); // there is one place again
    expect(pool.up(1)).toStrictEqual(["give 2 @1"]);
    expect(pool.answered(1, 2)).toStrictEqual(["settle 2", "give 4 @1"]);
  });

  it("with maxQueue 0 is taken only where a thread has room", () => {
    const pool = told({ maxQueue: 0 });
    expect(pool.run()).toStrictEqual(["refuse 1 full"]);
    pool.up(1);
    expect(pool.run()).toStrictEqual(["give 2 @1"]);
    expect(pool.run()).toStrictEqual(["refuse 3 full"]);
  });

  it("goes to the thread with the fewest, of several to the first", () => {
    const pool = told({ perThread: 2 });
    pool.up(1);
    pool.up(0);
    expect([pool.run(), pool.run(), pool.run()].flat()).toStrictEqual([
      "give 1 @0",
      "give 2 @1",
      "give 3 @0",
    ]);
    pool.answered(0, 1);
    pool.answered(0, 3);
    expect(pool.run()).toStrictEqual(["give 4 @0"]);
  });

  it("of a higher priority overtakes, and nobody overtakes within one", () => {
    const pool = told({ slots: 1, maxQueue: Infinity });
    for (const priority of [0, -1, 5, 0, 5]) pool.run(priority);
    pool.up(0);
    const order = [1, 2, 3, 4, 5].map(() => pool.dispatch.inFlight);
    expect(order).toStrictEqual([1, 1, 1, 1, 1]);
    expect([3, 5, 1, 4].map((id) => pool.answered(0, id)[1])).toStrictEqual([
      "give 5 @0",
      "give 1 @0",
      "give 4 @0",
      "give 2 @0",
    ]);
  });

  it("is given to no thread that is stopping, and what that has is still answered", () => {
    const pool = told({ slots: 1, perThread: 2 });
    pool.up(0);
    pool.run();
    expect(pool.down(0)).toStrictEqual([]);
    expect(pool.run()).toStrictEqual([]);
    expect(pool.answered(0, 1)).toStrictEqual(["settle 1"]);
    expect(pool.up(0)).toStrictEqual(["give 2 @0"]);
  });

  it("that could not be sent leaves its place to the next", () => {
    const pool = told({ slots: 1 });
    pool.up(0);
    pool.run();
    pool.run();
    expect(pool.unsent(1)).toStrictEqual(["give 2 @0"]);
    expect(pool.unsent(1)).toStrictEqual([]);
  });
});

describe("a withdrawn request", () => {
  it("leaves the line at once, and once", () => {
    const pool = told();
    pool.run();
    pool.run();
    expect(pool.withdraw(1)).toStrictEqual(["withdrawn 1"]);
    expect(pool.withdraw(1)).toStrictEqual([]);
    expect(pool.up(0)).toStrictEqual(["give 2 @0"]);
  });

  it("in flight takes up its place until its thread is done with it", () => {
    const pool = told({ slots: 1 });
    pool.up(0);
    pool.run();
    pool.run();
    expect(pool.withdraw(1)).toStrictEqual(["withdrawn 1", "unask 1"]);
    expect(pool.dispatch.inFlight).toBe(0);
    expect(pool.answered(0, 1)).toStrictEqual(["give 2 @0"]);
    expect(pool.dispatch.deadline()).toBeNull();
  });

  it("of which its thread does not let go costs it the thread, at the very instant", () => {
    const pool = told({ slots: 1 });
    pool.up(0);
    pool.run();
    pool.at(50);
    pool.withdraw(1);
    expect(pool.dispatch.deadline()).toBe(150);
    pool.at(149);
    expect(pool.tick()).toStrictEqual([]);
    pool.at(150);
    expect(pool.tick()).toStrictEqual(["replace @0 withdrawn"]);
    expect([pool.tick(), pool.dispatch.deadline()]).toStrictEqual([[], null]);
    expect(pool.run()).toStrictEqual([]);
    expect(pool.exited(0)).toStrictEqual([]);
    expect(pool.up(0, 1)).toStrictEqual(["give 2 @0"]);
  });

  it("costs the thread at once with a grace of 0, and never with Infinity", () => {
    const now = told({ slots: 1, abortGraceMs: 0 });
    now.up(0);
    now.run();
    expect(now.withdraw(1)).toStrictEqual(["withdrawn 1", "unask 1", "replace @0 withdrawn"]);
    const never = told({ slots: 1, abortGraceMs: Infinity });
    never.up(0);
    never.run();
    never.withdraw(1);
    expect(never.dispatch.deadline()).toBeNull();
  });

  it("that is answered first leaves the deadline of the next", () => {
    const pool = told({ slots: 1, perThread: 2 });
    pool.up(0);
    pool.run();
    pool.run();
    pool.withdraw(1);
    pool.at(30);
    pool.withdraw(2);
    pool.answered(0, 1);
    expect(pool.dispatch.deadline()).toBe(130);
  });
});

describe("a thread that ends", () => {
  it("loses what it had, and what may be sent again stands where it stood", () => {
    const pool = told({ slots: 1, perThread: 3, maxQueue: 1 });
    pool.up(0);
    pool.run();
    pool.run(0, 1);
    pool.run(0, 1);
    pool.run();
    expect(pool.exited(0)).toStrictEqual(["lost 1 @0", "resent 2", "resent 3"]);
    expect(pool.dispatch.queued).toBe(3); // more than maxQueue: nothing that was taken is refused
    expect(pool.run()).toStrictEqual(["refuse 5 full"]);
    expect(pool.up(0, 1)).toStrictEqual(["give 2 @0", "give 3 @0", "give 4 @0"]);
    expect(pool.answered(0, 2, 0)).toStrictEqual([]); // by the one that is gone
    expect(pool.exited(0, 1)).toStrictEqual(["lost 2 @0", "lost 3 @0", "lost 4 @0"]);
  });

  it("for good leaves the others, and the last one ends everything", () => {
    const pool = told();
    pool.up(0);
    pool.run();
    pool.run();
    expect(pool.over(0)).toStrictEqual(["lost 1 @0"]);
    expect(pool.up(1)).toStrictEqual(["give 2 @1"]);
    pool.run();
    expect(pool.over(1)).toStrictEqual(["lost 2 @1", "over 3"]);
    expect(pool.run()).toStrictEqual(["refuse 4 over"]);
    expect(pool.over(1)).toStrictEqual([]);
  });
});

describe("a thread that is due", () => {
  it("after so many requests gets nothing more, and is replaced when it has nothing left", () => {
    const pool = told({ slots: 1, perThread: 2, uses: 2 });
    pool.up(0);
    pool.run();
    pool.run();
    pool.run();
    expect(pool.answered(0, 1)).toStrictEqual(["settle 1", "give 3 @0"]);
    expect(pool.answered(0, 2)).toStrictEqual(["settle 2"]);
    expect(pool.run()).toStrictEqual([]);
    expect(pool.answered(0, 3)).toStrictEqual(["settle 3", "replace @0 uses"]);
    pool.exited(0);
    expect(pool.up(0, 1)).toStrictEqual(["give 4 @0"]);
  });

  it("works on while another one is replaced", () => {
    const pool = told({ uses: 1 });
    pool.up(0);
    pool.up(1);
    pool.run();
    pool.run();
    expect(pool.answered(0, 1)).toStrictEqual(["settle 1", "replace @0 uses"]);
    expect(pool.answered(1, 2)).toStrictEqual(["settle 2"]);
    expect(pool.run()).toStrictEqual(["give 3 @1"]);
    pool.exited(0);
    expect(pool.up(0, 1)).toStrictEqual([]);
    expect(pool.answered(1, 3)).toStrictEqual(["settle 3", "replace @1 uses"]);
  });

  it("by its heap: above the limit, measured once a second at the most", () => {
    const pool = told({ slots: 1, heapBytes: 100 });
    pool.up(0);
    pool.run();
    expect(pool.answered(0, 1)).toStrictEqual(["settle 1", "measure @0"]);
    pool.at(999);
    pool.run();
    expect(pool.answered(0, 2)).toStrictEqual(["settle 2"]);
    pool.at(1_000);
    pool.run();
    expect(pool.answered(0, 3)).toStrictEqual(["settle 3", "measure @0"]);
    expect(pool.measured(0, 100)).toStrictEqual([]);
    expect(pool.measured(0, 101, 7)).toStrictEqual([]); // of another thread
    expect(pool.measured(0, 101)).toStrictEqual(["replace @0 heap"]);
  });

  it("and ends by itself before, is due no more", () => {
    const pool = told({ slots: 1, perThread: 2, uses: 1 });
    pool.up(0);
    pool.run();
    pool.run();
    pool.answered(0, 1);
    expect(pool.exited(0)).toStrictEqual(["lost 2 @0"]);
    pool.up(0, 1);
    expect(pool.run()).toStrictEqual(["give 3 @0"]);
  });
});

describe("an end", () => {
  it("in order lets everything be answered, takes nothing new, and is told once", () => {
    const pool = told({ slots: 1 });
    pool.up(0);
    pool.run();
    pool.run();
    expect(pool.close()).toStrictEqual([]);
    expect(pool.run()).toStrictEqual(["refuse 3 over"]);
    expect(pool.answered(0, 1)).toStrictEqual(["settle 1", "give 2 @0"]);
    expect(pool.answered(0, 2)).toStrictEqual(["settle 2", "drained"]);
    expect([pool.close(), pool.tick()]).toStrictEqual([[], []]);
  });

  it("of a pool with nothing to do is there at once", () => {
    expect(told().close()).toStrictEqual(["drained"]);
  });

  it("by force ends what waits and what is in flight", () => {
    const pool = told({ slots: 1 });
    pool.up(0);
    pool.run();
    pool.run();
    pool.close();
    expect(pool.drop()).toStrictEqual(["over 1", "over 2", "drained"]);
    expect(pool.answered(0, 1)).toStrictEqual([]);
  });
});
