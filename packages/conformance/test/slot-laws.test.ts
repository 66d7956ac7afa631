// Our own slot through the public kit, under any options.

import { childSlot } from "@steadfast/child-slot";
import { slotLaws } from "@steadfast/laws";
import { describe, it } from "vitest";

describe("childSlot", () => {
  it.each(slotLaws(childSlot).map((law) => [law.name, law] as const))("%s", (_, law) => {
    law.run();
  });
});
