// `retry` means what `supervise` means: both run the same random scripts, each in a manual world of its own
// with the same chance, and calls, instants, decisions and ends are compared.

import { allOf, type RestartPolicy, restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { type ManualSystem, manualSystem } from "@steadfast/supervisor/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusedBy, retry, retryPolicy, TimedOutError, taskLauncher } from "../../src/index.js";
import { jittered, recorded, slots } from "./policies.js";

/** What one attempt does. Times end in 3, limits in 0, aborts in 7, deadlines in 5: nothing happens at one instant by chance. */
type Act =
  | { readonly does: "throw" | "return" | "obey" | "ignore" }
  | { readonly does: "throw later" | "return later"; readonly ms: number };

interface Story {
  readonly acts: readonly Act[];
  readonly policy: "capped" | "jittered" | "slots" | "both";
  readonly attemptTimeoutMs: number;
  readonly deadlineMs: number;
  readonly abortAt: number | null;
  readonly onNotYet: "wait" | "end";
  readonly refusesResults: boolean;
  readonly seed: number;
}

const later = fc.integer({ min: 0, max: 12 }).map((tens) => tens * 10 + 3);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant("throw" as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("throw later" as const), ms: later }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("return" as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("return later" as const), ms: later }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom("obey" as const, "ignore" as const) }),
  },
);
const story: fc.Arbitrary<Story> = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 8 }),
  policy: fc.constantFrom("capped", "jittered", "slots", "both"),
  attemptTimeoutMs: fc.constantFrom(0, 10, 50, 100),
  deadlineMs: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 25, 55, 205),
  abortAt: fc.option(
    fc.integer({ min: 0, max: 60 }).map((tens) => tens * 10 + 7),
    { freq: 2 },
  ),
  onNotYet: fc.constantFrom("wait", "end"),
  refusesResults: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1_000 }),
});

interface Told {
  readonly calls: readonly string[];
  readonly decisions: readonly string[];
  readonly end: string;
  readonly timers: number;
}

const policyOf = (name: Story["policy"]): RestartPolicy => {
  if (name === "capped") return retryPolicy({ attempts: 5 });
  if (name === "jittered") return allOf(retryPolicy({ attempts: 6 }), jittered);
  if (name === "slots") return allOf(slots, retryPolicy({ attempts: 7 }));
  return retryPolicy({ attempts: 7, backoff: allOf(jittered, slots) });
};

