import { PolicyOptionsError, readArguments } from "@steadfast/policy";
import { handleOf } from "./doors.js";
import { Driver } from "./driver.js";
import type { SupervisorHandle } from "./handle.js";
import { hasMethods } from "./has-methods.js";
import type { Launcher } from "./launcher.js";
import { readinessOf, unsaid } from "./launcher-readiness.js";
import { machineOf } from "./machines.js";
import type { SuperviseOptions } from "./options.js";
import { holdId, sameId } from "./same-id.js";
import { superviseSettings } from "./supervise-settings.js";
import { checkSystem, realSystem, type System } from "./system.js";

/**
 * Keeps one child running: launches it, watches it, and asks its policy about every restart.
 *
 * Decides nothing itself: the policy says whether and when, the slot says what the child may do.
 * Units: milliseconds. Edges: a delay runs from the exit and is rounded up, once, to a whole instant; at
 * exactly that instant there is a launch, one millisecond before it there is none. Effect: the first launch
 * happens before `supervise` returns. No signal handler, exit hook or `uncaughtException` listener is
 * installed; a child's failure never becomes one.
 * Errors: `PolicyOptionsError` for a bad option, and what the launcher throws because it was misused;
 * everything later is in the outcome. A second supervision of the same launcher with the same id, while the first is not
 * over, is an event `finding` (`id-in-use`).
 *
 * @since 0.1.0
 * @example
 * const handle = supervise(taskLauncher(fetchPrices), {
 *   policy: allOf(restartOn("transient"), backoff({ initialMs: 200, capMs: 30_000 })),
 * });
 * const outcome = await handle.outcome;
 * outcome.type; // => "completed"
 */
export function supervise<Value>(
  launcher: Launcher<Value>,
  options: SuperviseOptions,
  system: System = realSystem,
): SupervisorHandle<Value> {
  readArguments("supervise", arguments, 3);
  if (!hasMethods("launch")(launcher)) {
    throw new PolicyOptionsError("supervise", "launcher", "an object with launch()", launcher);
  }
  checkSystem(system);
  const [settings, rules] = superviseSettings(readinessOf(launcher, options), system);
  if (settings.standby > 0 && !hasMethods("prepare")(launcher)) {
    const allowed = "0 or left out: this launcher cannot prepare() one";
    throw new PolicyOptionsError("supervise", "standby", allowed, settings.standby);
  }
  const own = Array.isArray(launcher.findings) ? launcher.findings : [];
  const { id } = settings;
  const same = sameId(launcher, id);
  const findings = [...own, ...settings.findings, ...unsaid(launcher, options), ...same];
  const driver = new Driver(machineOf(rules), launcher, settings, system);
  holdId(launcher, driver);
  driver.begin(findings);
  return handleOf(driver);
}
