import type { ChildProcess } from "node:child_process";
import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { forkLauncher, processLauncher, spawnLauncher } from "../src/index.js";
import { readProcessOptions } from "../src/read-launcher-options.js";

type Options = Parameters<typeof readProcessOptions>[1];

const make = (): ChildProcess => {
  throw new Error("must not be called");
};

const owners: readonly [owner: string, make: (options: object) => unknown][] = [
  ["spawnLauncher", (options) => spawnLauncher("true", [], options)],
  ["forkLauncher", (options) => forkLauncher("x.js", [], options)],
  ["processLauncher", (options) => processLauncher(make, options)],
];

const bad: readonly [option: string, value: unknown][] = [
  ["stderrTail", -1],
  ["stderrTail", 1.5],
  ["stderrTail", 1_001],
  ["stderrTail", Number.NaN],
  ["stderrTail", "20"],
  ["stopSignal", "TERM"],
  ["stopSignal", 15],
  ["stopSignal", "SIGNOPE"],
  ["stopSignal", "SIGSTOP"],
  ["stopSignal", "SIGTSTP"],
  ["stopSignal", "SIGCONT"],
  ["sweepGraceMs", -1],
  ["sweepGraceMs", 60_001],
  ["sweepGraceMs", 0.5],
  ["killScope", "tree"],
  ["killScope", true],
  ["redact", /secret/],
  ["readyWhen", "listening"],
  ["onFault", null],
  ["detached", true],
  ["stdio", "pipe"],
  ["signal", new AbortController().signal],
  ["timeout", 5],
  ["stopsignal", "SIGINT"],
];

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each(owners)("the options of %s", (owner, launcher) => {
  it.each(bad)("reject %s: %s", (option, value) => {
    const error = thrownBy(() => launcher({ [option]: value }));
    expect(isPolicyOptionsError(error) && error.option).toBe(option);
    expect(String(error)).toMatch(
      new RegExp(`${owner}: (${option} must be |unknown option ${option}( |$))`),
    );
  });

  it.each([0, 1, 1_000])("accept a tail of %s lines", (stderrTail) => {
    expect(() => launcher({ stderrTail })).not.toThrow();
  });

  it("reject null", () => {
    expect(isPolicyOptionsError(thrownBy(() => launcher(JSON.parse("null"))))).toBe(true);
  });

  it("do not show the value of an unknown option", () => {
    expect(String(thrownBy(() => launcher({ environment: "hunter2" })))).not.toContain("hunter2");
  });
});

describe("the options of the launchers that start the child", () => {
  it.each(owners.slice(0, 2))("%s takes only known places for output", (_owner, launcher) => {
    for (const option of ["stdout", "stderr"]) {
      expect(() => launcher({ [option]: "inherit" })).not.toThrow();
      expect(() => launcher({ [option]: "ignore" })).not.toThrow();
      expect(() => launcher({ [option]: "pipe" })).toThrow(
        `${option} must be one of inherit, ignore`,
      );
    }
  });

  it("are refused where the factory decides", () => {
    expect(() => processLauncher(make, JSON.parse('{"stdout":"ignore"}'))).toThrow(
      "unknown option stdout",
    );
  });
});

describe("the environment and the working directory", () => {
  const info = { id: "a", attempt: 1, generation: 1, cause: "start", failures: 0 } as const;
  const refusals: readonly [what: string, option: string, value: unknown][] = [
    ["a promise", "env", Promise.resolve({ TOKEN: "hunter2" })],
    ["null", "env", null],
    ["a string", "env", "TOKEN=hunter2"],
    ["a list", "env", ["TOKEN=hunter2"]],
    ["a Map", "env", new Map([["TOKEN", "hunter2"]])],
    ["a number", "cwd", 5],
    ["null", "cwd", null],
    ["a promise", "cwd", Promise.resolve("/hunter2")],
    ["a URL of the web", "cwd", new URL("https://example.com/hunter2")],
  ];

  it.each(refusals)("%s is refused: %s", (_, option, value) => {
    for (const [owner, launcher] of owners.slice(0, 2)) {
      const error = thrownBy(() => launcher({ [option]: value }));
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
      expect(String(error)).toContain(`${owner}: ${option} must be `);
      expect(String(error)).not.toContain("hunter2");
    }
  });

  it.each(refusals.filter(([, option]) => option === "env"))(
    "%s is refused also when a function makes the environment",
    (_, option, value) => {
      const launcher = spawnLauncher("true", [], { env: () => value as NodeJS.ProcessEnv });
      const error = thrownBy(() => launcher.launch(info));
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
    },
  );

  it.each([undefined, "/tmp", new URL("file:///tmp")])("%s is taken for a directory", (cwd) => {
    expect(() => spawnLauncher("true", [], { cwd, env: { ...process.env } })).not.toThrow();
  });
});

describe("readProcessOptions", () => {
  const read = (options: Options) => readProcessOptions("x", options, []);

  it("fills in the defaults", () => {
    expect(read({})).toMatchObject({
      stopSignal: "SIGTERM",
      killScope: "group",
      stdout: "inherit",
      stderr: "inherit",
      stderrTail: 20,
      readyWhen: undefined,
      redact: undefined,
    });
  });

  it("uses every option", () => {
    const faults: unknown[] = [];
    const options = {
      stopSignal: "SIGINT",
      killScope: "mixed",
      stdout: "ignore",
      stderr: "ignore",
      stderrTail: 3,
      redact: () => "x",
      readyWhen: () => true,
    } as const;
    const settings = read({ ...options, onFault: (error) => faults.push(error) });
    expect(settings).toMatchObject(options);
    settings.onFault("a");
    expect(faults).toStrictEqual(["a"]);
  });

  it("survives an onFault that throws", () => {
    const settings = read({
      onFault() {
        throw new Error("boom");
      },
    });
    expect(() => settings.onFault("a")).not.toThrow();
  });
});

describe("the arguments of a launcher", () => {
  const info = { id: "a", attempt: 1, generation: 1, cause: "start", failures: 0 } as const;

  it("must be an array: Node would take an object for its options", () => {
    const launcher = spawnLauncher("true", JSON.parse('{"cwd":"/secret"}'));
    const error = thrownBy(() => launcher.launch(info));
    expect(isPolicyOptionsError(error) && error.option).toBe("args");
    expect(String(error)).not.toContain("secret");
  });

  it("must be an array also when a function makes them", () => {
    const launcher = spawnLauncher("true", () => JSON.parse('"-x"'));
    expect(isPolicyOptionsError(thrownBy(() => launcher.launch(info)))).toBe(true);
  });

  it("a factory must be a function, and return a child", () => {
    expect(() => processLauncher(JSON.parse("{}"))).toThrow("factory must be a function");
    for (const made of ["null", "{}", '{"pid":1}']) {
      const launcher = processLauncher(() => JSON.parse(made));
      expect(() => launcher.launch(info)).toThrow("a function that returns a ChildProcess");
    }
  });

  it("an error of the factory's own is thrown, a system error is an exit", async () => {
    const boom = new Error("boom");
    const failing = processLauncher(() => {
      throw boom;
    });
    expect(thrownBy(() => failing.launch(info))).toBe(boom);

    const error = Object.assign(new Error("open EMFILE"), { errno: -24, syscall: "open" });
    const refused = processLauncher(() => {
      throw error;
    });
    const child = refused.launch(info);
    child.onSignal(() => {});
    child.requestStop("stop");
    child.kill();
    child.abandon?.();
    expect(child.pid).toBeUndefined();
    expect(child.send).toBeUndefined();
    expect(await child.exited).toStrictEqual({ kind: "spawn-failed", error });
  });
});
