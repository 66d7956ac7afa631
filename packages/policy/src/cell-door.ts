// What a cell is given, checked: the policy and the options once, each event before it is stepped, each
// reading of a clock and each draw.

import { type CellOptions, cellSettings } from "./cell-options.js";
import { PolicyOptionsError } from "./errors.js";
import type { Exit } from "./exit.js";
import type { Millis, Policy } from "./policy.js";
import { checkEvent, checkExit, checkKeyedEvent, isDraw } from "./read-event.js";
import { readOptions } from "./read-options.js";
import { readPolicy } from "./read-policy.js";
import { steadyClockOf, wholeMillis } from "./steady-clock.js";
import { verdict } from "./verdict.js";

export interface CellDoor {
  /** The state to start from. */
  readonly state: unknown;
  readonly clock: () => Millis;
  /** The event with what a caller may leave out. Throws `PolicyOptionsError` for a bad one. */
  complete(event: object, now: Millis): object;
  /** An exit and the request that follows it, as events. Throws `PolicyOptionsError` likewise. */
  failure(exit: Exit, circumstances: object, now: Millis): readonly [object, object];
}

/** As much of a policy, of whatever alphabet, as the door needs. */
interface AnyPolicy
  extends Pick<Policy<unknown, unknown, unknown>, "name" | "alphabet" | "initial" | "parse"> {
  readonly deadline?: unknown;
}

interface Given {
  readonly type?: unknown;
  readonly draw?: unknown;
  readonly wall?: unknown;
  readonly event?: object;
}

const OWNER = "cell";
const FAILED = "cell.failed";

export function cellDoor(policy: AnyPolicy, options: CellOptions): CellDoor {
  readPolicy(OWNER, "policy", policy);
  const { random, wall, isFailure, ...settings } = cellSettings(options);
  const clock = steadyClockOf(OWNER, settings.clock);
  const alphabet = policy.alphabet ?? (policy.deadline ? "other" : "restart");

  function draw(): number {
    const value = random();
    if (isDraw(value)) return value;
    throw new PolicyOptionsError(
      OWNER,
      "random",
      "a function that answers a number in [0, 1)",
      value,
    );
  }

  function filled(event: Given, now: Millis): object {
    if (event.type !== "launch") return event.event ? inside(event.event, event, now) : event;
    const at = () => (wall ? wholeMillis(OWNER, "wall", wall()) : now);
    return { ...event, draw: event.draw ?? draw(), wall: event.wall ?? at() };
  }

  function inside(inner: object, event: Given, now: Millis): object {
    return { ...event, event: filled(inner, now) };
  }

  return {
    state: settings.state === undefined ? policy.initial() : policy.parse(settings.state, clock()),
    clock,
    complete(event, now) {
      if (alphabet === "restart") checkEvent(OWNER, "event", event);
      if (alphabet === "keyed") checkKeyedEvent(OWNER, "event", event);
      return filled(event, now);
    },
    failure(exit, circumstances, now) {
      if (alphabet === "other") {
        throw new PolicyOptionsError(FAILED, "policy", "a restart policy", policy.name);
      }
      const read = readOptions<{ key?: string; uptimeMs?: Millis }>(FAILED, circumstances);
      const isKey = (value: unknown) => typeof value === "string";
      const key = alphabet === "keyed" ? read.checked<string>("key", "a string", isKey) : null;
      const uptimeMs = read.whole("uptimeMs");
      read.end();
      checkExit(FAILED, "exit", exit);
      const fact = {
        type: "exited",
        exit,
        failed: verdict(FAILED, isFailure(exit), "isFailure"),
        uptimeMs,
      };
      const request = filled({ type: "launch", cause: "restart" } as Given, now);
      return key === null
        ? [fact, request]
        : [
            { key, event: fact },
            { key, event: request },
          ];
    },
  };
}
