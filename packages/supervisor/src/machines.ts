// One supervision serves all children of a kind: those with the same policy object and equal options
// share one, and what belongs to a child is its state.

import type { RemotePolicy, RestartPolicy } from "@steadfast/policy";
import { type Supervision, type SupervisionSettings, supervisionOf } from "@steadfast/supervision";

interface Known {
  readonly settings: SupervisionSettings;
  readonly machine: Supervision;
}

/** The kinds that are remembered per policy: the latest ones. */
const MOST_KINDS = 8;

const known = new WeakMap<RestartPolicy | RemotePolicy, Known[]>();

export function machineOf(settings: SupervisionSettings): Supervision {
  const kinds = known.get(settings.policy) ?? [];
  const found = kinds.find((kind) => isEqual(kind.settings, settings));
  if (found) return found.machine;
  const machine = supervisionOf(settings, "supervise");
  known.set(settings.policy, [{ settings, machine }, ...kinds].slice(0, MOST_KINDS));
  return machine;
}

/** Plain objects and arrays by what is in them, anything else by identity. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => isEqual(one[key as never], other[key as never]))
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
