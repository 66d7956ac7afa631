// Any order of stops, kills, results and words, against a twin that only remembers facts.

import type { Exit } from "@steadfast/policy";
import type { ChildSignal, LiveChild } from "@steadfast/supervisor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isStopRequestedError, type TaskContext, taskLauncher } from "../src/index.js";
import { deferred, info, settled } from "./launch.js";

const ACTS = ["run", "stop", "kill", "resolve", "reject", "obey", "ready", "send"] as const;
type Act = (typeof ACTS)[number];

interface Story {
  readonly exit: string | null;
  readonly signals: number;
  readonly messages: number;
}

const OWN = new Error("own");

/** What really happens. Promises settle during `run` only. */
async function act(acts: readonly Act[]): Promise<Story> {
  const work = deferred<number>();
  work.promise.catch(() => {}); // a task that is never called leaves it alone
  let context: TaskContext | null = null;
  let messages = 0;
  const child: LiveChild<number> = taskLauncher((given) => {
    context = given;
    given.onMessage(() => {
      messages += 1;
    });
    return work.promise;
  }).launch(info);
  const signals: ChildSignal[] = [];
  child.onSignal((signal) => signals.push(signal));
  let exit: Exit<number> | null = null;
  void child.exited.then((ended) => {
    exit = ended;
  });
  const deeds: Readonly<Record<Act, () => unknown>> = {
    run: settled,
    stop: () => child.requestStop("restart"),
    kill: () => child.kill(),
    resolve: () => work.resolve(1),
    reject: () => work.reject(OWN),
    obey: () => work.reject(Object.assign(new Error("obey"), { name: "AbortError" })),
    ready: () => context?.ready(),
    send: () => child.send?.("hello"),
  };
  for (const one of acts) {
    const done = deeds[one]();
    if (one === "run") await done;
  }
  await settled();
  await new Promise((resolve) => setImmediate(resolve)); // the turn after which a killed task is given up
  return { exit: exit && named(exit), signals: signals.length, messages };
}

function named(exit: Exit<number>): string {
  if (exit.kind === "completed") return `completed ${exit.value}`;
  if (exit.kind === "failed") return `failed ${exit.error === OWN ? "own" : "obey"}`;
  if (exit.kind !== "cancelled") return exit.kind;
  return `cancelled ${isStopRequestedError(exit.error) ? exit.error.reason : "obey"}`;
}

/** What is expected. A kill ends what it says and hears, and itself only if nothing else does. */
function foretold(acts: readonly Act[]): Story {
  let exit: string | null = null;
  let called = false;
  let stop: "restart" | "kill" | null = null;
  let killed = false;
  let result: "resolve" | "reject" | "obey" | null = null;
  let signals = 0;
  let sent = 0;
  let messages = 0;
  for (const one of [...acts, "run" as const]) {
    if (exit !== null) break;
    if (one === "stop") stop ??= "restart";
    if (one === "kill") {
      stop ??= "kill";
      killed = true;
    }
    if (one === "resolve" || one === "reject" || one === "obey") result ??= one;
    if (one === "ready" && called && !killed) signals += 1;
    if (one === "send" && !killed) sent += 1;
    if (one === "run" && !called && stop) {
      exit = `cancelled ${stop}`;
      break;
    }
    if (one === "run") called = true;
    if (called && !killed) messages = sent;
    if (one !== "run" || result === null) continue;
    if (result === "resolve") exit = "completed 1";
    else if (result === "reject") exit = "failed own";
    else exit = stop ? "cancelled obey" : "failed obey";
  }
  if (killed) exit ??= "abandoned";
  return { exit, signals, messages };
}

const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Act>("run") },
    { weight: 4, arbitrary: fc.constantFrom<Act>("stop", "ready", "send") },
    { weight: 5, arbitrary: fc.constantFrom<Act>(...ACTS) },
  ),
  { maxLength: 12 },
);

/** Mostly the task is called before anything else happens to it. */
const story = fc.oneof(
  { weight: 3, arbitrary: acts.map((then): Act[] => ["run", ...then]) },
  { weight: 1, arbitrary: acts },
);

describe("a task's life", () => {
  it("is what the twin foretells, in any order of events", async () => {
    const reached: Record<string, number> = {};
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(story, async (acts) => {
        const real = await act(acts);
        expect(real).toStrictEqual(foretold(acts));
        runs += 1;
        const tags = [
          `exit ${real.exit?.split(" ")[0] ?? "none"}`,
          ...(real.exit?.match(/^cancelled (restart|kill)/) ? ["never called"] : []),
          ...(acts.indexOf("kill") < acts.lastIndexOf("reject") ? ["a late rejection"] : []),
          ...(real.signals > 0 ? ["heard"] : []),
          ...(real.messages > 0 ? ["told"] : []),
        ];
        for (const tag of tags) reached[tag] = (reached[tag] ?? 0) + 1;
      }),
    );
    const rare = [
      "exit completed",
      "exit failed",
      "exit cancelled",
      "exit abandoned",
      "exit none",
      "never called",
      "a late rejection",
      "heard",
      "told",
    ].filter((tag) => (reached[tag] ?? 0) < runs * 0.05);
    expect({ rare, reached }).toStrictEqual({ rare: [], reached });
  });
});
