// `check` looks at the policy before anything happens: an error stops everything, a warning is told.

import { isPolicyOptionsError, restartOn } from "@steadfast/policy";
import { expect, test } from "vitest";
import { type PolicyFinding, type SuperviseOptions, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { stage } from "./stage.js";

const warning: PolicyFinding = {
  code: "endless-restarts",
  severity: "warning",
  message: "no request is ever refused",
  fix: "add a limit",
};
const error: PolicyFinding = { code: "hot-loop", severity: "error", message: "it spins" };

test("it is asked once, about the policy and its options, before the first launch", () => {
  const asked: unknown[] = [];
  const policy = restartOn("permanent");
  const set = stage({
    policy,
    onNotYet: "end",
    check(one, options) {
      asked.push([one, options.onNotYet]);
      return [];
    },
  });
  expect(asked).toEqual([[policy, "end"]]);
  expect(set.types()).toEqual(["launched", "ready"]);
});

test("warnings are the first events, in order, and nothing is held up by them", () => {
  const extra = { ...warning, code: "cap-below-initial", path: [1], numbers: { capMs: 5 } };
  const { fix: _, ...brief } = extra;
  const { events, launcher } = stage({ check: () => [warning, brief] });
  const told = { type: "finding", id: "child", at: 0, attempt: 0, generation: -1 };
  const { code, severity, message } = brief;
  expect(events.slice(0, 2)).toStrictEqual([
    { ...told, ...warning },
    { ...told, code, severity, message },
  ]);
  expect(launcher.launchedAt).toEqual([0]);
});

test("errors are thrown, all of them in one message, and nothing is launched", () => {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, []);
  const again = { ...error, code: "never-starts", message: "it never starts" };
  const begin = (check: NonNullable<SuperviseOptions["check"]>) => () =>
    supervise(launcher, { policy: restartOn("permanent"), check }, system);
  expect(begin(() => [warning, error, again])).toThrow(
    "supervise: policy must be free of hot-loop (it spins), never-starts (it never starts), " +
      'got "restartOn"',
  );
  try {
    begin(() => [error])();
  } catch (thrown) {
    expect(isPolicyOptionsError(thrown) && thrown.option).toBe("policy");
  }
  const broken = new Error("no idea");
  expect(
    begin(() => {
      throw broken;
    }),
  ).toThrow(broken);
  expect(launcher.launchedAt).toEqual([]);
  expect(system.pendingTimers).toBe(0);
});

test("a supervision that is stopped before it begins tells them all the same", () => {
  const controller = new AbortController();
  controller.abort();
  const types: string[] = [];
  const system = manualSystem();
  const options: SuperviseOptions = {
    policy: restartOn("permanent"),
    signal: controller.signal,
    check: () => [warning],
    onEvent: ({ type }) => void types.push(type),
  };
  supervise(scriptedLauncher(system, []), options, system);
  expect(types).toEqual(["finding", "ended"]);
});
