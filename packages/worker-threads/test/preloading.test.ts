// The flags that a worker gets when it is given a preload and inherits the host's.

import { getEnvironmentData } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { marked, withoutInvalid } from "../src/preloading.js";
import { PRELOADED } from "../src/wire.js";

describe("flags that Node refused", () => {
  const refusal = (message: string) =>
    Object.assign(new Error(message), { code: "ERR_WORKER_INVALID_EXEC_ARGV" });

  it("are left out, and no others", () => {
    const flags = ["--expose-gc", "--no-warnings", "--stack-size=900"];
    const error = refusal(
      "Initiated Worker with invalid execArgv flags: --expose-gc, --stack-size=900",
    );
    expect(withoutInvalid(flags, error)).toStrictEqual(["--no-warnings"]);
  });

  it("are thrown on where it is another error", () => {
    const error = new RangeError("flags: --expose-gc");
    expect(() => withoutInvalid(["--expose-gc"], error)).toThrow(error);
  });
});

describe("the mark", () => {
  it("is there for what is started meanwhile, and gone after, also after a throw", () => {
    expect(marked(() => getEnvironmentData(PRELOADED))).toBe(true);
    expect(getEnvironmentData(PRELOADED)).toBeUndefined();
    const error = new Error("no thread");
    const fails = () =>
      marked(() => {
        throw error;
      });
    expect(fails).toThrow(error);
    expect(getEnvironmentData(PRELOADED)).toBeUndefined();
  });
});
