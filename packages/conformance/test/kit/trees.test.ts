// Trees that we ship, through the public kit: each strategy, and OTP's supervisor by its preset.

import { checkTree } from "@steadfast/laws";
import { otpSupervisor } from "@steadfast/presets/otp-supervisor";
import type { TreeOptions } from "@steadfast/supervision/tree";
import { expect, it } from "vitest";

const children = [{ id: "a" }, { id: "b", restart: "transient" }, { id: "c" }] as const;

const TREES: readonly (readonly [string, TreeOptions])[] = [
  ["one-for-one", { strategy: "one-for-one", children }],
  ["one-for-all", { strategy: "one-for-all", children }],
  ["rest-for-one", { strategy: "rest-for-one", children }],
  ["otpSupervisor, one_for_one", otpSupervisor({ intensity: 3, children })],
  [
    "otpSupervisor, one_for_all",
    otpSupervisor({ strategy: "one_for_all", intensity: 3, children }),
  ],
];

it.each(TREES)("%s", (name, options) => {
  const { passed, notRun } = checkTree(options, { name, runs: 300 });
  const count =
    options.strategy === "rest-for-one" ? 21 : options.strategy === "one-for-all" ? 20 : 19;
  expect(passed.length, JSON.stringify(notRun)).toBe(count);
});
