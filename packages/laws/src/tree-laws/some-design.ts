// Random designs of trees. All times are of one small set, so that instants meet.

import fc, { type Arbitrary } from "fast-check";
import type { ChildDesign, KindDesign, PolicyDesign, TreeDesign } from "./design.js";

/** What may come up in a design. */
export interface DesignParts {
  /** How deep trees stand in trees: 1 for none. Default 2. */
  readonly depth?: number;
  /** Whether some trees order their starts as a graph, or have replicas. Default false. */
  readonly graphs?: boolean;
  /** Whether most children have replicas, in trees without a budget. Default false. */
  readonly rolls?: boolean;
  /** Whether all trees restart groups, and most children with a delay. Default false. */
  readonly groups?: boolean;
  /** As `groups`, with one-for-one among them. Default false. */
  readonly strategies?: boolean;
}

const time = fc.constantFrom(0, 1, 2, 5, 10, 20, 50);
const NAMES = ["a", "b", "c", "d", "e"];

function someLimit(isFinal: Arbitrary<boolean>) {
  return fc.record({
    type: fc.constant("limit" as const),
    limit: fc.integer({ min: 0, max: 3 }),
    windowMs: fc.constantFrom(5, 20, 100),
    isFinal,
  });
}

function someDelay(...jitter: readonly ("none" | "full")[]) {
  return fc.record({
    type: fc.constant("delay" as const),
    ms: time,
    jitter: fc.constantFrom(...jitter),
  });
}

const somePolicy: Arbitrary<PolicyDesign> = fc.oneof(
  { weight: 3, arbitrary: someDelay("none", "none", "full") },
  { weight: 2, arbitrary: someLimit(fc.boolean()) },
);

const someBudget: Arbitrary<PolicyDesign | null> = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: someLimit(fc.constantFrom(true, true, false)) },
    { weight: 1, arbitrary: someDelay("none") },
  ),
  { freq: 4 },
);

const restart = fc.constantFrom("permanent", "permanent", "transient", "temporary");

/** A rolling restart takes time: there no tree ends by a deadline. */
const slotTimes = (rolls: boolean) =>
  fc.record(
    {
      healthyAfterMs: fc.constantFrom(10, 50, 1_000),
      maxRunMs: fc.constantFrom(20, 100),
      ...(rolls ? {} : { deadlineMs: fc.constantFrom(0, 50, 200, 2_000, 10_000, 50_000) }),
      heartbeatTimeoutMs: fc.constantFrom(50, 200),
      onNotYet: fc.constantFrom("wait", "end"),
      operatorLaunches: fc.constantFrom("free", "ask"),
      delayCutBy: fc.constantFrom(["reload"], ["send"], ["reload", "send"]),
      recycle: fc.constantFrom<object>({ ageMs: 30 }, { uses: 2 }, { ageMs: 50, spread: 0.5 }),
    },
    { requiredKeys: [] },
  );

const sparse = <Value extends object>(one: Arbitrary<Value>): Arbitrary<object> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: one });

/** A kind without a tree in it. `significant` only where the tree looks at it. */
function someKind(looks: boolean, { groups, rolls }: Required<DesignParts>): Arbitrary<KindDesign> {
  const often = groups ? someDelay("none") : fc.option(somePolicy, { freq: 2 });
  return fc
    .record({
      restart: rolls
        ? fc.constantFrom("permanent", "permanent", "permanent", "transient")
        : restart,
      policy: rolls ? fc.option(someDelay("none"), { freq: 2 }) : often,
      significant: looks ? fc.boolean() : fc.constant(false),
      explicit: fc.boolean(),
      gracePeriodMs: fc.constantFrom(0, 5, 20),
      abandonAfterMs: fc.constantFrom(5, 20),
      readyTimeoutMs: fc.option(fc.constantFrom(5, 20), { freq: 3 }),
      more: sparse(slotTimes(rolls)),
    })
    .map(({ explicit, readyTimeoutMs, significant, more, ...kind }) => ({
      ...kind,
      ...more,
      tree: null,
      ...(explicit && { readiness: "explicit" as const }),
      ...(explicit && readyTimeoutMs !== null && { readyTimeoutMs }),
      ...(significant && kind.restart !== "permanent" && { significant }),
    })) as Arbitrary<KindDesign>;
}

