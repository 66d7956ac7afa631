import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { memoryCheck } from "../src/memory-check.js";

describe("memoryCheck", () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s bytes", (maxBytes) => {
    try {
      memoryCheck(maxBytes, "linux");
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe("maxBytes");
    }
  });

  it.each(["darwin", "win32", "freebsd"] as const)(
    "is refused on %s, with that word",
    (platform) => {
      expect(() => memoryCheck(1, platform)).toThrow(`must be linux`);
      expect(() => memoryCheck(1, platform)).toThrow(platform);
    },
  );

  it("has nothing to say of a child without a process", async () => {
    const info = { id: "a", attempt: 1, generation: 1, pid: null };
    expect(await memoryCheck(1, "linux")(info, new AbortController().signal)).toBe(true);
  });
});
