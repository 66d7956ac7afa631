// What every adapter must keep, as cases that any test runner can loop over. They use the adapter's
// own children and the real timers, and wait for nothing but what the child does.

import { type Exit, exitRecord, isFailure, restartOn } from "@steadfast/policy";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild } from "../launcher.js";
import { supervise } from "../supervise.js";
import { claim, within } from "./claim.js";
import { drained } from "./drained.js";

/**
 * Makes a launcher of one kind of child.
 * @since 0.1.0
 */
export type MakeLauncher = () => Launcher | Promise<Launcher>;

/**
 * What an adapter supplies. Where its kind of child cannot do something, it says null.
 * @since 0.1.0
 */
export interface LauncherMakers {
  /** Ends well by itself, soon. */
  readonly completes: MakeLauncher;
  /** Ends badly by itself, soon. */
  readonly fails: MakeLauncher;
  /** Runs until it is asked to stop, and then ends soon. */
  readonly stopsWhenAsked: MakeLauncher;
  /** Runs for ever, whatever it is asked, from its launch on. */
  readonly ignoresStop: MakeLauncher;
  /** The system refuses to start it: no such file, no such module. Null: that cannot happen. */
  readonly cannotStart: MakeLauncher | null;
  /** Says `ready` as its first signal, then runs until it is asked to stop. Null: it cannot. */
  readonly saysReady: MakeLauncher | null;
  /** Whether a kill ends a child that ignores the request to stop. Default true. */
  readonly canForce?: boolean;
  /** How many listeners and handles the adapter holds outside its children. Default: not looked at. */
  readonly countListeners?: () => number;
  /** How long a case waits for something before it fails. Default 10 000. */
  readonly timeoutMs?: number;
}

/**
 * One case: `run` rejects with an error that says what is wrong.
 * @since 0.1.0
 */
export interface LauncherCase {
  /** The sentence of the contract. */
  readonly name: string;
  /** Settles when the sentence holds; rejects with an error that says how it does not. */
  run(): Promise<void>;
}

const FIRST: LaunchInfo = { id: "case", attempt: 1, generation: 0, cause: "start" };
const ROUNDS = 20;

/** A child with everything it said, and whether it is over. */
interface Watched {
  readonly child: LiveChild;
  readonly exited: Promise<Exit>;
  readonly said: readonly ChildSignal[];
  readonly isOver: () => boolean;
  /** Settles when it has said something. */
  readonly spoke: Promise<void>;
}

/**
 * The launcher suite: the contract of `Launcher` and `LiveChild`, sentence by sentence.
 *
 * Decides nothing. Effect: each case launches its own children and leaves none behind.
 * Errors: a case rejects with an Error that says which sentence is broken.
 *
 * @since 0.1.0
 * @example
 * for (const { name, run } of launcherCases(makers)) test(name, run);
 * launcherCases(makers)[0]?.name; // => "a child that ends well exits `completed`"
 */