function someNested(looks: boolean, parts: Required<DesignParts>): Arbitrary<KindDesign> {
  return fc
    .record({
      restart,
      policy: fc.option(somePolicy, { freq: 2 }),
      significant: looks ? fc.boolean() : fc.constant(false),
      tree: someTree({ ...parts, depth: parts.depth - 1 }),
      grace: fc.option(fc.constantFrom(5, 20), { freq: 2 }),
    })
    .map(({ significant, grace, ...kind }) => ({
      ...kind,
      ...(grace !== null && { gracePeriodMs: grace }),
      abandonAfterMs: 50,
      ...(significant && kind.restart !== "permanent" && { significant }),
    })) as Arbitrary<KindDesign>;
}

function someTree(parts: Required<DesignParts>): Arbitrary<TreeDesign> {
  const { depth, strategies, rolls } = parts;
  const groups = parts.groups || strategies;
  const looks = fc.constantFrom("never", "never", "any-significant", "all-significant");
  return looks.chain((autoShutdown) => {
    const isLooking = autoShutdown !== "never";
    const plain = someKind(isLooking, { ...parts, groups });
    const nested = () => someNested(isLooking, parts);
    const kind =
      depth > 1
        ? fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: nested() })
        : plain;
    return fc
      .record({
        strategy: parts.groups
          ? fc.constantFrom("one-for-all", "rest-for-one")
          : fc.constantFrom("one-for-one", "one-for-all", "rest-for-one"),
        budget: groups || rolls ? fc.constant(null) : someBudget,
        autoShutdown: fc.constant(autoShutdown),
        startFailure: fc.constantFrom("end", "restart", "restart"),
        kinds: fc.array(kind, { maxLength: 2 }),
        children: fc.array(fc.tuple(kind, someExtras(parts)), { maxLength: 4, size: "max" }),
      })
      .map(({ kinds, children, ...rules }) => ({
        ...rules,
        kinds: Object.fromEntries(kinds.map((one, i) => [`kind${i}`, one])),
        children: children.map(([one, extras], i) => withExtras(one, extras, i)),
      })) as Arbitrary<TreeDesign>;
  });
}

interface Extras {
  readonly after: readonly { readonly back: number; readonly until: "ready" | "completed" }[];
  readonly startTimeoutMs: number | null;
  readonly replicas: number | null;
  readonly maxUnavailable: number;
}

const NONE: Extras = { after: [], startTimeoutMs: null, replicas: null, maxUnavailable: 1 };

function someExtras({ graphs, rolls }: Required<DesignParts>): Arbitrary<Extras> {
  if (!graphs && !rolls) return fc.constant(NONE);
  const until = rolls ? fc.constant("ready") : fc.constantFrom("ready", "ready", "completed");
  return fc.record({
    after: fc.array(fc.record({ back: fc.nat(2), until }), { maxLength: rolls ? 1 : 2 }),
    startTimeoutMs: rolls ? fc.constant(null) : fc.option(fc.constantFrom(0, 5, 20), { freq: 2 }),
    replicas: rolls
      ? fc.integer({ min: 1, max: 4 })
      : fc.option(fc.integer({ min: 0, max: 3 }), { freq: 2 }),
    maxUnavailable: fc.constantFrom(1, 1, 2),
  }) as Arbitrary<Extras>;
}

/** `after` only names those that stand before it: so there is no cycle. */
function withExtras(kind: KindDesign, extras: Extras, i: number): ChildDesign {
  const { after, startTimeoutMs, replicas, maxUnavailable } = extras;
  const named = new Map<string, "ready" | "completed">();
  for (const { back, until } of after) {
    const id = NAMES[i - 1 - back];
    if (id !== undefined) named.set(id, until);
  }
  return {
    ...kind,
    id: NAMES[i] as string,
    ...(named.size > 0 && { after: [...named].map(([id, until]) => ({ id, until })) }),
    ...(named.size > 0 && startTimeoutMs !== null && { startTimeoutMs }),
    ...(replicas !== null && { replicas, maxUnavailable }),
  };
}

/** Trees, and trees in them. */
export function someDesign(parts: DesignParts): Arbitrary<TreeDesign> {
  const none = { graphs: false, rolls: false, groups: false, strategies: false };
  return someTree({ depth: 2, ...none, ...parts });
}
