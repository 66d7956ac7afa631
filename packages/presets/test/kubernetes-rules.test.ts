// Restart rules of a container (KEP-5307): pkg/api/v1/pod/util.go, ContainerShouldRestart and
// findMatchingContainerRestartRule. Rows are its rules; the rewrite adds the kubelet's crash loop.

import type { Exit } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ContainerRestartPolicy,
  type ContainerRestartRule,
  type KubernetesOptions,
  kubernetes,
} from "../src/index.js";
import { atOnce, COMPLETED, delaysOf, hand, NOT_STARTED, never } from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, supervised } from "./supervised.js";

const inCodes = (...values: number[]): ContainerRestartRule => ({
  action: "Restart",
  exitCodes: { operator: "In", values },
});
const notInCodes = (...values: number[]): ContainerRestartRule => ({
  action: "Restart",
  exitCodes: { operator: "NotIn", values },
});
const code = (n: number): Exit => ({ kind: "failed", code: n });
const signalled = (signal: string): Exit => ({ kind: "signalled", signal });
const stale: Exit = { kind: "unhealthy", reason: "heartbeat-stale", ended: signalled("SIGTERM") };

describe("which exits are restarted", () => {
  test.each<[reason: string, options: KubernetesOptions, exit: Exit, restarted: boolean]>([
    ["a rule restarts what Never would not", { restartPolicyRules: [inCodes(42)] }, code(42), true],
    ["what no rule matches is Never's", { restartPolicyRules: [inCodes(42)] }, code(41), false],
    ["NotIn matches every other code", { restartPolicyRules: [notInCodes(1, 2)] }, code(3), true],
    ["and not its own", { restartPolicyRules: [notInCodes(1, 2)] }, code(2), false],
    ["In without values matches nothing", { restartPolicyRules: [inCodes()] }, code(1), false],
    ["NotIn without values matches all", { restartPolicyRules: [notInCodes()] }, COMPLETED, true],
    [
      "the first that matches: the second of two",
      { restartPolicyRules: [inCodes(1), inCodes(2)] },
      code(2),
      true,
    ],
    ["0 is a code like any other", { restartPolicyRules: [inCodes(0)] }, COMPLETED, true],
    ["SIGKILL is 137", { restartPolicyRules: [inCodes(137)] }, signalled("SIGKILL"), true],
    ["SIGTERM is 143", { restartPolicyRules: [inCodes(143)] }, signalled("SIGTERM"), true],
    [
      "a hung child is the signal that ended it",
      { restartPolicyRules: [inCodes(143)] },
      stale,
      true,
    ],
    ["memory is 137", { restartPolicyRules: [inCodes(137)] }, { kind: "out-of-memory" }, true],
    ["a failed start is 128", { restartPolicyRules: [inCodes(128)] }, NOT_STARTED, true],
    ["a throw is 1", { restartPolicyRules: [inCodes(1)] }, { kind: "failed", error: "boom" }, true],
    ["an unknown signal is 255", { restartPolicyRules: [inCodes(255)] }, signalled("SIGRT9"), true],
    [
      "nobody saw it: under Never not",
      { restartPolicyRules: [notInCodes()] },
      { kind: "lost" },
      false,
    ],
  ])("%s", (_, options, exit, restarted) => {
    const preset = kubernetes({ containerRestartPolicy: "Never", ...options });
    expect(hand(preset).end(0, 0, exit)).toEqual(restarted ? atOnce : never("not-wanted"));
  });

  test("the container's own policy goes before its pod's, which has no say then", () => {
    const none = { restartPolicy: "Always", containerRestartPolicy: "Never" } as const;
    expect(hand(kubernetes(none)).end(0)).toEqual(never("not-wanted"));
    const failed = { restartPolicy: "Never", containerRestartPolicy: "OnFailure" } as const;
    expect(hand(kubernetes(failed)).end(0)).toEqual(atOnce);
    expect(hand(kubernetes(failed)).end(0, 0, COMPLETED)).toEqual(never("not-wanted"));
    const pod = { restartPolicy: "Never", containerRestartPolicy: null } as const;
    expect(hand(kubernetes(pod)).end(0)).toEqual(never("not-wanted"));
  });

  test("a restart by a rule waits like any other", () => {
    const rules = { containerRestartPolicy: "Never", restartPolicyRules: [inCodes(1)] } as const;
    expect(delaysOf(kubernetes(rules), [1, 1, 1, 600_001])).toEqual([0, 10_000, 20_000, 0]);
  });

  test("supervised: 42 is started again, anything else is the end", async () => {
    const rules = { containerRestartPolicy: "Never", restartPolicyRules: [inCodes(42)] } as const;
    const runs = [42, 42, 1].map((n) => ({ runMs: 5, exit: code(n) }));
    const { at, ended } = await supervised(kubernetes(rules), runs, 60_000);
    expect([at, ended?.type]).toEqual([[0, 5, 10_010], "refused"]);
    const pod = await supervised(kubernetes({ restartPolicy: "Never" }), crashesAfter(5), 60_000);
    expect(pod.at).toEqual([0]);
  });
});

test("a state is read under any rules", () => {
  const rules = { containerRestartPolicy: "Never", restartPolicyRules: [inCodes(1)] } as const;
  for (const [one, other] of [
    [kubernetes(), kubernetes(rules)],
    [kubernetes(rules), kubernetes()],
  ] as const) {
    const child = hand(one);
    child.end(0);
    const saved: unknown = JSON.parse(JSON.stringify(child.state));
    expect(other.policy.parse(saved, 0)).toEqual(child.state);
  }
});

