// A window that counts in five slices, and forgets at most one of them per request: the first after a
// long silence still finds all the others.

import {
  launch,
  type Millis,
  PolicyStateError,
  type RestartPolicy,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { type WindowOptions, windowParts } from "../reference/window.js";

/** When the present slice began, and how many were admitted in it and in the four before. */
interface Slices {
  readonly beganAt: Millis | null;
  readonly counts: readonly number[];
}

const FRESH: Slices = { beganAt: null, counts: [0, 0, 0, 0, 0] };

export function slicedWindow(options: Required<WindowOptions>): RestartPolicy<Slices> {
  const { limit, windowMs } = options;
  const sliceMs = Math.ceil(windowMs / FRESH.counts.length);
  const { name, describe } = windowParts(options);

  return restartPolicy<Slices>({
    name,
    describe: { ...describe },
    initial: () => FRESH,
    launch(state, _, now) {
      const at = Math.max(now, state.beganAt ?? now);
      const began = state.beganAt ?? at;
      const rotates = at - began >= sliceMs;
      const beganAt = rotates ? at : began;
      const counts = rotates ? [0, ...state.counts.slice(0, -1)] : state.counts;
      const held = counts.reduce((sum, count) => sum + count, 0);
      if (held < limit) {
        return [{ beganAt, counts: counts.map((count, i) => count + Number(i === 0)) }, launch()];
      }
      const kept = rotates ? { beganAt, counts } : state;
      return [
        kept,
        refuse("window-full", limit === 0 ? null : Math.max(1, beganAt + sliceMs - at)),
      ];
    },
    parse(raw, now) {
      const read = readState(raw);
      const counts = read.raw("counts");
      const whole = (count: unknown) => Number.isSafeInteger(count) && (count as number) >= 0;
      if (!Array.isArray(counts) || counts.length !== 5 || !counts.every(whole)) {
        throw new PolicyStateError("counts", "five whole numbers", JSON.stringify(counts));
      }
      return { beganAt: read.instant("beganAt", now), counts };
    },
  });
}
