import type { RestartPolicy } from "@steadfast/policy";
import type { SupervisionRules } from "../simulate/rules.js";
import { simulate } from "../simulate/simulate.js";
import type { Finding } from "./finding.js";
import { withDraw } from "./with-draw.js";

const MOST_LAUNCHES = 10_000;

/** The same finding if a child that crashes at once, with the luckiest draws, was never refused. */
export function ifSeen(
  finding: Finding,
  policy: RestartPolicy,
  rules: SupervisionRules,
): Finding | null {
  const { limit, retries, threshold } = finding.numbers;
  const maxLaunches = Math.min(2 * (limit ?? retries ?? threshold ?? 0) + 100, MOST_LAUNCHES);
  const world = { uptimeMs: 0, maxLaunches, forMs: Number.MAX_SAFE_INTEGER };
  const { end, refusals } = simulate(withDraw(policy, 0), world, rules);
  const seen = end === "max-launches" && refusals.length === 0;
  return seen ? { ...finding, by: "simulation" } : null;
}
