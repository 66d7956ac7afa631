// Every policy by the name of its factory: how it is made of JSON, or why it cannot be. A new factory in
// `policy` or in a core does not compile without a row here. (PURE is for bundlers: a program that does not ask for it leaves the table out.)

import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  type RestartType,
  readOptions,
  restartOn,
  waitOut,
} from "@steadfast/policy";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import { bandOf, between } from "./between.js";
import { backoffFrom, backoffOptions } from "./delays.js";
import { make, type Options, onlyOption, optionsAt } from "./options.js";
import { isObject } from "./plain.js";
import { join } from "./policy-spec-error.js";
import { TYPES } from "./short-form.js";

type Factories = typeof import("@steadfast/policy") &
  typeof import("@steadfast/sliding-window") &
  typeof import("@steadfast/backoff") &
  typeof import("@steadfast/crash-budget");

type Maker = (...args: never[]) => {
  readonly describe: { readonly timesMs: unknown };
  readonly step: unknown;
};

/** The names of all that makes a policy; `within` and `readPolicy` hand on what others make. */
type FactoryName = {
  [Name in keyof Factories]: Factories[Name] extends Maker
    ? Exclude<Name, "within" | "readPolicy">
    : never;
}[keyof Factories];

/** A policy that JSON can hold. */
interface Held {
  /** How many policies it is made of; null: any number. */
  readonly members: number | null;
  /** Makes it of the options at `path`, and of its members. */
  readonly from: (
    options: Options,
    path: string,
    members: readonly RestartPolicy[],
  ) => RestartPolicy;
  /** Its options in JSON, from those that its description has. Left out: as described. */
  readonly write?: (options: Options, path: string) => Options;
}

/** Why JSON cannot hold a policy, or who else reads it. */
type NotHeld = string;

const A_FUNCTION = "it takes a function, which JSON cannot hold";

function leaf(factory: (options: never) => RestartPolicy): Held {
  return { members: 0, from: (options, path) => make(path, options, factory) };
}

/** A combinator without options. */
function bare(
  owner: string,
  members: number | null,
  combine: (members: readonly RestartPolicy[]) => RestartPolicy,
): Held {
  return {
    members,
    from: (options, path, made) =>
      make(path, options, (read: object) => {
        readOptions(owner, read).end();
        return combine(made);
      }),
  };
}

export const kinds: { readonly [Name in FactoryName]: Held | NotHeld } = {
  allOf: /* @__PURE__ */ bare("allOf", null, (members) => allOf(...members)),
  backoff: { members: 0, from: backoffFrom, write: backoffOptions },
  coarse: {
    members: 1,
    from: (options, path, [member]) =>
      make(path, options, (given: { readonly unitMs: number }) =>
        coarse(member as RestartPolicy, onlyOption("coarse", given, "unitMs")),
      ),
  },
  crashBudget: /* @__PURE__ */ leaf(crashBudget),
  decayingBudget: { members: 0, from: decayingFrom, write: decayingOptions },
  giveUp: /* @__PURE__ */ bare("giveUp", 1, ([member]) => giveUp(member as RestartPolicy)),
  giveUpOn: A_FUNCTION,
  inTurn: /* @__PURE__ */ bare("inTurn", null, (members) => inTurn(...members)),
  keyed: "its events have keys: read it with keyedFrom",
  lifetimeCap: /* @__PURE__ */ leaf(lifetimeCap),
  pausingWindow: /* @__PURE__ */ leaf(pausingWindow),
  restartOn: /* @__PURE__ */ leaf((options: { readonly type: RestartType }) => {
    const type = onlyOption("restartOn", options, "type");
    return restartOn(
      typeof type === "string" && Object.hasOwn(TYPES, type) ? (TYPES[type] as RestartType) : type,
    );
  }),
  restartPolicy: A_FUNCTION,
  slidingWindow: /* @__PURE__ */ leaf(slidingWindow),
  stopWhen: A_FUNCTION,
  waitOut: /* @__PURE__ */ bare("waitOut", 1, ([member]) => waitOut(member as RestartPolicy)),
  when: A_FUNCTION,
};

/**
 * The names of the policies that JSON can hold.
 * @since 0.1.0
 */
export type SpecKind = Exclude<
  FactoryName,
  "giveUpOn" | "keyed" | "restartPolicy" | "stopWhen" | "when"
>;

/** They, for messages. */
export const heldKinds = (): readonly string[] =>
  Object.entries(kinds).flatMap(([kind, row]) => (typeof row === "string" ? [] : [kind]));

function decayingFrom({ jitter, ...options }: Options, path: string): RestartPolicy {
  const place = join(path, "jitter");
  const band =
    jitter === undefined
      ? {}
      : {
          jitter: make(
            place,
            optionsAt(jitter, place),
            (given: { readonly between: readonly [number, number] }) =>
              bandOf("decayingBudget", given),
          ),
        };
  return make(path, options, (read: object) => decayingBudget({ ...read, ...band }));
}

function decayingOptions({ jitter, ...options }: Options): Options {
  return { ...options, ...(isObject(jitter) && { jitter: between(jitter) }) };
}
