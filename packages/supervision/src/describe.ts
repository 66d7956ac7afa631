import type { Json } from "@steadfast/policy";
import type { Rules } from "./rules.js";

/** What a supervision is, as plain JSON: its options in force, without its functions. */
export function describeSupervision({ settings, slot, own, remote }: Rules): Json {
  const { onNotYet, onRefused, operatorLaunches, delayCutBy, shared, deadlineMs, standby } =
    settings;
  const { id: _, path: __, ...limits } = slot.describe.options;
  return {
    kind: "supervision",
    options: {
      ...limits,
      onNotYet,
      onRefused,
      operatorLaunches,
      delayCutBy,
      probe: settings.probe && { ...settings.probe },
      recycle: settings.recycle && { ...settings.recycle },
      deadlineMs,
      standby,
    },
    policy: (own ?? remote)?.describe as unknown as Json,
    shared: (shared?.describe ?? null) as unknown as Json,
  };
}
