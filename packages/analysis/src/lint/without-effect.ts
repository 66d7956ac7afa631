// An option that was given and does nothing, because another one takes its place or is missing.
//
// - A cap above the longest delay that the curve has.
// - systemd: a maximum without steps, or steps without a maximum. systemd logs both.
// - pm2: a constant delay beside a growing one.
//
// A cap that has its default was not given by anybody.

import type { Json, PolicyDescription } from "@steadfast/policy";
import { grouped } from "../simulate/grouped.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";

interface Idle {
  readonly option: string;
  readonly value: number;
  readonly why: string;
  readonly fix: string;
}

const DEFAULT_CAP_MS = 30_000;

/** From the outside in: what a preset says of its options is not said again of what it is made of. */
export function withoutEffect(
  description: PolicyDescription,
  path: readonly number[] = [],
): readonly Finding[] {
  const idle = idleOf(description);
  if (idle) {
    const { option, value, why, fix } = idle;
    return [
      {
        code: "option-without-effect",
        severity: "warning",
        message: `${description.kind}: ${option} ${grouped(value)} does nothing: ${why}`,
        numbers: { [option]: value },
        fix,
        by: "proof",
        path,
      },
    ];
  }
  return (description.members ?? []).flatMap((member, i) => withoutEffect(member, [...path, i]));
}

function idleOf({ kind, options }: PolicyDescription): Idle | null {
  switch (kind) {
    case "systemd":
    case "systemdRestartSteps":
      return idleStep(options);
    case "pm2": {
      const restartDelayMs = number(options.restartDelayMs);
      if (restartDelayMs === 0 || number(options.expBackoffRestartDelayMs) === 0) return null;
      return {
        option: "restartDelayMs",
        value: restartDelayMs,
        why: "expBackoffRestartDelayMs takes its place",
        fix: "leave one of the two out",
      };
    }
    case "backoff":
      return idleCap(options);
    default:
      return null;
  }
}

function idleStep({ restartMs, restartSteps, restartMaxDelayMs }: PolicyDescription["options"]) {
  const steps = number(restartSteps);
  const hasMaximum = typeof restartMaxDelayMs === "number";
  if (hasMaximum && steps === 0) {
    return {
      option: "restartMaxDelayMs",
      value: restartMaxDelayMs,
      why: "without restartSteps the delay does not grow",
      fix: "set restartSteps to at least 1, or leave restartMaxDelayMs out",
    };
  }
  if (hasMaximum && steps > 0 && restartMaxDelayMs <= number(restartMs)) {
    return {
      option: "restartSteps",
      value: steps,
      why: `restartMaxDelayMs ${grouped(restartMaxDelayMs)} is not above restartMs ${grouped(number(restartMs))}`,
      fix: `set restartMaxDelayMs above ${grouped(number(restartMs))}, or leave restartSteps out`,
    };
  }
  if (hasMaximum || steps === 0) return null;
  return {
    option: "restartSteps",
    value: steps,
    why: "without restartMaxDelayMs there is nothing to grow to",
    fix: "set restartMaxDelayMs, or leave restartSteps out",
  };
}

function idleCap(options: PolicyDescription["options"]): Idle | null {
  const capMs = number(options.capMs);
  const given = options.curve === undefined ? capMs !== DEFAULT_CAP_MS : true;
  const longestMs = longestUncapped(options);
  if (!given || capMs >= Number.MAX_SAFE_INTEGER || capMs <= longestMs) return null;
  return {
    option: "capMs",
    value: capMs,
    why: `no delay is longer than ${grouped(longestMs)}`,
    fix: `leave capMs out, or set it below ${grouped(longestMs)}`,
  };
}

/** Infinity where it grows without end, or is not known. */
function longestUncapped({
  curve,
  initialMs,
  factor,
  jitter,
}: PolicyDescription["options"]): number {
  const spread = jitter as string | { readonly [option: string]: Json };
  if (typeof spread !== "string" && spread.kind !== "proportional") return Infinity;
  const most = typeof spread === "string" ? 1 : Math.max(1, number(spread.high, 1));
  if (curve === undefined) {
    return number(initialMs) === 0 || factor === 1 ? most * number(initialMs) : Infinity;
  }
  const { longestMs } = curve as { readonly longestMs?: number };
  return most * (longestMs ?? Infinity);
}
