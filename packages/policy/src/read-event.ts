// The door for events: what `cell` and `replay` are given by a user is checked field by field. `step`
// itself believes its caller. The calls below are marked as pure, so that a bundle without a cell has
// none of them.

import { type Check, hintFor, numberWithin, oneOfThese } from "./checks.js";
import { PolicyOptionsError } from "./errors.js";
import type { ExitKind } from "./exit.js";
import type { RestartEvent } from "./restart.js";

type Fields = { readonly [field: string]: Check };

const maybe = ([allowed, passes]: Check): Check => [
  () => `${allowed()}, or left out`,
  (value) => value === undefined || passes(value),
];

const MAX = 9_007_199_254_740_991;
const WHOLE = /* @__PURE__ */ numberWithin("whole", 0, MAX);
const INSTANT = /* @__PURE__ */ numberWithin("whole", -MAX, MAX);
const TEXT: Check = [() => "a string", (value) => typeof value === "string"];
const FLAG: Check = [() => "true or false", (value) => typeof value === "boolean"];
const OBJECT: Check = [() => "an object", isThing];
const EXIT: Check = [() => "an exit, as exitOf(code, signal, error) makes one", isThing];
const DRAW: Check = [() => "a number in [0, 1)", isDraw];
const MAYBE_LENGTH = /* @__PURE__ */ maybe([
  () => "a number of at least 0",
  (value) => (value as number) >= 0,
]);
const MAYBE_DRAW = /* @__PURE__ */ maybe(DRAW);
const MAYBE_INSTANT = /* @__PURE__ */ maybe(INSTANT);
const CAUSE = /* @__PURE__ */ oneOfThese(["start", "restart", "operator"]);
const CODE: Check = /* @__PURE__ */ maybe([
  () => "a whole number",
  (value) => Number.isSafeInteger(value),
]);

const CHANCE: Fields = { draw: DRAW, wall: INSTANT };
const EVENTS: { readonly [Type in RestartEvent["type"]]: Fields } = {
  exited: { exit: EXIT, failed: FLAG, uptimeMs: WHOLE },
  healthy: {},
  reset: {},
  launch: {
    cause: CAUSE,
    draw: MAYBE_DRAW,
    wall: MAYBE_INSTANT,
  },
};

const EXITS: { readonly [Kind in ExitKind]: Fields } = {
  completed: { code: CODE },
  failed: { code: CODE },
  signalled: { signal: TEXT },
  "out-of-memory": { code: CODE },
  "timed-out": { afterMs: MAYBE_LENGTH },
  cancelled: {},
  "spawn-failed": {},
  unhealthy: { reason: TEXT },
  abandoned: {},
  lost: {},
};

const TYPE = /* @__PURE__ */ oneOfThese(/* @__PURE__ */ Object.keys(EVENTS));
const KINDS = /* @__PURE__ */ Object.keys(EXITS);
const KIND: Check = [
  () => `a kind of exit, as exitOf(code, signal, error) makes one: ${KINDS.join(", ")}`,
  (value) => KINDS.includes(value as string),
  KINDS,
];

function isThing(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Whether it is a number in [0, 1). */
export function isDraw(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value < 1;
}

/** Throws `PolicyOptionsError` unless it is an event of the restart alphabet, perhaps without draw and wall. */
export function checkEvent(owner: string, place: string, event: unknown): void {
  checkFields(owner, place, event, { type: TYPE });
  const { type, exit } = event as { readonly type: RestartEvent["type"]; readonly exit?: unknown };
  checkFields(owner, place, event, EVENTS[type]);
  if (type === "exited") checkExit(owner, `${place}.exit`, exit);
}

/** Throws `PolicyOptionsError` unless it is an entry of a journal, whose requests have draw and wall. */
export function checkEntry(owner: string, place: string, entry: unknown): void {
  checkFields(owner, place, entry, { at: INSTANT, event: OBJECT, decision: OBJECT });
  const { event } = entry as { readonly event: { readonly type?: unknown } };
  checkEvent(owner, `${place}.event`, event);
  if (event.type === "launch") checkFields(owner, `${place}.event`, event, CHANCE);
}

/** Throws `PolicyOptionsError` unless it is an `Exit`. */
export function checkExit(owner: string, place: string, exit: unknown): void {
  if (!isThing(exit)) throw new PolicyOptionsError(owner, place, EXIT[0](), exit);
  checkFields(owner, place, exit, { kind: KIND });
  checkFields(owner, place, exit, EXITS[(exit as { readonly kind: ExitKind }).kind]);
}

/** Throws `PolicyOptionsError` unless it is an event of one key. */
export function checkKeyedEvent(owner: string, place: string, event: unknown): void {
  checkFields(owner, place, event, { key: TEXT });
  checkEvent(owner, `${place}.event`, (event as { readonly event?: unknown }).event);
}

function checkFields(owner: string, place: string, got: unknown, fields: Fields): void {
  if (!isThing(got)) throw new PolicyOptionsError(owner, place, OBJECT[0](), got);
  const record = got as Readonly<Record<string, unknown>>;
  for (const [field, [allowed, passes, words]] of Object.entries(fields)) {
    const value = record[field];
    if (passes(value)) continue;
    const others = Object.keys(record).filter(
      (key) => !(key in fields || key === "type" || key === "kind"),
    );
    const hint = hintFor(field, value, others, words);
    throw new PolicyOptionsError(owner, `${place}.${field}`, allowed(), value, hint);
  }
}
