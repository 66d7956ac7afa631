// `check` looks at the policy before anything happens: an error stops everything, a warning is told.

import { isPolicyOptionsError, restartOn } from "@steadfast/policy";
import { expect, test } from "vitest";
import {
  type Launcher,
  type LaunchInfo,
  type PolicyFinding,
  type SuperviseOptions,
  type SupervisorEvent,
  supervise,
} from "../src/index.js";
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

test("what a launcher finds in itself comes first, also without a check, and holds nothing up", () => {
  const own: PolicyFinding = {
    code: "command-with-space",
    severity: "warning",
    message: "not split",
  };
  const heard: string[] = [];
  const begin = (check?: () => readonly PolicyFinding[]) => {
    const system = manualSystem();
    supervise(
      { ...scriptedLauncher(system, []), findings: [own] },
      {
        policy: restartOn("permanent"),
        ...(check && { check }),
        onEvent: (event) => heard.push(event.type === "finding" ? event.code : event.type),
      },
      system,
    );
  };
  begin();
  expect(heard).toEqual([own.code, "launched", "ready"]);
  heard.length = 0;
  begin(() => [warning]);
  expect(heard).toEqual([own.code, warning.code, "launched", "ready"]);
});

test("a launcher whose findings are no list has none", () => {
  const system = manualSystem();
  const launcher = { ...scriptedLauncher(system, []), findings: 7 as never };
  const heard: string[] = [];
  const onEvent = ({ type }: { readonly type: string }) => void heard.push(type);
  supervise(launcher, { policy: restartOn("permanent"), onEvent }, system);
  expect(heard).toEqual(["launched", "ready"]);
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

test("a second supervision of one launcher with one id is a finding, as long as the first is not over", async () => {
  const system = manualSystem();
  const launcher = {
    ...scriptedLauncher(system, []),
    launch: (info: LaunchInfo) => scriptedLauncher(system, [{}]).launch(info),
  };
  const found = (id: string, of: Launcher = launcher) => {
    const codes: string[] = [];
    const onEvent = (event: SupervisorEvent) => {
      if (event.type === "finding") codes.push(event.code);
    };
    const handle = supervise(of, { id, policy: restartOn("permanent"), onEvent }, system);
    return { codes, handle };
  };
  const first = found("web");
  const second = found("web");
  const others = [found("api"), found("web", { ...launcher })];
  expect(first.codes).toEqual([]);
  expect(second.codes).toEqual(["id-in-use"]);
  for (const { codes } of others) expect(codes).toEqual([]);
  await first.handle.stop();
  const third = found("web");
  expect(third.codes).toEqual(["id-in-use"]);
  await second.handle.stop();
  await third.handle.stop();
  const fourth = found("web");
  expect(fourth.codes).toEqual([]);
  await Promise.all([fourth, ...others].map(({ handle }) => handle.kill()));
});
