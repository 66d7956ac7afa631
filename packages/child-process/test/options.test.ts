import type { ChildProcess } from "node:child_process";
import { isPolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { forkLauncher, processLauncher, spawnLauncher } from "../src/index.js";
import { readProcessOptions } from "../src/read-launcher-options.js";
import { noOutlets } from "./outlets-none.js";

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
  ["stopSignal", "SIGCHLD"],
  ["sweepGraceMs", -1],
  ["sweepGraceMs", 60_001],
  ["sweepGraceMs", 0.5],
  ["lifeline", "yes"],
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
        `${option} must be one of inherit, ignore, an object with line, prefix or file, got "pipe"`,
      );
    }
  });

  it("are refused where the factory decides", () => {
    expect(() => processLauncher(make, JSON.parse('{"stdout":"ignore"}'))).toThrow(
      "stdout must be one of an object with line, prefix or file",
    );
    expect(() => processLauncher(make, { stdout: { prefix: true } })).not.toThrow();
  });
});

describe("what output is given to", () => {
  const line = () => {};
  const refusals: readonly [what: string, target: unknown, said: string][] = [
    ["nothing", {}, "an object with line, prefix or file"],
    ["a list", [], "options must be an object"],
    ["null", null, "stdout must be one of"],
    ["a number", 1, "stdout must be one of"],
    ["a line that is no function", { line: "x" }, "stdout: line must be a function"],
    ["a prefix of nothing", { prefix: "" }, "stdout: prefix must be true, or a text"],
    ["a prefix of two lines", { prefix: "a\nb" }, "stdout: prefix must be true, or a text"],
    ["no prefix", { prefix: false }, "stdout: prefix must be true, or a text"],
    ["a misspelling", { line, prefx: true }, "unknown option prefx"],
    ["an empty path", { file: "" }, "stdout: file must be a path"],
    ["a file without a path", { file: { maxBytes: 1 } }, "stdout.file: path must be"],
    ["a file of no bytes", { file: { path: "x", maxBytes: 0 } }, "maxBytes must be"],
    ["half a byte", { file: { path: "x", maxBytes: 1.5 } }, "maxBytes must be"],
    ["too many files", { file: { path: "x", maxBytes: 1, keep: 1_001 } }, "keep must be"],
    ["old files without a limit", { file: { path: "x", keep: 1 } }, "where there is no maxBytes"],
    ["a file's misspelling", { file: { path: "x", maxbytes: 1 } }, "unknown option maxbytes"],
  ];

  it.each(refusals)("%s is refused", (_what, stdout, said) => {
    for (const [, launcher] of owners) {
      const error = thrownBy(() => launcher({ stdout }));
      expect(isPolicyOptionsError(error)).toBe(true);
      expect(String(error)).toContain(said);
    }
  });

  it("is read with its defaults", () => {
    const { stdout, stderr } = readProcessOptions(
      "x",
      {
        stdout: { line, prefix: true, file: { path: () => "made", maxBytes: 1 } },
        stderr: { prefix: "db", file: "x" },
      },
      [],
    );
    expect(stdout).toMatchObject({ passesOn: false, line, prefix: null });
    expect(stdout.file?.limits).toStrictEqual({ maxBytes: 1, keep: 5 });
    expect(stdout.file?.path({ ...noOutlets.info })).toBe("made");
    expect(stderr).toMatchObject({ prefix: "db", line: undefined });
    expect(stderr.file?.limits).toBeUndefined();
  });

  it("a path that a function makes is checked at every launch", () => {
    const path = () => JSON.parse("5") as string;
    const launcher = spawnLauncher("true", [], { stdout: { file: { path } } });
    const error = thrownBy(() => launcher.launch(noOutlets.info));
    expect(isPolicyOptionsError(error) && error.option).toBe("path");
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
      sweepGraceMs: 500,
      lifeline: true,
      stdout: { passesOn: true, line: undefined, prefix: undefined, file: undefined },
      stderr: { passesOn: true, line: undefined, prefix: undefined, file: undefined },
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
    const nowhere = { passesOn: false, line: undefined, prefix: undefined, file: undefined };
    expect(settings).toMatchObject({ ...options, stdout: nowhere, stderr: nowhere });
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
    const error = thrownBy(() => spawnLauncher("true", JSON.parse('{"cwd":"/secret"}')));
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

describe("options of Node's that belong somewhere else", () => {
  it.each([
    ["stdio", /processLauncher/],
    ["detached", /killScope/],
    ["timeout", /maxRunMs/],
    ["signal", /supervise has signal/],
    ["killSignal", /stopSignal/],
  ])("%s: the error says where", (option, where) => {
    for (const [, launcher] of owners) {
      expect(String(thrownBy(() => launcher({ [option]: 1 })))).toMatch(where);
    }
  });

  it("a misspelling gets the nearest name instead", () => {
    expect(
      String(thrownBy(() => spawnLauncher("x", [], JSON.parse('{"stopsignal":"SIGINT"}')))),
    ).toMatch(/unknown option stopsignal/);
  });
});

describe("what needs a channel", () => {
  it("is refused where there is none", () => {
    const launcher = (options: object) => () => spawnLauncher("true", [], options);
    expect(launcher({ heartbeat: "message" })).toThrow("heartbeat must be output");
    expect(launcher({ messageSignal: () => undefined })).toThrow("no channel to a spawned child");
    expect(launcher({ heartbeat: "output" })).not.toThrow();
    expect(() => forkLauncher("x", [], { heartbeat: JSON.parse("1") })).toThrow(
      "heartbeat must be one of message, output",
    );
  });
});

describe("whether a child says when it is ready", () => {
  it.each([
    ["a spawned child has no way to", spawnLauncher("true"), false],
    ["by a line", spawnLauncher("true", [], { readyWhen: () => true }), true],
    ["by a prompt", spawnLauncher("true", [], { promptWhen: () => true }), true],
    ["a forked child may", forkLauncher("x"), undefined],
    ["a forked child, by a line", forkLauncher("x", [], { readyWhen: () => true }), true],
    ["a factory's child may", processLauncher(make), undefined],
    ["a factory's child, by a line", processLauncher(make, { readyWhen: () => true }), true],
  ])("%s", (_what, launcher, says) => {
    expect(launcher.saysReady).toBe(says);
  });
});

describe("whether a child gives signs of life", () => {
  it.each([
    ["a spawned child has no way to", spawnLauncher("true"), false],
    ["by its output", spawnLauncher("true", [], { heartbeat: "output" }), true],
    ["a forked child may", forkLauncher("x"), undefined],
    ["a forked child, by messages", forkLauncher("x", [], { heartbeat: "message" }), true],
    ["a factory's child may", processLauncher(make), undefined],
    ["a factory's child, by its output", processLauncher(make, { heartbeat: "output" }), true],
  ])("%s", (_what, launcher, says) => {
    expect(launcher.saysAlive).toBe(says);
  });
});

describe("what is to be started", () => {
  const path = JSON.parse('"http://localhost/x.js"');
  const junk: readonly [option: string, given: readonly unknown[], make: unknown][] = [
    ["command", [], spawnLauncher],
    ["command", [5], spawnLauncher],
    ["command", [""], spawnLauncher],
    ["command", [null], spawnLauncher],
    ["command", [["node", "x.js"]], spawnLauncher],
    ["command", [new URL("file:///bin/true")], spawnLauncher],
    ["modulePath", [], forkLauncher],
    ["modulePath", [{}], forkLauncher],
    ["modulePath", [""], forkLauncher],
    ["modulePath", [new URL(path)], forkLauncher],
    ["args", ["x", "-v"], spawnLauncher],
    ["args", ["x", { cwd: "/" }], spawnLauncher],
    ["args", ["x", null], forkLauncher],
    ["args[1]", ["x", ["a", 5]], spawnLauncher],
    ["args[0]", ["x", [undefined]], forkLauncher],
    ["factory", [], processLauncher],
    ["factory", ["node"], processLauncher],
  ];
  it.each(junk)("is refused at once where it is none: %s of %j", (option, given, launcher) => {
    const error = thrownBy(() => (launcher as (...given: unknown[]) => unknown)(...given));
    expect(isPolicyOptionsError(error) && error.option).toBe(option);
  });

  it("may be a module by its URL", () => {
    expect(forkLauncher(new URL("file:///x.js")).launch).toBeTypeOf("function");
  });
});

describe("args with a shell", () => {
  it.each([[["-c"]], [() => []]])("are refused: %s", (args) => {
    const error = thrownBy(() => spawnLauncher("echo", args, { shell: true }));
    expect(isPolicyOptionsError(error) && error.option).toBe("args");
    expect(String(error)).toMatch(/write it into the command/);
  });

  it.each([true, "/bin/sh"])("may be left out: %s", (shell) => {
    expect(() => spawnLauncher("echo x", [], { shell })).not.toThrow();
  });
});

describe("stop", () => {
  it.each<[option: string, stop: unknown, more?: object]>([
    ["stop", "SIGTERM"],
    ["stop", []],
    ["stop[0]", [null]],
    ["stop[0]", ["SIGTERM"]],
    ["stop[0].via", [{ via: "carrier pigeon" }]],
    ["stop[0].signal", [{ via: "signal" }]],
    ["stop[1].signal", [{ via: "stdin" }, { via: "signal", signal: "SIGSTOP" }]],
    ["stop[0].waitMs", [{ via: "stdin", waitMs: -1 }]],
    ["stop[0].waitMs", [{ via: "stdin", waitMs: 3_600_001 }]],
    ["stop[0].waitMs", [{ via: "kill", waitMs: 1 }]],
    ["stop[0].wait", [{ via: "stdin", wait: 1 }]],
    ["stop[0].via", [{ via: "kill" }, { via: "stdin" }]],
    ["stopSignal", [{ via: "stdin" }], { stopSignal: "SIGINT" }],
  ])("is refused by name: %s of %j", (option, stop, more = {}) => {
    for (const [, launcher] of owners) {
      const error = thrownBy(() => launcher({ stop, ...more }));
      expect(isPolicyOptionsError(error) && error.option).toBe(option);
    }
  });

  it("is read once: a list that is changed afterwards changes nothing", () => {
    const step = { via: "signal", signal: "SIGQUIT" as NodeJS.Signals, waitMs: 3_600_000 } as const;
    const stop = [{ ...step }];
    const settings = readProcessOptions("test", { stop }, null);
    stop.length = 0;
    expect(settings.stop).toStrictEqual([step]);
    expect(settings.stopSignal).toBe("SIGQUIT");
  });
});
