// Options of `supervise` can be given to the functions of analysis as they are: each name that the one knows, the
// others let pass.

import { lint, simulate } from "@steadfast/analysis";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { expect, it } from "vitest";

const policy = restartOn("temporary");

/** What `supervise` says that it knows. */
function known(): readonly string[] {
  const system = manualSystem();
  try {
    supervise(scriptedLauncher(system, []), { policy, qqq: 1 } as never, system);
  } catch (error) {
    const [, names = ""] = /known: ([^)]*)\)/.exec(String(error)) ?? [];
    return names.split(", ");
  }
  return [];
}

it("every option of supervise may be given to lint and simulate", () => {
  const names = known();
  expect(names).toContain("gracePeriodMs");
  for (const name of names) {
    expect(() => lint(policy, { [name]: undefined })).not.toThrow();
    expect(() => simulate(policy, { uptimeMs: 1 }, { [name]: undefined })).not.toThrow();
  }
});