export function launcherCases(makers: LauncherMakers): readonly LauncherCase[] {
  const { canForce = true, cannotStart, countListeners, saysReady, timeoutMs = 10_000 } = makers;
  const cases: LauncherCase[] = [];
  const add = (name: string, run: () => Promise<void>): void => {
    cases.push({ name, run });
  };
  const watch = async (make: MakeLauncher): Promise<Watched> => listen(await start(make));
  const endOf = (watched: Watched, what: string) => within(watched.exited, timeoutMs, what);

  async function stopped(watched: Watched): Promise<Exit> {
    watched.child.requestStop("stop");
    return endOf(watched, "the exit after a request to stop");
  }

  add("a child that ends well exits `completed`", async () => {
    const exit = await endOf(await watch(makers.completes), "the exit");
    claim(exit.kind === "completed", `it exited ${show(exit)}`);
  });

  add("a child that ends badly exits with a failure", async () => {
    const exit = await endOf(await watch(makers.fails), "the exit");
    claim(isFailure(exit), `it exited ${show(exit)}`);
  });

  add("`exited` settles once, with the same exit for everybody", async () => {
    const watched = await watch(makers.completes);
    const first = await endOf(watched, "the exit");
    watched.child.kill();
    await drained();
    claim((await watched.child.exited) === first, "`exited` settled twice, differently");
  });

  add("a child ends when it is asked to stop", async () => {
    const watched = await watch(makers.stopsWhenAsked);
    await drained();
    claim(!watched.isOver(), "it ended before it was asked");
    await stopped(watched);
  });

  add("requestStop and kill may be called again and again, before the exit and after", async () => {
    const watched = await watch(makers.stopsWhenAsked);
    const everything = () => {
      watched.child.requestStop("stop");
      watched.child.requestStop("restart");
      watched.child.kill();
      watched.child.kill();
    };
    everything();
    const exit = await endOf(watched, "the exit after requestStop and kill");
    everything();
    await drained();
    claim((await watched.child.exited) === exit, "a kill after the exit changed the exit");
  });

  add("a child may be stopped in the breath in which it was launched", async () => {
    await stopped(listen(await start(makers.stopsWhenAsked)));
  });

  add(
    canForce
      ? "a child that ignores the request to stop is ended by a kill"
      : "a child that ignores the request to stop, and cannot be killed, is abandoned",
    async () => {
      if (!canForce) return abandoned(await makers.ignoresStop(), timeoutMs);
      const watched = await watch(makers.ignoresStop);
      watched.child.requestStop("stop");
      for (let turn = 0; turn < ROUNDS; turn++) await drained();
      claim(!watched.isOver(), "it ended although it should ignore the request");
      watched.child.kill();
      await endOf(watched, "the exit after a kill");
    },
  );

  add("no signal follows the exit", async () => {
    const watched = await watch(saysReady ?? makers.stopsWhenAsked);
    if (saysReady) await within(watched.spoke, timeoutMs, "the first signal");
    await stopped(watched);
    const { length } = watched.said;
    await drained();
    claim(watched.said.length === length, `${show(watched.said.at(-1))} came after the exit`);
  });

  add("one launcher launches again and again, each child on its own", async () => {
    const launcher = await makers.completes();
    const one = listen(launcher.launch(FIRST));
    const first = await endOf(one, "the first exit");
    const two = listen(launcher.launch({ ...FIRST, attempt: 2, generation: 1, cause: "restart" }));
    claim(one.child !== two.child, "the second launch returned the first child");
    const second = await endOf(two, "the second exit");
    claim(first.kind === second.kind, `first ${show(first)}, then ${show(second)}`);
  });

  add("supervised, it is restarted and stopped", async () => {
    const handle = supervise(await makers.stopsWhenAsked(), { policy: restartOn("permanent") });
    const relaunched = new Promise<void>((resolve) => {
      handle.on(({ type }) => type === "launched" && resolve());
    });
    handle.restart();
    await within(relaunched, timeoutMs, "the launch after restart()");
    const outcome = await within(handle.stop(), timeoutMs, "the outcome after stop()");
    claim(outcome.type === "stopped", `the outcome is ${outcome.type}`);
    claim(outcome.attempts === 2, `it was launched ${outcome.attempts} times`);
  });

  if (cannotStart) {
    add("what the system refuses is an exit `spawn-failed`, not something thrown", async () => {
      const watched = await watch(cannotStart);
      const exit = await endOf(watched, "the exit");
      claim(exit.kind === "spawn-failed", `it exited ${show(exit)}`);
      claim(exit.error !== undefined, "the exit does not say why");
      claim(watched.said.length === 0, `it said ${show(watched.said[0])}`);
      watched.child.requestStop("stop");
      watched.child.kill();
    });
  }

  if (saysReady) {
    add("signals come in order, also those that were sent before anybody listened", async () => {
      const early = await watch(saysReady);
      const child = await start(saysReady);
      for (let turn = 0; turn < ROUNDS; turn++) await drained();
      const late = listen(child);
      for (const watched of [early, late]) {
        await within(watched.spoke, timeoutMs, "the first signal");
        claim(watched.said[0]?.type === "ready", `the first signal was ${show(watched.said[0])}`);
        await stopped(watched);
        const times = watched.said.filter(({ type }) => type === "ready").length;
        claim(times === 1, `it was told \`ready\` ${times} times`);
      }
    });
  }

  if (countListeners) {
    add("no listener is left behind", async () => {
      await endOf(await watch(makers.completes), "the exit");
      const before = countListeners();
      for (let round = 0; round < ROUNDS; round++) {
        await endOf(await watch(makers.completes), "the exit");
        await stopped(await watch(makers.stopsWhenAsked));
      }
      await drained();
      const after = countListeners();
      claim(after === before, `${before} before ${ROUNDS} rounds, ${after} after`);
    });
  }

  return cases;
}

async function start(make: MakeLauncher): Promise<LiveChild> {
  return (await make()).launch(FIRST);
}

function listen(child: LiveChild): Watched {
  const said: ChildSignal[] = [];
  let over = false;
  let speak: () => void = () => {};
  const spoke = new Promise<void>((resolve) => {
    speak = resolve;
  });
  const exited = child.exited.then((exit) => {
    over = true;
    return exit;
  });
  child.onSignal((signal) => {
    said.push(signal);
    speak();
  });
  return { child, exited, said, spoke, isOver: () => over };
}

/** Nothing ends it: the supervisor gives it up, and says so. */
async function abandoned(launcher: Launcher, timeoutMs: number): Promise<void> {
  const handle = supervise(launcher, {
    policy: restartOn("permanent"),
    gracePeriodMs: 1,
    abandonAfterMs: 1,
  });
  // A task that is stopped before it was called need not be called at all.
  for (let turn = 0; turn < ROUNDS; turn++) await drained();
  const { lastExit } = await within(handle.stop(), timeoutMs, "the outcome after stop()");
  claim(lastExit?.kind === "abandoned", `it exited ${show(lastExit)}`);
}

/** In words, also what a child said that JSON cannot hold: it may say anything. */
function show(what: unknown): string {
  const isExit = typeof what === "object" && what !== null && "kind" in what;
  try {
    return JSON.stringify(isExit ? exitRecord(what as Exit) : what) ?? "nothing";
  } catch {
    return "something that JSON cannot hold";
  }
}
