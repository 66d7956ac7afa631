import { launch, refuse } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type Launcher, type SuperviseOptions, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { answers } from "./policies.js";

type Says = Pick<Launcher, "saysReady" | "saysAlive">;

function typesOf(says: Says, options: Partial<SuperviseOptions>) {
  const system = manualSystem();
  const scripted = scriptedLauncher(system, [{}]);
  const launcher: Launcher = {
    launch: (info) => scripted.launch(info),
    ...says,
  };
  const types: string[] = [];
  supervise(
    launcher,
    {
      policy: answers(launch(), refuse("x", null)),
      onEvent: (event) => types.push(event.type === "finding" ? event.code : event.type),
      ...options,
    },
    system,
  );
  return types;
}

const probe = { check: () => true };

describe("readiness, where the launcher knows of it", () => {
  it.each([
    ["nobody knows: immediate", undefined, {}, ["launched", "ready"]],
    ["its children say so: explicit", true, {}, ["launched"]],
    ["explicit said, too", true, { readiness: "explicit" }, ["launched"]],
    [
      "nobody listens",
      true,
      { readiness: "immediate" },
      ["readiness-ignored", "launched", "ready"],
    ],
    ["they cannot: immediate", false, {}, ["launched", "ready"]],
    ["they cannot, and have to", false, { readiness: "explicit" }, ["never-ready", "launched"]],
    ["a probe says it", false, { readiness: "explicit", probe }, ["launched"]],
    [
      "a probe that says only whether it lives",
      false,
      { readiness: "explicit", probe: { ...probe, for: "liveness" } },
      ["never-ready", "launched"],
    ],
    ["nobody knows, and it has to", undefined, { readiness: "explicit" }, ["launched"]],
  ] as [string, boolean | undefined, Partial<SuperviseOptions>, string[]][])(
    "%s",
    (_what, saysReady, options, types) => {
      const says = saysReady === undefined ? {} : { saysReady };
      expect(typesOf(says, options)).toStrictEqual(types);
    },
  );
});

describe("heartbeats, where the launcher knows of them", () => {
  const limit = { heartbeatTimeoutMs: 100 };
  it.each([
    ["nobody knows", {}, limit, []],
    ["nobody knows, and nobody waits", {}, {}, []],
    ["its children send them", { saysAlive: true }, limit, []],
    ["nobody would miss them", { saysAlive: true }, {}, ["heartbeats-ignored"]],
    ["they cannot", { saysAlive: false }, {}, []],
    ["they cannot, and are waited for", { saysAlive: false }, limit, ["no-heartbeats"]],
    [
      "neither ready nor alive",
      { saysReady: false, saysAlive: false },
      { ...limit, readiness: "explicit" },
      ["never-ready", "no-heartbeats"],
    ],
  ] as [string, Says, Partial<SuperviseOptions>, string[]][])(
    "%s",
    (_what, says, options, found) => {
      const findings = typesOf(says, options).filter((type) => !/^(launched|ready)$/.test(type));
      expect(findings).toStrictEqual(found);
    },
  );
});