const nth = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The task of a story: the same for both. */
function acting({ acts }: Story, system: ManualSystem, calls: string[]) {
  return ({ attempt, signal }: { readonly attempt: number; readonly signal: AbortSignal }) => {
    calls.push(`${attempt} at ${system.now}`);
    const one = acts[(attempt - 1) % acts.length] as Act;
    return new Promise<string>((resolve, reject) => {
      const fail = () => reject(new Error(`error ${attempt}`));
      const succeed = () => resolve(`value ${attempt}`);
      if (one.does === "throw") fail();
      else if (one.does === "return") succeed();
      else if (one.does === "throw later") system.timers.set(fail, one.ms);
      else if (one.does === "return later") system.timers.set(succeed, one.ms);
      else if (one.does === "obey") signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
}

async function inWorld(
  given: Story,
  run: (at: {
    readonly system: ManualSystem;
    readonly signal: AbortSignal;
    readonly calls: string[];
    readonly decisions: string[];
  }) => Promise<string>,
): Promise<Told> {
  const system = manualSystem({ seed: given.seed });
  const controller = new AbortController();
  const [calls, decisions]: [string[], string[]] = [[], []];
  let end: string | null = null;
  void run({ system, signal: controller.signal, calls, decisions }).then((text) => {
    end = `${text} at ${system.now}`;
  });
  if (given.abortAt !== null) {
    await system.advance(given.abortAt);
    controller.abort("stop");
    await system.settle();
  }
  await system.advance(100_000);
  expect(end).not.toBeNull();
  return { calls, decisions, end: end ?? "", timers: system.pendingTimers };
}

const retried = (given: Story): Promise<Told> =>
  inWorld(given, async ({ system, signal, calls, decisions }) => {
    const { attemptTimeoutMs, deadlineMs, onNotYet, refusesResults } = given;
    const policy = recorded(policyOf(given.policy), decisions);
    const retryOn = (value: string) => refusesResults && value.length > 0;
    const options = {
      policy,
      attemptTimeoutMs,
      deadlineMs,
      onNotYet,
      signal,
      retryOn,
      throws: "refused",
    } as const;
    try {
      return `value ${await retry(acting(given, system, calls), options, system)}`;
    } catch (error) {
      const refusal = refusedBy(error);
      if (!refusal) return `aborted ${String(error)}`;
      const { reason, attempts, retryAfterMs, lastExit } = refusal;
      return `refused ${reason} ${attempts} ${retryAfterMs} ${shown(lastExit)}`;
    }
  });

const supervised = (given: Story): Promise<Told> =>
  inWorld(given, async ({ system, signal, calls, decisions }) => {
    const { attemptTimeoutMs, deadlineMs, onNotYet, refusesResults } = given;
    // The look-ahead of the composition asks its members about the future: only its own steps count.
    const policy = recorded(allOf(restartOn("transient"), policyOf(given.policy)), decisions);
    const launcher = taskLauncher(acting(given, system, calls));
    const outcome = await supervise(
      launcher,
      {
        policy,
        isFailure: ({ kind }) => kind !== "cancelled" && (refusesResults || kind !== "completed"),
        healthyAfterMs: Number.POSITIVE_INFINITY,
        maxRunMs: attemptTimeoutMs,
        deadlineMs,
        gracePeriodMs: 0,
        onNotYet,
        signal,
      },
      system,
    ).outcome;
    if (outcome.type === "completed") return `value ${outcome.value}`;
    if (outcome.type === "stopped") return `aborted ${String(outcome.abortReason)}`;
    if (outcome.type === "failed") throw outcome.error;
    if (outcome.type === "excused") throw new Error("a run is cancelled only after an abort");
    const { reason, attempts, retryAfterMs, lastExit } = outcome;
    return `refused ${reason} ${attempts} ${retryAfterMs} ${shown(lastExit)}`;
  });

function shown(exit: unknown): string {
  if (exit === null) return "no attempt";
  const { kind, error, ended, value } = exit as {
    readonly [key: string]: unknown;
    readonly kind: string;
  };
  // What the deadline ends is `timed-out` to a retry, and as after a stop to a supervision.
  const isOver = error instanceof TimedOutError && error.limit === "deadlineMs";
  if (isOver) return (ended as { readonly kind: string }).kind;
  if (kind === "cancelled" || kind === "abandoned") return kind;
  if (kind === "timed-out") return `timed-out (${(ended as { readonly kind: string }).kind})`;
  return `${kind} ${kind === "completed" ? value : nth(error)}`;
}

/**
 * What `retry` does not tell its policy any more: a success, about which `supervise` also hears that nothing is
 * wanted, and the exit of an attempt that was aborted, or ended by the deadline.
 */
function withoutEnd({ decisions, ...told }: Told): Told {
  const isSuccess = told.end.startsWith("value");
  const isExit = (decisions.at(-1) ?? "").includes("exited");
  const isCut = told.end.startsWith("aborted") || told.end.startsWith("refused deadline");
  const unsaid = isSuccess ? 2 : isCut && isExit ? 1 : 0;
  return { ...told, decisions: decisions.slice(0, decisions.length - unsaid) };
}

describe("retry", () => {
  it("makes the same calls at the same instants, decisions and end as supervise", async () => {
    const reached = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(story, async (given) => {
        const ours = await retried(given);
        expect(ours).toStrictEqual(withoutEnd(await supervised(given)));
        const words = [
          ours.end.split(" ")[0] ?? "",
          ...(ours.end.match(/\(\w+|[a-z]+-[a-z]+|deadline/g) ?? []),
        ];
        for (const word of words) reached.set(word, (reached.get(word) ?? 0) + 1);
        expect(ours.timers).toBeLessThanOrEqual(given.acts.length);
      }),
    );
    const wanted = [
      "value",
      "aborted",
      "refused",
      "cap-reached",
      "window-full",
      "timed-out",
      "deadline",
    ];
    expect(wanted.filter((word) => (reached.get(word) ?? 0) < 2)).toStrictEqual([]);
  });

  it("has a TimedOutError for the time that was over", () => {
    expect(new TimedOutError("attemptTimeoutMs", 5)).toMatchObject({
      name: "TimeoutError",
      code: "ERR_TIMED_OUT",
      message: "attemptTimeoutMs is over: 5 ms",
    });
  });
});
