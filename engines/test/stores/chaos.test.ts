// Eight hosts, one window, everything that goes wrong: no window ever holds more than the limit, and nothing that
// was acknowledged is lost.

import { describe, expect, test } from "vitest";
import { isMissing } from "../../tools.ts";
import { chaos } from "./chaos/chaos.ts";

const SEEDS = [1, 2, 3];
const MISSING = { redis: isMissing("redis-server"), postgres: isMissing("postgres") };

describe.each(["redis", "postgres"] as const)("%s", (kind) => {
  test.skipIf(MISSING[kind]).each(SEEDS)(
    "20 000 requests of eight hosts that are killed, stopped and cut off, seed %i",
    { timeout: 240_000 },
    async (seed) => {
      const found = await chaos({ kind, seed, requests: 20_000 });
      console.log(`${kind}, seed ${seed}: ${JSON.stringify(found)}`);
      expect(found.overfull).toBeNull();
      expect(found.launched).toBeLessThanOrEqual(found.granted);
      for (const times of Object.values(found.faults)) expect(times).toBeGreaterThan(0);
      expect(found.share).toBeGreaterThanOrEqual(0.9);
    },
  );
});

test.skipIf(MISSING.redis)(
  "the checker sees a store that compares nothing",
  { timeout: 240_000 },
  async () => {
    const found = await chaos({ kind: "redis", seed: 1, requests: 5_000, calm: true, blind: true });
    expect(found.overfull).not.toBeNull();
  },
);
