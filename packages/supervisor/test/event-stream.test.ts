// `events()`: bounded, with exact counts of what was dropped, for as many readers as there are.

import { refuse, restartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SupervisorEvent, supervise } from "../src/index.js";
import { drained, manualSystem, scriptedLauncher } from "../src/testing.js";
import { stage } from "./stage.js";

type Stream = AsyncIterableIterator<SupervisorEvent>;

async function readAll(stream: Stream): Promise<SupervisorEvent[]> {
  const read: SupervisorEvent[] = [];
  for await (const event of stream) read.push(event);
  return read;
}

/** A supervision whose first turn is over: what was told in it is missed by a reader who comes now. */
async function begun() {
  const set = stage();
  await Promise.resolve();
  return set;
}

const say = (event: SupervisorEvent) =>
  event.type === "lagged" ? `lagged ${event.missed}` : event.type;

describe("a reader who comes in the turn in which the supervision began", () => {
  it("has everything from the first event on", async () => {
    const set = stage();
    const reading = readAll(set.handle.events());
    set.handle.reset();
    await set.handle.stop();
    expect((await reading).map(say)).toEqual([
      "launched",
      "ready",
      "reset",
      "stopping",
      "exited",
      "ended",
    ]);
    expect(await reading).toEqual(set.events);
  });

  it("has it also where it is over in that turn, and nobody listened", async () => {
    const system = manualSystem();
    const policy = restartPolicy({
      name: "closed",
      launch: (state) => [state, refuse("no", null)],
    });
    const handle = supervise(scriptedLauncher(system, []), { policy }, system);
    expect((await readAll(handle.events())).map(say)).toEqual(["refused", "ended"]);
    expect(await readAll(handle.events())).toEqual([]);
  });

  it("a microtask later it has missed them", async () => {
    const system = manualSystem();
    const { handle } = stage({ system });
    await Promise.resolve();
    const next = handle.events().next();
    handle.reset();
    expect(say((await next).value)).toBe("reset");
  });
});

describe("the events from now on", () => {
  it("are read in order, up to `ended`", async () => {
    const set = await begun();
    const stream = set.handle.events();
    set.handle.reset();
    const reading = readAll(stream);
    await set.handle.stop();
    expect(await reading).toEqual(set.events.slice(2));
    expect((await reading).map(say)).toEqual(["reset", "stopping", "exited", "ended"]);
  });

  it("are waited for: a reader that is early gets the next one", async () => {
    const set = await begun();
    const stream = set.handle.events();
    const two = Promise.all([stream.next(), stream.next()]);
    set.handle.reset();
    set.handle.pause();
    expect((await two).map(({ value }) => say(value))).toEqual(["reset", "intent"]);
  });

  it("after the end there are none", async () => {
    const set = await begun();
    await set.handle.stop();
    expect(await readAll(set.handle.events())).toEqual([]);
    expect(set.handle.on(() => expect.unreachable())).not.toThrow();
  });
});

describe("a reader that is too slow", () => {
  it.each([
    { capacity: 1, resets: 1, reads: ["reset"] },
    { capacity: 1, resets: 2, reads: ["lagged 1", "reset"] },
    { capacity: 3, resets: 3, reads: ["reset", "reset", "reset"] },
    { capacity: 3, resets: 4, reads: ["lagged 1", "reset", "reset", "reset"] },
    { capacity: 3, resets: 1_000, reads: ["lagged 997", "reset", "reset", "reset"] },
  ])("of $resets events keeps the last $capacity", async ({ capacity, resets, reads }) => {
    const set = await begun();
    const stream = set.handle.events({ capacity });
    for (let n = 0; n < resets; n++) set.handle.reset();
    const read: string[] = [];
    for (let n = 0; n < reads.length; n++) read.push(say((await stream.next()).value));
    expect(read).toEqual(reads);
    let more = false;
    void stream.next().then(() => {
      more = true;
    });
    await drained();
    expect(more).toBe(false);
  });

  it("learns of each gap where it is", async () => {
    const set = await begun();
    const stream = set.handle.events({ capacity: 2 });
    const next = async () => say((await stream.next()).value);
    const reset = (times: number) => {
      for (let n = 0; n < times; n++) set.handle.reset();
    };
    reset(5);
    expect(await next()).toBe("lagged 3");
    reset(1); // the gap that was just told of grows by one
    expect([await next(), await next(), await next()]).toEqual(["lagged 1", "reset", "reset"]);
  });

  it("still gets `ended` last", async () => {
    const set = await begun();
    const stream = set.handle.events({ capacity: 1 });
    await set.handle.stop();
    expect((await readAll(stream)).map(say)).toEqual(["lagged 2", "ended"]);
  });

  it("never misses an event without being told (property)", async () => {
    let lagged = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.oneof(fc.constant("read"), fc.integer({ min: 1, max: 8 })), { maxLength: 30 }),
        async (capacity, acts) => {
          runs++;
          const set = await begun();
          const stream = set.handle.events({ capacity });
          let pushed = 0;
          let counted = 0;
          let waiting = 0;
          const count = ({ value, done }: IteratorResult<SupervisorEvent>) => {
            waiting--;
            if (done) return;
            if (value.type === "lagged") {
              counted += value.missed;
              lagged++;
            } else counted++;
          };
          const read = () => {
            waiting++;
            void stream.next().then(count);
          };
          for (const act of acts) {
            if (act === "read") read();
            else {
              for (let n = 0; n < act; n++) set.handle.reset();
              pushed += act;
            }
            await drained();
          }
          set.handle.pause(); // intent, stopping, exited
          await set.handle.stop();
          pushed += 4; // and ended
          while (counted < pushed && waiting >= 0) {
            read();
            await drained();
          }
          expect(counted).toBe(pushed);
          expect((await stream.next()).done).toBe(true);
        },
      ),
    );
    expect(lagged / runs).toBeGreaterThan(0.2);
  });
});

describe("several readers", () => {
  it("each get everything, at their own pace", async () => {
    const set = await begun();
    const slow = set.handle.events({ capacity: 1 });
    const all = readAll(set.handle.events());
    const other = readAll(set.handle.events());
    set.handle.reset();
    set.handle.reset();
    await set.handle.stop();
    expect((await all).map(say)).toEqual(["reset", "reset", "stopping", "exited", "ended"]);
    expect(await other).toEqual(await all);
    expect((await readAll(slow)).map(say)).toEqual(["lagged 4", "ended"]);
  });
});

describe("a reader that stops early", () => {
  it("by leaving the loop hears no more, and others go on", async () => {
    const set = await begun();
    const stream = set.handle.events();
    const others = readAll(set.handle.events());
    set.handle.reset();
    set.handle.pause();
    for await (const event of stream) {
      expect(event.type).toBe("reset");
      break;
    }
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    await set.handle.stop();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.return?.()).toEqual({ done: true, value: undefined });
    expect((await others).length).toBe(5);
  });

  it("ends the reads that are waiting", async () => {
    const set = await begun();
    const stream = set.handle.events();
    const waiting = Promise.all([stream.next(), stream.next()]);
    await stream.return?.();
    expect((await waiting).map(({ done }) => done)).toEqual([true, true]);
  });
});

describe("the capacity", async () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5"])(
    "must not be %s",
    async (capacity) => {
      const set = await begun();
      expect(() => set.handle.events({ capacity: capacity as number })).toThrow(RangeError);
    },
  );

  it("is 256 unless said otherwise", async () => {
    const set = await begun();
    const stream = set.handle.events();
    for (let n = 0; n < 257; n++) set.handle.reset();
    expect(say((await stream.next()).value)).toBe("lagged 1");
  });
});
