// What `logEvents` refuses, where it writes by itself, and when it uses colour.

import { isPolicyOptionsError } from "@steadfast/policy";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LogOptions, logEvents } from "../../src/console.js";
import { delay } from "../policies.js";
import { stage } from "../stage.js";
import { eventOf } from "./told.js";

const launched = eventOf({ type: "launched", cause: "start", pid: 7 });

describe("a bad option", () => {
  it.each<[options: object, words: string]>([
    [{ write: "stderr" }, 'logEvents: write must be a function, got "stderr"'],
    [{ write: null }, "logEvents: write must be a function, got null"],
    [{ format: "pretty" }, 'logEvents: format must be one of text, json, got "pretty"'],
    [{ color: 1 }, "logEvents: color must be true or false, got 1"],
    [
      { time: "UTC" },
      'logEvents: time must be one of local, utc, none, got "UTC" (did you mean utc?)',
    ],
    [
      { everyMs: -1 },
      "logEvents: everyMs must be a whole number from 0 to 9007199254740991, got -1",
    ],
    [
      { explain: { night: 5 } },
      'logEvents: explain must be an object of texts by code, such as { night: "it is night" }, got {"night":5}',
    ],
    [
      { explain: null },
      'logEvents: explain must be an object of texts by code, such as { night: "it is night" }, got null',
    ],
  ])("%j", (options, words) => {
    let error: unknown;
    try {
      logEvents(options as LogOptions);
    } catch (caught) {
      error = caught;
    }
    expect(isPolicyOptionsError(error)).toBe(true);
    expect((error as Error).message).toBe(words);
  });

  it.each([null, 5])("options that are %j", (options) => {
    expect(() => logEvents(options as unknown as LogOptions)).toThrow("logEvents: options must be");
  });

  it("a misspelling", () => {
    expect(() => logEvents({ colour: true } as LogOptions)).toThrow(/^logEvents: .*colour/);
  });
});

describe("where the lines go", () => {
  const written: unknown[][] = [];
  const { isTTY } = process.stderr;

  beforeEach(() => {
    written.length = 0;
    vi.spyOn(console, "error").mockImplementation((...words) => void written.push(words));
    for (const name of ["NO_COLOR", "FORCE_COLOR"]) vi.stubEnv(name, undefined);
    vi.stubEnv("TERM", "xterm-256color");
  });

  afterEach(() => {
    process.stderr.isTTY = isTTY;
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const first = (options?: LogOptions) => {
    logEvents(options)(launched);
    return String(written[0]?.[0]);
  };

  it("to the console: JSON where standard error is no terminal", () => {
    process.stderr.isTTY = false;
    expect(JSON.parse(first())).toMatchObject({ event: "launched", message: "started (pid 7)" });
    expect(written[0]).toHaveLength(1);
  });

  it("to the console: text and colour where it is one, with the local time", () => {
    process.stderr.isTTY = true;
    const date = new Date(0);
    const time = [date.getHours(), date.getMinutes(), date.getSeconds()]
      .map((part) => `${part}`.padStart(2, "0"))
      .join(":");
    expect(first()).toBe(`\u001b[2m${time}\u001b[0m child  started (pid 7)`);
  });

  it("to `write`: JSON and no colour, whatever standard error is", () => {
    process.stderr.isTTY = true;
    vi.stubEnv("FORCE_COLOR", "1");
    const lines: string[] = [];
    logEvents({ write: (line) => lines.push(line) })(launched);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "launched" });
    logEvents({ write: (line) => lines.push(line), format: "text", time: "utc" })(launched);
    expect(lines[1]).toBe("00:00:00 child  started (pid 7)");
    expect(written).toEqual([]);
  });

  it.each<[terminal: boolean, env: Record<string, string>, colored: boolean]>([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "" }, false],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { FORCE_COLOR: "false" }, false],
    [false, { FORCE_COLOR: "3", NO_COLOR: "1", TERM: "dumb" }, true],
  ])("terminal %j, %j: colour %j", (terminal, env, colored) => {
    process.stderr.isTTY = terminal;
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(first({ format: "text" }).startsWith("\u001b")).toBe(colored);
  });

  it.each<[name: string, process: unknown]>([
    ["no process", undefined],
    ["a process without anything", {}],
    [
      "a process that says nothing without a permission",
      new Proxy(
        {},
        {
          get() {
            throw new Error("NotCapable");
          },
        },
      ),
    ],
  ])("in a runtime with %s: JSON", (_, instead) => {
    vi.stubGlobal("process", instead);
    const line = first();
    const text = first({ format: "text", time: "none" });
    vi.unstubAllGlobals();
    expect(line[0]).toBe("{");
    expect(text[0]).toBe("{");
    expect(written[1]).toEqual(["child  started (pid 7)"]);
  });

  it("to the console: an error of standard error has one listener, which is ours", () => {
    process.stderr.removeAllListeners("error");
    logEvents({ write: () => {} });
    expect(process.stderr.listenerCount("error")).toBe(0);
    logEvents();
    logEvents();
    expect(process.stderr.listenerCount("error")).toBe(1);
    expect(() => process.stderr.emit("error", new Error("EPIPE"))).not.toThrow();
  });

  it("`logEvents` given as a listener says that it is to be called", async () => {
    const { handle } = stage({ policy: delay(0), onEvent: logEvents as never });
    await handle.stop();
    expect(written).toEqual([
      [
        'logEvents: options must be left out or an object: it makes a listener, so call it (onEvent: logEvents()), got "an event"',
      ],
    ]);
  });
});
