// No line obeys anybody but us: whatever a child, an error or a policy is called, a line is one line, it is
// bounded, and it holds no character that a terminal obeys. And whatever writes the lines, nothing gets out.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logEvents } from "../../src/console.js";
import { delay } from "../policies.js";
import { crashLoop, stage } from "../stage.js";
import { eventOf, reading, said } from "./told.js";

const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const LONGEST = 8_000;

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "\u001b[2J\u001b]0;owned\u0007",
    "\u009b31m",
    "a\nb\r\n\tc",
    "\u202egnp.exe",
    "\u2028\u2029",
    "\ud800",
    "\u{e0041}",
    "x".repeat(700),
    "\u001b".repeat(700),
  ),
);

const error = fc.record({ name: nasty, message: nasty, code: fc.oneof(nasty, fc.integer()) });
const exit = fc.record(
  {
    kind: fc.oneof(fc.constantFrom("failed", "signalled", "unhealthy", "spawn-failed"), nasty),
    code: fc.integer(),
    signal: nasty,
    reason: nasty,
    error,
    stderrTail: fc.array(nasty, { maxLength: 3 }),
  },
  { requiredKeys: ["kind"] },
);
const event = fc.record({
  type: fc.oneof(
    fc.constantFrom(
      "exited",
      "refused",
      "finding",
      "policy-changed",
      "callback-failed",
      "stopping",
      "intent",
      "ended",
    ),
    nasty,
  ),
  id: nasty,
  at: fc.oneof(fc.nat(), fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.NaN)),
  attempt: fc.nat(),
  generation: fc.nat(),
  exit,
  error,
  failed: fc.boolean(),
  ordered: fc.boolean(),
  uptimeMs: fc.nat(),
  fresh: fc.array(nasty, { maxLength: 3 }),
  dropped: fc.array(nasty, { maxLength: 3 }),
  reason: nasty,
  retryAfterMs: fc.option(fc.nat()),
  code: nasty,
  message: nasty,
  fix: nasty,
  callback: nasty,
  intent: nasty,
  outcome: nasty,
});

describe("a line", () => {
  it.each(["text", "json"] as const)("as %s is safe, whatever there is to say", (format) => {
    let escaped = 0;
    let cut = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 8 }), (events) => {
        const { lines, onEvent } = reading({ format });
        for (const one of events) onEvent(eventOf(one));
        for (const line of lines) {
          expect(line).not.toMatch(OBEYED);
          expect(line.length).toBeLessThanOrEqual(LONGEST);
          if (format === "json") JSON.parse(line);
          if (line.includes("\\u")) escaped++;
          if (line.includes("…")) cut++;
        }
      }),
    );
    expect(escaped).toBeGreaterThan(50);
    expect(cut).toBeGreaterThan(50);
  });

  it("shows what it does not obey", () => {
    const reason = "\u001b[31mred\u009b0m\n\u202e";
    expect(said([{ type: "refused", reason, retryAfterMs: null }])).toEqual([
      "not restarted any more: \\u{1b}[31mred\\u{9b}0m\\n\\u{202e}",
    ]);
    const { lines, onEvent } = reading({ format: "json" });
    onEvent(eventOf({ type: "refused", reason, retryAfterMs: null }));
    expect(lines[0]).toContain('"reason":"\\u001b[31mred\\u009b0m\\n\\u202e"');
  });

  it("says nothing about what is no event", () => {
    const onEvent = logEvents({ write: () => {} });
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error("trap");
        },
      },
    );
    for (const junk of [undefined, null, 5, "exited", {}, [], trap, { type: "exited", id: "a" }]) {
      onEvent(junk as never);
    }
  });
});