test("a description makes the preset again", () => {
  const preset = kubernetes({
    containerRestartPolicy: "OnFailure",
    restartPolicyRules: [inCodes(0)],
  });
  const { options } = preset.policy.describe;
  expect(kubernetes(options as KubernetesOptions).policy.describe).toEqual(preset.policy.describe);
});

describe("what a manifest could not say is refused by name", () => {
  const rule = inCodes(1);
  test.each<[option: string, options: object]>([
    ["containerRestartPolicy", { containerRestartPolicy: "always" }],
    ["containerRestartPolicy", { restartPolicyRules: [rule] }],
    ["restartPolicyRules", { restartPolicyRules: rule }],
    ["restartPolicyRules", { restartPolicyRules: Array(21).fill(rule) }],
    ["restartPolicyRules[1]", { restartPolicyRules: [rule, null] }],
    [
      "restartPolicyRules[0]",
      { restartPolicyRules: [{ ...rule, action: "RestartAllContainers" }] },
    ],
    ["restartPolicyRules[0]", { restartPolicyRules: [{ ...rule, onExit: {} }] }],
    ["restartPolicyRules[0]", { restartPolicyRules: [{ action: "Restart" }] }],
    [
      "restartPolicyRules[0]",
      {
        restartPolicyRules: [{ action: "Restart", exitCodes: { operator: "Equals", values: [1] } }],
      },
    ],
    ["restartPolicyRules[0].exitCodes.values", { restartPolicyRules: [inCodes(1, 1)] }],
    ["restartPolicyRules[0].exitCodes.values", { restartPolicyRules: [inCodes(0.5)] }],
    ["restartPolicyRules[0].exitCodes.values", { restartPolicyRules: [inCodes(-1)] }],
    [
      "restartPolicyRules[0].exitCodes.values",
      { restartPolicyRules: [inCodes(...Array(256).keys())] },
    ],
  ])("%s", (option, options) => {
    expect(() => kubernetes(options as KubernetesOptions)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
    );
  });
});

/** The container's exit code, for the exits that the lives have. */
function codeOf(exit: Exit): number {
  if (exit.kind === "failed") return exit.code ?? 1;
  if (exit.kind === "signalled") return exit.signal === "SIGTERM" ? 143 : 137;
  if (exit.kind === "spawn-failed") return 128;
  return exit.kind === "unhealthy" ? 137 : 0;
}

class Kubelet implements Rewrite {
  private wanted = true;
  private ended: number | null = null;
  private delay = 0;
  private next = 0;
  private admitted = false;

  constructor(
    private readonly own: ContainerRestartPolicy | null,
    private readonly pods: ContainerRestartPolicy,
    private readonly rules: readonly ContainerRestartRule[],
    private readonly initial: number,
    private readonly max: number,
  ) {}

  exited(exit: Exit, up: number, now: number) {
    if (this.admitted) this.advance();
    this.admitted = false;
    if (up > 600_000) this.next = 0;
    this.delay = this.next;
    this.ended = now;
    this.wanted = this.shouldRestart(codeOf(exit), exit.kind === "lost");
  }

  private advance() {
    this.next = this.delay === 0 ? this.initial : Math.min(this.delay * 2, this.max);
  }

  private shouldRestart(code: number, lost: boolean): boolean {
    const policy = this.own === null ? this.pods : this.own;
    if (lost) return policy !== "Never";
    for (const { exitCodes } of this.own === null ? [] : this.rules) {
      const found = (exitCodes.values ?? []).some((value) => value === code);
      if (exitCodes.operator === "In" ? found : !found) return true;
    }
    if (policy === "OnFailure") return code !== 0;
    return policy === "Always";
  }

  ask(cause: string, _: number, now: number) {
    if (cause !== "restart" || this.ended === null) {
      // A launch that is not asked leaves what it was asked about before.
      this.wanted = true;
      return 0;
    }
    if (!this.wanted) return no("not-wanted");
    this.admitted = true;
    return Math.max(0, this.delay - (now - this.ended));
  }

  reset() {
    this.ended = null;
    this.delay = 0;
    this.next = 0;
    this.admitted = false;
    this.wanted = true;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  const policy = fc.constantFrom("Always", "OnFailure", "Never");
  const rule = fc.record({
    action: fc.constant("Restart" as const),
    exitCodes: fc.record({
      operator: fc.constantFrom("In" as const, "NotIn" as const),
      values: fc.uniqueArray(fc.constantFrom(0, 1, 3, 42, 128, 137, 143), { maxLength: 4 }),
    }),
  });
  const options = fc.record({
    restartPolicy: policy,
    containerRestartPolicy: fc.option(policy),
    restartPolicyRules: fc.array(rule, { maxLength: 3 }),
    initialMs: fc.constantFrom(10_000, 1_000, 250),
    maxMs: fc.constantFrom(300_000, 5_000),
  });
  sameLives(
    options.map(({ restartPolicyRules, ...given }) => {
      const own = given.containerRestartPolicy;
      const rules = own === null ? [] : restartPolicyRules;
      const make = () => new Kubelet(own, given.restartPolicy, rules, given.initialMs, given.maxMs);
      return [kubernetes({ ...given, restartPolicyRules: rules }), make] as const;
    }),
  );
});
