// The dispatch of a pool, in random worlds: its laws, its dumb twin, and that the laws catch what is wrong.

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Dispatch } from "../../src/pool/dispatch.js";
import type { DispatchEffect, Dispatcher, Job } from "../../src/pool/dispatch-types.js";
import { Twin } from "./dispatch-twin.js";
import { BrokenLaw, type Counts, rules, script, World } from "./dispatch-world.js";
import { faultyDispatchers } from "./faulty-dispatchers.js";

const counts: Counts = new Map();

/** What is to be reached in at least one of so many scripts. */
const INTERESTING = [
  "answered",
  "withdrawn",
  "withdrawn in flight",
  "lost",
  "over",
  "waiting",
  "refused, full",
  "refused, over",
  "in flight at an exit",
  "sent again",
  "answered after it was sent again",
  "overtaken by priority",
  "replaced, uses",
  "replaced, heap",
  "replaced, withdrawn",
  "due while another is replaced",
  "measured",
];

describe("the dispatch of a pool", () => {
  it("keeps its laws", () => {
    fc.assert(
      fc.property(rules, script, (given, moves) => {
        new World(new Dispatch<Job>(given), given, counts).play(moves);
      }),
    );
  });

  it("does what its dumb twin does", () => {
    fc.assert(
      fc.property(rules, script, (given, moves) => {
        const world = new World(new Dispatch<Job>(given), given);
        world.play(moves);
        const own = replayed(new Dispatch<Job>(given), world);
        expect(own).toStrictEqual(replayed(new Twin(given), world));
      }),
    );
  });

  afterAll(() => {
    const rare = INTERESTING.filter((what) => (counts.get(what) ?? 0) < 5);
    if (counts.size > 0 && rare.length > 0) throw new Error(`rarely reached: ${rare.join(", ")}`);
  });
});

/** The effects of every event, with copies of the jobs as they were at first. */
function replayed(dispatcher: Dispatcher<Job>, { events, given }: World): unknown[] {
  const jobs = new Map<number, Job>();
  const copy = (job: Job): Job => {
    const at = { slot: -1, generation: -1, until: null, before: null, after: null };
    const known = jobs.get(job.id);
    const made: Job = known ?? { ...job, ...at, state: "new", resends: given.get(job.id) ?? 0 };
    jobs.set(job.id, made);
    return made;
  };
  return events.map(([event, at]) => {
    const own = "job" in event ? { ...event, job: copy(event.job) } : event;
    return [...dispatcher.step(own, at).map(said), dispatcher.deadline()];
  });
}

function said(effect: DispatchEffect<Job>): unknown {
  return "job" in effect ? { ...effect, job: effect.job.id } : effect;
}

describe("the laws", () => {
  it.each(faultyDispatchers)("catch a dispatcher that %s", (_, make, laws) => {
    let caught: unknown;
    fc.check(
      fc.property(rules, script, (given, moves) => {
        try {
          new World(make(given), given).play(moves);
        } catch (error) {
          caught ??= error;
          return false;
        }
        return true;
      }),
      { numRuns: 2_000, endOnFailure: true },
    );
    expect(caught).toBeInstanceOf(BrokenLaw);
    expect(laws).toContain((caught as BrokenLaw).law);
  });
});
