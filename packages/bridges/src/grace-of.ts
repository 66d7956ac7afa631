import { presetFrom } from "@steadfast/spec";
import { described } from "./policy-parts.js";
import type { Service } from "./service.js";

/** What `supervise` does where nobody says otherwise. */
const DEFAULT_MS = 5_000;

/** How long a service has to stop: its own time, or its preset's; null: it is never killed. */
export function graceOf({ stop = {}, policy }: Service): number | null {
  if (stop.gracePeriodMs !== undefined) return stop.gracePeriodMs;
  const node = described(policy);
  if (node.preset === undefined) return DEFAULT_MS;
  const { gracePeriodMs = DEFAULT_MS } = presetFrom({ preset: node.preset, options: node.options });
  return gracePeriodMs === Number.MAX_SAFE_INTEGER ? null : gracePeriodMs;
}
