// OTP's supervisor as the options of a tree: its flags and child specifications, in its own words.
//
// - The count is of the whole supervisor, in whole seconds: exactly `period` ago still counts.
// - Restarts are one by one: what happens meanwhile waits, as in the supervisor's mailbox.
// - Nothing waits: restarts are immediate. A first start that fails ends the supervisor.

import {
  coarse,
  giveUp,
  PolicyOptionsError,
  type RestartPolicy,
  type RestartType,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import type { ChildSpec, KindSpec, TreeOptions } from "@steadfast/supervision/tree";

type OtpRest = Omit<KindSpec, "restart" | "significant" | "policy" | "gracePeriodMs">;

/**
 * A child specification, in OTP's words; what `supervisionTree` knows of a kind besides stands beside them.
 * @since 0.1.0
 */
export interface OtpKind extends OtpRest {
  /** Which exits are restarted: all, those that failed, or none. Default `permanent`. */
  readonly restart?: RestartType;
  /**
   * How long it is waited for after it was asked to end: milliseconds, whole, from 1 to 2^53-1; `infinity`;
   * or `brutal_kill`, which asks nothing. Default 5 000 for a worker, `infinity` for a supervisor.
   */
  readonly shutdown?: number | "brutal_kill" | "infinity";
  /** Whether it counts for `auto_shutdown`. Not with `permanent`. Default false. */
  readonly significant?: boolean;
  /** What it is: that decides about the default of `shutdown`. Default `supervisor` with a `tree`. */
  readonly type?: "worker" | "supervisor";
}

/**
 * A child of the list.
 * @since 0.1.0
 */
export interface OtpChild extends OtpKind {
  /** Its name: not blank, without a slash, unique. */
  readonly id: string;
}

/**
 * The flags of OTP's supervisor, and what it starts.
 * @since 0.1.0
 */
export interface OtpSupervisor {
  /** Who is restarted with a child: nobody, all, or those after it. Default `one_for_one`. */
  readonly strategy?: "one_for_one" | "one_for_all" | "rest_for_one";
  /** How many restarts are allowed in a period: whole, from 0 to 2^53-1. Default 1. */
  readonly intensity?: number;
  /** The period in seconds: whole, from 1 to 9 007 199 254 740. Default 5. */
  readonly period?: number;
  /** Whether it ends when a significant child has ended by itself. Default `never`. */
  readonly auto_shutdown?: "never" | "any_significant" | "all_significant";
  /** What is started at the beginning, in order. Default: nothing. */
  readonly children?: readonly OtpChild[];
  /** What `start-child` can start, by name. Default: nothing. */
  readonly kinds?: Readonly<Record<string, OtpKind>>;
}

const OWNER = "otpSupervisor";
const SECOND_MS = 1_000;
const MOST_SECONDS = 9_007_199_254_740;

const STRATEGIES = {
  one_for_one: "one-for-one",
  one_for_all: "one-for-all",
  rest_for_one: "rest-for-one",
} as const;

const SHUTDOWNS = {
  never: "never",
  any_significant: "any-significant",
  all_significant: "all-significant",
} as const;

const namesOf = <Word extends string>(words: Readonly<Record<Word, unknown>>): readonly Word[] =>
  Object.keys(words) as Word[];

/**
 * The options with which `supervisionTree`, or `superviseTree`, behaves as Erlang/OTP's supervisor does.
 *
 * Decides: nothing itself. All children share one budget: a restart is admitted at once while no more than
 * `intensity` restarts, this one included, were asked for in the last `period` seconds; one more, and the
 * supervisor ends. Units: `period` in seconds, `shutdown` in milliseconds, both whole. Defaults: those of OTP,
 * 1 restart in 5 s, `permanent`, 5 000 ms. Edges: exactly `period` apart is still inside; `intensity` 0 never
 * restarts; a `shutdown` of 0 is refused, as there. Effect on state: none.
 * Errors: `PolicyOptionsError` for a bad option; a wrong combination (`significant` with `permanent`, or
 * without `auto_shutdown`) is refused by `supervisionTree`, and two children of one name as well.
 * Source: Erlang/OTP 25, stdlib 4.2, `supervisor.erl`.
 *
 * Known surprises: no delay at all, so children that cannot work are given up within milliseconds. A delay is
 * added beside: `supervisionTree({ ...otpSupervisor(spec), budget })`.
 *
 * @since 0.1.0
 * @example
 * const options = otpSupervisor({ strategy: "rest_for_one", children: [{ id: "db", shutdown: 2_000 }] });
 * options.strategy; // => "rest-for-one"
 * options.children; // => [{ id: "db", restart: "permanent", significant: false, gracePeriodMs: 2_000 }]
 */
export function otpSupervisor(spec: OtpSupervisor = {}): TreeOptions {
  readArguments("otpSupervisor", arguments, 1);
  const read = readOptions(OWNER, spec);
  const strategy = read.oneOf("strategy", namesOf(STRATEGIES), "one_for_one");
  const intensity = read.whole("intensity", { default: 1 });
  const period = read.whole("period", { min: 1, max: MOST_SECONDS, default: 5 });
  const autoShutdown = read.oneOf("auto_shutdown", namesOf(SHUTDOWNS), "never");
  const children = read.checked<readonly OtpChild[]>("children", "an array", Array.isArray, []);
  const kinds = read.checked<NonNullable<OtpSupervisor["kinds"]>>(
    "kinds",
    "an object",
    isObject,
    {},
  );
  read.end();
  return {
    strategy: STRATEGIES[strategy],
    budget: budgetOf(intensity, period),
    autoShutdown: SHUTDOWNS[autoShutdown],
    startFailure: "end",
    restarts: "one-by-one",
    children: children.map((child, i) => kindOf(`${OWNER}.children[${i}]`, child)),
    kinds: Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [name, kindOf(`${OWNER}.kinds.${name}`, kind)]),
    ),
  };
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

function budgetOf(intensity: number, period: number): RestartPolicy {
  const windowMs = period * SECOND_MS;
  const window = { limit: intensity, windowMs, edge: "closed", counts: "restarts" } as const;
  return coarse(giveUp(slidingWindow(window)), SECOND_MS) as RestartPolicy;
}

const RESTART_TYPES = ["permanent", "transient", "temporary"] as const;
const isBoolean = (value: unknown) => typeof value === "boolean";
const isShutdown = (value: unknown) =>
  value === "brutal_kill" ||
  value === "infinity" ||
  (Number.isSafeInteger(value) && (value as number) > 0);

/** One specification: OTP's words are read here, all others by `supervisionTree`. */
function kindOf<Spec extends OtpKind>(place: string, spec: Spec): ChildSpec {
  const read = readOptions<OtpKind>(place, spec);
  const { shutdown: _, type: __, ...rest } = spec;
  const isTree = spec.tree !== undefined;
  const type = read.oneOf("type", ["worker", "supervisor"], isTree ? "supervisor" : "worker");
  if (isTree && type === "worker") {
    throw new PolicyOptionsError(place, "type", "supervisor where there is a tree", type);
  }
  const shutdown = read.checked<NonNullable<OtpKind["shutdown"]>>(
    "shutdown",
    "a whole number of milliseconds, at least 1, or brutal_kill, or infinity",
    isShutdown,
    type === "worker" ? 5_000 : "infinity",
  );
  return {
    ...(rest as unknown as ChildSpec),
    restart: read.oneOf("restart", RESTART_TYPES, "permanent"),
    significant: read.checked("significant", "true or false", isBoolean, false),
    gracePeriodMs: shutdown === "brutal_kill" ? 0 : shutdown === "infinity" ? Infinity : shutdown,
  };
}
