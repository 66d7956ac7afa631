// The launcher suite of the test kit, run to its end: every sentence that does not hold is printed.

import { type LauncherMakers, launcherCases } from "@steadfast/supervisor/testing";

/** @param but sentences that are not meant for this kind of child. */
export async function holds(makers: LauncherMakers, but: readonly string[] = []): Promise<void> {
  let broken = 0;
  for (const { name, run } of launcherCases({ timeoutMs: 5_000, ...makers })) {
    if (but.includes(name)) continue;
    try {
      await run();
    } catch (error) {
      broken += 1;
      console.log(`broken: ${name}`);
      console.error(error);
    }
  }
  if (broken > 0) throw new Error(`${broken} sentences do not hold`);
}
