// The stories that every adapter should have met, by name. They have no durations but 0 and never, and
// what is done waits for what was heard: so they mean the same on virtual time and with real children.

import type { NamedTrace, TraceAct, TraceAttempt } from "./launcher-trace.js";
import type { RawScript } from "./raw-child.js";

const READY = { afterMs: 0, signal: { type: "ready" } } as const;
const HELLO = { afterMs: 0, signal: { type: "message", message: "hello" } } as const;
const LAST = { afterMs: 0, signal: { type: "message", message: "last" } } as const;
const FIRST = { heard: 1 } as const;

const once = (child: RawScript, ...acts: readonly TraceAct[]): TraceAttempt => ({
  child,
  listen: "at-once",
  acts,
});

const stop = (when: TraceAct["when"]): TraceAct => ({ when, act: "requestStop" });
const kill = (when: TraceAct["when"]): TraceAct => ({ when, act: "kill" });

/** Says nothing, and runs until it is asked. */
const runs: RawScript = {};
/** Says that it is ready, and runs until it is asked. */
const serves: RawScript = { says: [READY] };
/** The same, and does not listen to requests. */
const deaf: RawScript = { says: [READY], stopMs: null };
const endsWell: RawScript = { runMs: 0 };
const endsBadly: RawScript = { runMs: 0, end: { code: 3 } };

/**
 * The stories that every adapter should have met: spawn errors, instant exit, exit before ready, exit
 * during stop, double exit, no exit at all, late signals of an old generation, and their like.
 * @since 0.1.0
 */
export const launcherTraces: readonly NamedTrace[] = [
  { name: "cannot-start-thrown", attempts: [once({ start: "throws" })] },
  { name: "cannot-start-emitted", attempts: [once({ start: "refuses" })] },
  {
    name: "cannot-start-then-exit",
    attempts: [once({ start: "refuses", odd: ["exits-after-refusal"] })],
  },
  { name: "cannot-start-and-stopped", attempts: [once({ start: "refuses" }, stop("launch"))] },
  { name: "instant-exit", attempts: [once(endsWell)] },
  { name: "instant-failure", attempts: [once(endsBadly)] },
  { name: "dies-of-a-signal", attempts: [once({ runMs: 0, end: { signal: "SIGTERM" } })] },
  { name: "throws", attempts: [once({ runMs: 0, end: { error: "boom" } })] },
  { name: "exit-before-ready", attempts: [once({ says: [HELLO], ...endsBadly })] },
  { name: "ready-then-exit", attempts: [once({ says: [READY], ...endsWell })] },
  {
    name: "wavers",
    attempts: [
      once({
        says: [
          READY,
          { afterMs: 0, signal: { type: "not-ready" } },
          { afterMs: 0, signal: { type: "heartbeat" } },
          READY,
        ],
        ...endsWell,
      }),
    ],
  },
  { name: "last-words", attempts: [once({ says: [READY, HELLO, LAST], ...endsBadly })] },
  {
    name: "said-before-anybody-listens",
    attempts: [{ child: { says: [READY, HELLO] }, listen: "later", acts: [stop({ heard: 2 })] }],
  },
  { name: "stopped-when-asked", attempts: [once(serves, stop(FIRST))] },
  { name: "stopped-in-the-turn-of-the-launch", attempts: [once(runs, stop("launch"))] },
  { name: "killed-in-the-turn-of-the-launch", attempts: [once(runs, kill("launch"))] },
  { name: "asked-twice", attempts: [once(serves, stop(FIRST), stop(FIRST), stop("exit"))] },
  {
    name: "fails-while-stopping",
    attempts: [once({ says: [READY], stopEnd: { code: 3 } }, stop(FIRST))],
  },
  { name: "killed", attempts: [once(serves, kill(FIRST))] },
  { name: "killed-twice", attempts: [once(serves, kill(FIRST), kill(FIRST), kill("exit"))] },
  { name: "ignores-stop-and-is-killed", attempts: [once(deaf, stop(FIRST), kill(FIRST))] },
  {
    name: "never-exits-and-is-given-up",
    attempts: [
      once({ ...deaf, killMs: null }, stop(FIRST), kill(FIRST), { when: FIRST, act: "abandon" }),
    ],
  },
  {
    name: "everything-after-the-exit",
    attempts: [once(endsWell, stop("exit"), kill("exit"), { when: "exit", act: "send" })],
  },
  { name: "double-exit", attempts: [once({ runMs: 0, odd: ["exits-twice"] })] },
  {
    name: "error-beside-the-exit",
    attempts: [once({ ...serves, odd: ["errs-while-running"] }, stop(FIRST))],
  },
  { name: "error-after-the-exit", attempts: [once({ runMs: 0, odd: ["errs-after-exit"] })] },
  {
    name: "late-signals-of-an-old-generation",
    attempts: [once({ runMs: 0, odd: ["speaks-after-exit"] }), once(serves, stop(FIRST))],
  },
  {
    name: "launched-again",
    attempts: [once(endsBadly), once({ start: "refuses" }), once(serves, stop(FIRST))],
  },
];
