// What the factory refuses, before any worker.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SHARE_ENV } from "node:worker_threads";
import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type WorkerThreadOptions, workerLauncher } from "../src/index.js";
import { workerEntry } from "../src/worker-entry.js";
import { checkedOptions, fixedOptions } from "../src/worker-options.js";
import { hostile } from "./hostile.js";

const ENTRY = new URL("data:text/javascript,");
const info = { id: "w", attempt: 2, generation: 1, cause: "restart", failures: 0 } as const;

function refusal(make: () => unknown) {
  try {
    make();
  } catch (error) {
    if (isPolicyOptionsError(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("an entry", () => {
  it.each([
    ["undefined", undefined],
    ["null", null],
    ["a number", 3],
    ["the empty string", ""],
    ["a bare name", "worker.js"],
    ["a hidden file without ./", ".worker.js"],
    ["a folder name that begins with dots", "..worker/x.js"],
    ["a URL in a string", "file:///app/worker.js"],
    ["code", "while (true);"],
    ["a URL of the web", new URL("https://example.com/worker.js")],
    ["an object", {}],
  ])("is refused: %s", (_, entry) => {
    const error = refusal(() => workerLauncher(entry as string));
    expect(error.option).toBe("entry");
    expect(error.message).toMatch(/^workerLauncher: entry must be a function that/);
  });

  it.each(["./worker.js", "../worker.js", "/app/worker.js", "./a b#c?.mjs"])(
    "that is the path %s is resolved once, against the working directory",
    (path) => {
      expect(workerEntry("w", path).href).toBe(pathToFileURL(resolve(path)).href);
    },
  );

  it("that is a URL is copied: a later change has no effect", () => {
    const url = new URL("file:///app/worker.js?x=1");
    const entry = workerEntry("w", url);
    url.pathname = "/app/other.js";
    expect(entry.href).toBe("file:///app/worker.js?x=1");
  });
});

/** One refused value for each option, and what is said of it. */
const REFUSED: readonly (readonly [string, unknown, RegExp])[] = [
  ["argv", "--verbose", /argv must be an array, got "string"/],
  ["env", "SECRET=1", /env must be an object or SHARE_ENV, got "string"/],
  ["env", null, /env must be an object/],
  ["execArgv", "--no-warnings", /execArgv must be an array of strings/],
  ["execArgv", [1], /execArgv must be an array of strings/],
  ["name", 3, /name must be a string/],
  ["trackUnmanagedFds", 1, /trackUnmanagedFds must be a boolean/],
  ["transferList", [], /transferList must be left out, or come from a function/],
  ["transferList", {}, /transferList must be an array/],
  ["resourceLimits", 64, /resourceLimits must be an object of finite numbers above 0/],
  ["resourceLimits", null, /resourceLimits must be/],
  ["resourceLimits", { maxOldGenerationSizeMb: 0 }, /resourceLimits must be/],
  ["resourceLimits", { maxOldGenerationSizeMb: -1 }, /resourceLimits must be/],
  ["resourceLimits", { stackSizeMb: Number.NaN }, /resourceLimits must be/],
  ["resourceLimits", { stackSizeMb: Number.POSITIVE_INFINITY }, /resourceLimits must be/],
  ["resourceLimits", { stackSizeMb: "4" }, /resourceLimits must be/],
  ["resourceLimits", { maxOldSpaceMb: 64 }, /resourceLimits must be/],
  ["stderr", true, /stderr must be left out: give a factory instead of an entry/],
  ["stdout", true, /stdout must be left out/],
  ["stdin", true, /stdin must be left out/],
  ["eval", true, /eval must be left out/],
  ["workerdata", 1, /workerdata must be left out \(did you mean workerData\?\)/],
  ["stderrTail", 1.5, /stderrTail must be a whole number from 0 to 1000/],
  ["stderrTail", -1, /stderrTail must be a whole number/],
  ["stderrTail", 1_001, /stderrTail must be a whole number/],
  ["heartbeatEveryMs", 0, /heartbeatEveryMs must be a whole number from 1/],
  ["heartbeatEveryMs", 2 ** 31, /heartbeatEveryMs must be a whole number from 1/],
  ["heartbeatEveryMs", "1s", /heartbeatEveryMs must be a whole number from 1/],
  ["redact", /x/, /redact must be a function/],
  ["toString", 1, /toString must be left out/],
];

describe("an option", () => {
  it.each(REFUSED)("%s is refused: %j", (key, value, message) => {
    const error = refusal(() => workerLauncher(ENTRY, { [key]: value }));
    expect(error.option).toBe(key);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("SECRET");
  });

  it.each([
    ["null", null],
    ["a string", "x"],
    ["a promise", Promise.resolve({})],
  ])("list that is %s is refused", (_, options) => {
    const error = refusal(() => workerLauncher(ENTRY, options as WorkerThreadOptions));
    expect(error.option).toBe("options");
  });

  it("list that is a Proxy which traps everything is not taken", () => {
    expect(() => workerLauncher(ENTRY, hostile())).toThrow("trapped");
  });

  it("list beside a factory is refused", () => {
    const factory = () => {
      throw new Error("never called");
    };
    const launcher = workerLauncher as (entry: unknown, options: unknown) => unknown;
    expect(refusal(() => launcher(factory, {})).option).toBe("options");
  });

  it("list is taken as it is, and copied", () => {
    const options = {
      argv: ["a", 1],
      env: SHARE_ENV,
      execArgv: ["--no-warnings"],
      name: "w",
      resourceLimits: { maxOldGenerationSizeMb: 0.5, maxYoungGenerationSizeMb: undefined },
      trackUnmanagedFds: false,
      workerData: null,
    } as unknown as WorkerThreadOptions;
    const taken = fixedOptions("w", options);
    const before = { ...options };
    options.name = "changed";
    expect(taken).toStrictEqual(before);
    const absent: object = { argv: undefined, name: undefined };
    expect(fixedOptions("w", absent)).toStrictEqual(absent);
  });

  it("list may be made for each attempt, and is checked then", () => {
    const list = { name: "attempt 2", transferList: [] };
    expect(checkedOptions("w", list)).toStrictEqual(list);
    const launcher = workerLauncher(ENTRY, ({ attempt }) =>
      attempt === 2 ? ({ argv: 1 } as object) : (Promise.resolve({}) as object),
    );
    expect(refusal(() => launcher.launch(info)).option).toBe("argv");
    expect(refusal(() => launcher.launch({ ...info, attempt: 3 })).option).toBe("options");
  });
});
