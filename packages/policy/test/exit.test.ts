import { describe, expect, expectTypeOf, it } from "vitest";
import { type Exit, type ExitKind, isFailure } from "../src/index.js";

const verdicts: { readonly [kind in ExitKind]: readonly [Exit, boolean, string] } = {
  completed: [{ kind: "completed", code: 0 }, false, "it ended well"],
  failed: [{ kind: "failed", code: 1 }, true, "it ended badly"],
  signalled: [{ kind: "signalled", signal: "SIGKILL" }, true, "somebody ended it"],
  "out-of-memory": [{ kind: "out-of-memory" }, true, "the runtime ended it"],
  "timed-out": [{ kind: "timed-out", afterMs: 5 }, true, "it took too long"],
  cancelled: [{ kind: "cancelled" }, false, "it ended because it was asked to"],
  "spawn-failed": [{ kind: "spawn-failed", error: "ENOENT" }, true, "there never was a child"],
  unhealthy: [{ kind: "unhealthy", reason: "heartbeat-stale" }, true, "it was ended as dead"],
  abandoned: [{ kind: "abandoned" }, true, "it would not end"],
  lost: [{ kind: "lost" }, false, "nobody saw how it ended"],
};

describe("isFailure", () => {
  it.each(Object.entries(verdicts))("judges %s", (kind, [exit, failed]) => {
    expect(exit.kind).toBe(kind);
    expect(isFailure(exit)).toBe(failed);
  });

  it("looks at the kind only, not at the code", () => {
    expect(isFailure({ kind: "failed", code: 0 })).toBe(true);
  });
});

it("is a closed union: a switch over kind is exhaustive", () => {
  expectTypeOf<ExitKind>().toEqualTypeOf<
    | "completed"
    | "failed"
    | "signalled"
    | "out-of-memory"
    | "timed-out"
    | "cancelled"
    | "spawn-failed"
    | "unhealthy"
    | "abandoned"
    | "lost"
  >();
  expectTypeOf<Extract<Exit<number>, { kind: "completed" }>["value"]>().toEqualTypeOf<
    number | undefined
  >();
});