describe("what writes the lines", () => {
  const events = (count: number) =>
    Array.from({ length: count }, (_, i) => eventOf({ type: "launched", cause: "start", pid: i }));

  it("may throw: the supervision goes on, and what was lost is said later", () => {
    let broken = true;
    const lines: string[] = [];
    const onEvent = logEvents({
      format: "text",
      time: "none",
      write(line) {
        if (broken) throw new Error("EIO");
        lines.push(line);
      },
    });
    for (const one of events(3)) onEvent(one);
    broken = false;
    for (const one of events(2)) onEvent(one);
    expect(lines).toEqual([
      "child  started (pid 0)",
      "child  3 lines lost: the output failed or was too slow",
      "child  started (pid 1)",
    ]);
  });

  it("may throw in a supervision: it is not told, and the listener stays", async () => {
    let calls = 0;
    const { system, handle, types } = stage({
      policy: delay(60_000),
      script: crashLoop(0),
      onEvent: logEvents({
        write() {
          calls++;
          throw new Error("EPIPE");
        },
      }),
    });
    await system.advance(600_000);
    await handle.stop();
    expect(calls).toBeGreaterThan(20);
    expect(types()).not.toContain("callback-failed");
  });

  it("may be slow: one line at a time, in order", async () => {
    const lines: string[] = [];
    const waiting: (() => void)[] = [];
    const onEvent = logEvents({
      format: "text",
      time: "none",
      write(line) {
        lines.push(line);
        return new Promise<void>((resolve) => waiting.push(resolve));
      },
    });
    for (const one of events(3)) onEvent(one);
    expect(lines).toEqual(["child  started (pid 0)"]);
    for (let i = 0; i < 3; i++) {
      waiting.shift()?.();
      await Promise.resolve().then(() => {});
      await Promise.resolve().then(() => {});
    }
    expect(lines).toEqual([0, 1, 2].map((pid) => `child  started (pid ${pid})`));
    expect(waiting).toEqual([]);
  });

  it.each([
    [257, 0],
    [258, 1],
    [300, 43],
  ])("may stall: of %d lines, %d are dropped, and that is said", async (count, lost) => {
    const lines: string[] = [];
    let goOn = () => {};
    const stall = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let isStalled = true;
    const onEvent = logEvents({
      format: "text",
      time: "none",
      write(line) {
        lines.push(line);
        return isStalled ? stall : undefined;
      },
    });
    for (const one of events(count)) onEvent(one);
    expect(lines).toHaveLength(1);
    isStalled = false;
    goOn();
    await new Promise((resolve) => setImmediate(resolve));
    const missing =
      lost === 0
        ? []
        : [`child  ${lost} line${lost === 1 ? "" : "s"} lost: the output failed or was too slow`];
    expect([lines.length, lines.slice(257)]).toEqual([257 + missing.length, missing]);
  });

  it("may reject, with a promise of anybody's: the line counts as lost", async () => {
    class Foreign {
      // biome-ignore lint/suspicious/noThenProperty: a promise of another realm
      then(_: unknown, no: (error: Error) => void): void {
        no(new Error("EIO"));
      }
    }
    const answers = [() => new Foreign(), () => Promise.reject(new Error("EIO"))];
    const lines: string[] = [];
    const onEvent = logEvents({
      format: "text",
      time: "none",
      write(line) {
        lines.push(line);
        return answers.shift()?.();
      },
    });
    onEvent(eventOf({ type: "not-ready" }));
    await new Promise((resolve) => setImmediate(resolve));
    onEvent(eventOf({ type: "not-ready" }));
    await new Promise((resolve) => setImmediate(resolve));
    onEvent(eventOf({ type: "not-ready" }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines).toEqual([
      "child  not ready any more",
      "child  not ready any more",
      "child  not ready any more",
      "child  2 lines lost: the output failed or was too slow",
    ]);
  });

  it.each([
    ["rejects", () => Promise.resolve().then(() => Promise.reject(new Error("EPIPE")))],
    [
      "throws",
      () => {
        throw new Error("EPIPE");
      },
    ],
  ])("that %s for good is tried once a line, and not again by itself", async (_, write) => {
    let calls = 0;
    const onEvent = logEvents({
      write() {
        calls++;
        return write();
      },
    });
    for (const one of events(200)) onEvent(one);
    for (let turn = 0; turn < 1_000; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(calls).toBe(200);
  });

  it("may have its own events: a `write` that leads to events is not run inside itself", () => {
    const lines: string[] = [];
    const onEvent = logEvents({
      format: "text",
      time: "none",
      write(line) {
        lines.push(line);
        if (lines.length < 5) onEvent(eventOf({ type: "not-ready", id: `${lines.length}` }));
      },
    });
    onEvent(eventOf({ type: "not-ready", id: "0" }));
    expect(lines).toEqual([0, 1, 2, 3, 4].map((id) => `${id}  not ready any more`));
  });
});
