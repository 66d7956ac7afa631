// The lifecycle laws hold for the slot of this repository, under any options and under some in
// particular.

import { type ChildSlotOptions, childSlot } from "@steadfast/child-slot";
import { describe, it } from "vitest";
import { slotLaws } from "../../src/index.js";

const SLOTS: readonly ChildSlotOptions[] = [
  { id: "plain" },
  { id: "explicit", readiness: "explicit" },
  {
    id: "every time differs",
    path: "/root/every",
    readiness: "explicit",
    readyTimeoutMs: 1_000,
    heartbeatTimeoutMs: 500,
    healthyAfterMs: 2_000,
    gracePeriodMs: 300,
    abandonAfterMs: 200,
  },
  {
    id: "impatient",
    readiness: "explicit",
    readyTimeoutMs: 0,
    heartbeatTimeoutMs: 0,
    healthyAfterMs: 0,
    gracePeriodMs: 0,
    abandonAfterMs: 0,
  },
  { id: "patient", gracePeriodMs: 86_400_000, abandonAfterMs: 3_600_000, healthyAfterMs: 1 },
];

describe("childSlot, under any options", () => {
  it.each(slotLaws(childSlot).map((law) => [law.name, law] as const))("%s", (_, law) => {
    law.run();
  });
});

describe.each(SLOTS)("childSlot, $id", (options) => {
  it.each(slotLaws(childSlot(options)).map((law) => [law.name, law] as const))("%s", (_, law) => {
    law.run();
  });
});
