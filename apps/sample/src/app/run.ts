// One run, from the folder to the verdict.

import { readdir } from "node:fs/promises";
import { relative } from "node:path";
import { exitCode, type SignalGuard, untilSignals } from "@steadfast/supervisor/node";
import type { TreeOutcome } from "@steadfast/supervisor/tree";
import { Chaos } from "./chaos.js";
import { defaultFolder } from "./folder.js";
import { Journal } from "./journal.js";
import type { CountCommand } from "./options.js";
import { referenceCount } from "./reference-count.js";
import { shownInBrowser } from "./shown-in-browser.js";
import { Stack } from "./stack.js";
import { childLines, isEqual, verdictLine } from "./summary.js";
import { Tally } from "./tally.js";
import { makeView } from "./view.js";

/** Runs the stack over the folder. Answers the exit code. */
export async function run(command: CountCommand): Promise<number> {
  const folder = command.folder ?? (await defaultFolder());
  let journal: Journal;
  try {
    await readdir(folder);
    journal = new Journal(command.journal);
  } catch (error) {
    console.error(`sample: ${(error as Error).message}`);
    return 2;
  }
  const interrupted = untilSignals(["SIGINT", "SIGTERM"]);
  try {
    return await supervised(command, folder, journal, interrupted);
  } finally {
    interrupted[Symbol.dispose]();
    journal.close();
  }
}

async function supervised(
  { workers, chaos, dashboard }: CountCommand,
  folder: string,
  journal: Journal,
  interrupted: SignalGuard,
): Promise<number> {
  console.log(
    `counting words below ${relative("", folder) || "."}${chaos ? ", with injected faults" : ""}`,
  );
  const startedAt = Date.now();
  const tally = new Tally();
  const view = makeView(() => stack);
  const strikes = new Chaos((strike) => stack.strike(strike));
  const browser = dashboard ? await shownInBrowser() : null;
  const stack = new Stack({
    folder,
    workers,
    signal: interrupted,
    journal(entry, before) {
      journal.write(entry);
      browser?.journal(entry, before);
    },
    onEvent(event) {
      tally.onEvent(event);
      // The first events come while the stack is still being made.
      queueMicrotask(() => {
        view.onEvent(event);
        if (event.type === "ready") strikes.retry();
      });
    },
  });
  stack.ledger.on("counted", () => {
    view.onProgress();
    if (chaos) strikes.progress(stack.ledger.total.files, stack.ledger.size);
  });
  await browser?.show(stack.tree);
  // The second signal ends the host at once; the server, in a group of its own, would outlive it.
  let signals = 0;
  interrupted.addEventListener("abort", () => {
    signals++;
    if (signals > 1) stack.killNow();
  });

  const outcome = await stack.outcome;
  view.end();

  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.log(`\n${childLines(stack.ids, tally).join("\n")}`);
  if (chaos) console.log(`\n${strikes.struck} strikes in ${seconds} s`);
  console.log(
    `journal: ${journal.file}\n  replay it under a stricter policy: pnpm demo replay ${journal.file}`,
  );
  const code = await verdict(outcome, stack, folder);
  await browser?.end(interrupted);
  return code;
}

/** Says how it ended. Answers the exit code. */
async function verdict(outcome: TreeOutcome, stack: Stack, folder: string): Promise<number> {
  if (outcome.type === "stopped") {
    console.log("\ninterrupted: everybody was stopped, nothing is left behind");
    return exitCode(outcome);
  }
  if (outcome.type !== "completed") {
    console.error(`sample: ended before the count was complete: ${JSON.stringify(outcome)}`);
    return exitCode(outcome) || 1;
  }
  const undisturbed = await referenceCount(folder);
  console.log(`\n${verdictLine(stack.ledger.total, undisturbed)}`);
  return isEqual(stack.ledger.total, undisturbed) ? 0 : 1;
}
