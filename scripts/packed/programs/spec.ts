// Policies out of a configuration, and into one: nothing of any host is needed.

import { cell } from "@steadfast/policy";
import {
  durationFrom,
  isPolicySpecError,
  type PolicySpec,
  policyFrom,
  presetFrom,
  toJson,
} from "@steadfast/spec";
import { same } from "./same.js";

const document: PolicySpec = {
  kind: "allOf",
  members: ["on-failure", { kind: "inTurn", members: ["200ms..30s none", "2/10m"] }],
};

function complaint(json: unknown): string {
  try {
    return policyFrom(json).name;
  } catch (error) {
    return isPolicySpecError(error) ? error.path : String(error);
  }
}

export async function main(): Promise<void> {
  const policy = policyFrom(JSON.parse(JSON.stringify(document)));
  const child = cell(policy, { clock: () => 0, random: () => 0 });
  same(child.send({ type: "launch", cause: "start" }), { type: "launch", delayMs: 0 });
  same(child.failed({ kind: "failed" }, { uptimeMs: 0 }), { type: "launch", delayMs: 200 });
  same(policyFrom(toJson(policy)).describe, policy.describe);
  same(presetFrom({ preset: "systemd" }).onNotYet, "end");
  same(complaint({ kind: "allOf", members: ["5/1m", { kind: "coarse" }] }), "members[1].members");
  same(durationFrom("1h30m"), 5_400_000);
}
