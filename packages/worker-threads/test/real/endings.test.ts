// Every way in which a worker can end, in real threads: one exit each.

import { once as onceOf } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { workerLauncher } from "../../src/index.js";
import { code, info, messages, start, watch, worker } from "./start.js";

const failed = (error: unknown, exitCode = 1) => ({ kind: "failed", error, code: exitCode });
const BUSY = "setInterval(() => {}, 2 ** 30);";

const DEEP = "let list = null; for (let i = 0; i < 5_000; i++) list = { next: list };";
const WASM =
  "const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));";

const ENDINGS: readonly (readonly [string, string, object])[] = [
  ["has nothing to do", "", { kind: "completed", code: 0 }],
  ["exits with code 0", "process.exit(0)", { kind: "completed", code: 0 }],
  ["exits with code 1", "process.exit(1)", { kind: "failed", code: 1 }],
  ["exits with code 3", "process.exit(3)", { kind: "failed", code: 3 }],
  ["exits later", `${BUSY} setImmediate(() => process.exit(5))`, { kind: "failed", code: 5 }],
  ["sets its exit code", "process.exitCode = 4", { kind: "failed", code: 4 }],
  ["closes its port", closesPort(), { kind: "completed", code: 0 }],
  ["waits for what never comes", "await new Promise(() => {})", { kind: "failed", code: 13 }],
  ["throws at once", "throw new Error('boom')", failed({ message: "boom" })],
  [
    "throws later",
    `${BUSY} setImmediate(() => { throw new Error('boom') })`,
    failed({ message: "boom" }),
  ],
  ["rejects", "Promise.reject(new Error('boom'))", failed({ message: "boom" })],
  [
    "rejects while it loads",
    "await Promise.reject(new Error('boom'))",
    failed({ message: "boom" }),
  ],
  [
    "throws with a code",
    "throw Object.assign(new Error('x'), { code: 'MINE' })",
    failed({ code: "MINE" }),
  ],
  [
    "throws and sets code 0",
    "process.on('exit', () => { process.exitCode = 0 }); throw 1",
    failed(1, 0),
  ],
  ["throws in its exit listener too", "process.on('exit', () => { throw 2 }); throw 1", failed(1)],
  ["throws undefined", "throw undefined", failed(undefined)],
  ["throws null", "throw null", failed(null)],
  ["throws a string", "throw 'boom'", failed("boom")],
  ["throws zero", "throw 0", failed(0)],
  ["rejects with undefined", "Promise.reject()", failed({ code: "ERR_UNHANDLED_REJECTION" })],
  ["throws a function", "throw () => 1", failed(expect.stringContaining("Function"))],
  [
    "throws what cannot be cloned",
    "throw new WebAssembly.Memory({ initial: 1 })",
    failed(expect.stringContaining("Memory")),
  ],
  [
    "throws an error with a function in it",
    "throw Object.assign(new Error('x'), { f() {}, n: 1 })",
    failed({ message: "x" }),
  ],
  [
    "throws a Proxy that traps",
    "throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })",
    failed(expect.anything()),
  ],
  [
    "throws a list too deep to be read",
    `${DEEP} throw Object.assign(new Error('bad list'), { list })`,
    failed({ message: "bad list", list: { next: { next: {} } } }),
  ],
  [
    "rejects with a list too deep to be read",
    `${DEEP} Promise.reject(Object.assign(new Error('bad list'), { list, code: 'DEEP' }))`,
    failed({ message: "bad list", code: "DEEP" }),
  ],
  ["throws a list too deep to be read, and no error", `${DEEP} throw list`, failed({ next: {} })],
  [
    "throws a module of WebAssembly in a field",
    `${WASM} throw Object.assign(new TypeError('bad module'), { module })`,
    failed({ name: "TypeError", message: "bad module" }),
  ],
  [
    "throws a module of WebAssembly",
    `${WASM} throw module`,
    failed(expect.stringContaining("Module")),
  ],
  [
    "throws an error that is its own cause",
    "const e = new Error('c'); e.cause = e; throw e",
    failed({ message: "c", cause: "[circular]" }),
  ],
  [
    "throws a chain of 5000 causes",
    "let e = new Error('first'); for (let i = 0; i < 5_000; i++) e = new Error('e' + i, { cause: e }); throw e",
    failed({ message: "e4999", cause: { message: "e4998" } }),
  ],
  [
    "throws in a listener of its own what is too deep",
    `${DEEP} process.on('uncaughtException', () => { throw Object.assign(new Error('in listener'), { list }) }); throw 1`,
    failed({ message: "in listener" }),
  ],
  [
    "handles its own error",
    "process.once('uncaughtException', () => { process.exitCode = 6 }); throw 1",
    { kind: "failed", code: 6 },
  ],
  [
    "exits with 0 while it throws",
    "process.on('exit', () => process.exit(0)); throw new Error('boom')",
    failed({ message: "boom" }, 0),
  ],
  [
    "throws an error of its own class",
    "class Mine extends RangeError { name = 'Mine'; retryable = true; } throw new Mine('m')",
    failed({ name: "Mine", message: "m", retryable: true }),
  ],
  ["does not parse", "let x = ;", failed({ name: "SyntaxError" })],
  ["parses JSON badly", "JSON.parse('{')", failed({ name: "SyntaxError" })],
  [
    "imports a built-in that is not there",
    "import 'node:nope'",
    failed({ code: "ERR_UNKNOWN_BUILTIN_MODULE" }),
  ],
  [
    "imports a file that is not there",
    "await import('file:///nowhere/nope.mjs')",
    failed({ code: "ERR_MODULE_NOT_FOUND" }),
  ],
];

function closesPort(): string {
  return `
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", () => {});
    setImmediate(() => parentPort.close());
  `;
}

describe("a worker that", () => {
  it.each(ENDINGS)("%s", async (_, source, exit) => {
    const { exited, heard } = start(code(source));
    expect(await exited).toMatchObject(exit);
    expect(heard).toStrictEqual([]);
  });

  it("throws undefined says so: there is an error, and it is undefined", async () => {
    expect(Object.entries(await start(code("throw undefined")).exited)).toStrictEqual([
      ["kind", "failed"],
      ["error", undefined],
      ["code", 1],
    ]);
  });

  it("hangs in an `exit` listener after it threw has its error all the same", async () => {
    const { child, exited, next } = start(
      code(`
        import { parentPort } from "node:worker_threads";
        process.on("exit", () => { parentPort.postMessage("hangs"); for (;;); });
        throw new Error("boom");
      `),
    );
    await next();
    child.kill();
    expect(await exited).toMatchObject({ kind: "failed", error: { message: "boom" } });
  });

  it("reaches its memory limit is out of memory", async () => {
    const limits = { resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 } };
    expect(await start(worker("out-of-memory.cjs"), limits).exited).toMatchObject({
      kind: "out-of-memory",
      code: 1,
      error: { code: "ERR_WORKER_OUT_OF_MEMORY" },
    });
  });

  it("has two errors told of it fails with the first", async () => {
    const { exited } = watch(
      workerLauncher(() => {
        const mine = new Worker(code(""));
        mine.on("online", () => {
          mine.emit("error", "first");
          mine.emit("error", "second");
        });
        return mine;
      }),
    );
    expect(await exited).toStrictEqual(failed("first", 0));
  });

  it("says something and throws at once is heard before its exit", async () => {
    const { exited, heard } = start(
      code(`
        import { parentPort } from "node:worker_threads";
        parentPort.postMessage({ steadfast: "ready" });
        parentPort.postMessage("last words");
        throw new Error("boom");
      `),
    );
    expect(await exited).toMatchObject({ kind: "failed", error: { message: "boom" } });
    expect(heard).toStrictEqual([{ type: "ready" }, { type: "message", message: "last words" }]);
  });
});

describe("a worker whose module is not there", () => {
  it.each([
    ["a URL", worker("nope.mjs")],
    ["a path", "/nowhere/nope.js"],
    ["a relative path", "./nowhere/nope.js"],
    ["a folder", worker("")],
  ])("never was one: %s", async (_, entry) => {
    const exit = await start(entry).exited;
    expect(exit).toMatchObject({ kind: "spawn-failed", error: { code: "MODULE_NOT_FOUND" } });
  });

  it("never was one, also where a preload changes the loader", async () => {
    const preload = { execArgv: ["--import", "data:text/javascript,"] };
    expect(await start(worker("nope.mjs"), preload).exited).toMatchObject({
      kind: "spawn-failed",
      error: { code: "ERR_MODULE_NOT_FOUND" },
    });
  });

  it("never was one, also from a factory", async () => {
    const launcher = workerLauncher(() => new Worker(worker("nope.mjs")));
    expect(await launcher.launch(info).exited).toMatchObject({ kind: "spawn-failed" });
  });

  it("is another matter than a dependency that is not there", async () => {
    const asks =
      "import { createRequire } from 'node:module'; createRequire('/nowhere/x.js')('./y')";
    expect(await start(code(asks)).exited).toMatchObject({
      kind: "failed",
      error: { code: "MODULE_NOT_FOUND" },
    });
  });
});

describe("a worker whose preload fails", () => {
  it("never was one: it never ran", async () => {
    const preload = { execArgv: ["--require", "/nowhere/preload.cjs"] };
    expect(await start(code(""), preload).exited).toMatchObject({ kind: "spawn-failed" });
  });
});

describe("a worker that ends before it runs", () => {
  it.each([0, 3])("never was one: its preload exits with code %i", async (exitCode) => {
    const exits = fileURLToPath(worker("exits.cjs"));
    const env = { EXIT_CODE: `${exitCode}` };
    const { exited } = start(code(BUSY), { execArgv: ["--require", exits], env });
    expect(await exited).toMatchObject({
      kind: "spawn-failed",
      error: { message: expect.stringContaining(`with code ${exitCode}`) },
    });
  });

  it("never was one: somebody else terminates it", async () => {
    const launcher = workerLauncher(() => {
      const mine = new Worker(code(BUSY));
      queueMicrotask(() => void mine.terminate());
      return mine;
    });
    expect(await launcher.launch(info).exited).toMatchObject({ kind: "spawn-failed" });
  });
});

describe("a kill", () => {
  it("ends a worker that is busy: cancelled, without an error", async () => {
    const { child, exited, next } = start(
      code(`
        import { parentPort } from "node:worker_threads";
        parentPort.postMessage("now");
        for (;;);
      `),
    );
    await next();
    child.kill();
    child.kill();
    expect(await exited).toStrictEqual({ kind: "cancelled" });
    child.kill();
  });

  it("ends a worker that waits", async () => {
    const { child, exited, next } = start(
      code(`
        import { parentPort } from "node:worker_threads";
        parentPort.postMessage("now");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      `),
    );
    await next();
    child.kill();
    expect(await exited).toStrictEqual({ kind: "cancelled" });
  });

  it("ends a worker that has not begun", async () => {
    const { child, exited, heard } = start(code(BUSY));
    child.kill();
    expect(await exited).toStrictEqual({ kind: "cancelled" });
    expect(heard).toStrictEqual([]);
  });

  it("ends a worker of which somebody else has the handle", async () => {
    let theirs: Worker | null = null;
    const { exited } = watch(
      workerLauncher(() => {
        theirs = new Worker(code(BUSY));
        theirs.on("online", () => void theirs?.terminate());
        return theirs;
      }),
    );
    expect(await exited).toStrictEqual({ kind: "failed", code: 1 });
    expect(theirs).not.toBeNull();
  });
});

describe("a launch that comes to nothing", () => {
  it("is an exit if the system refuses: no more threads", async () => {
    // What `new Worker` throws on Node 20 to 26 when the kernel has no thread left.
    const error = Object.assign(new Error("EAGAIN"), { code: "ERR_WORKER_INIT_FAILED" });
    const child = workerLauncher(() => {
      throw error;
    }).launch(info);
    child.onSignal(() => {});
    child.requestStop("stop");
    child.kill();
    child.send?.("hello");
    child.abandon?.();
    expect(await child.exited).toStrictEqual({ kind: "spawn-failed", error });
  });

  it.each([
    ["data that cannot be cloned", { workerData: () => 1 }, "DataCloneError"],
    ["bad execArgv", { execArgv: ["--no-such-flag"] }, "Error"],
  ])("throws for a mistake: %s", (_, options, name) => {
    const launcher = workerLauncher(code(""), options);
    expect(() => launcher.launch(info)).toThrow(expect.objectContaining({ name }));
  });

  it("throws if a factory returns something else, or a worker that is not new", async () => {
    const returning = (value: unknown) => workerLauncher(() => value as Worker);
    expect(() => returning(undefined).launch(info)).toThrow(TypeError);
    expect(() => returning(Promise.resolve()).launch(info)).toThrow(/returned no Worker/);

    const once = new Worker(code(BUSY));
    const launcher = returning(once);
    const child = launcher.launch(info);
    expect(() => launcher.launch(info)).toThrow(/not new/);
    expect(() => returning(once).launch(info), "by another launcher").toThrow(
      /not new: it was returned before/,
    );
    child.kill();
    await child.exited;
    expect(() => returning(once).launch(info)).toThrow(/not new/);
  });

  it("throws if a factory returns a worker that runs already, or is over", async () => {
    const standby = new Worker(code(BUSY));
    const launcher = workerLauncher(() => standby);
    await onceOf(standby, "online");
    expect(() => launcher.launch(info)).toThrow(
      "workerLauncher: the factory returned a Worker that is not new: it is online already",
    );
    await standby.terminate();
    expect(() => launcher.launch(info)).toThrow("is not new: it is over");
  });

  it("takes a worker that was made in that call, however long the call took", async () => {
    const launcher = workerLauncher(() => {
      const mine = new Worker(code(""));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      return mine;
    });
    expect(await launcher.launch(info).exited).toStrictEqual({ kind: "completed", code: 0 });
  });

  it("ends a worker that a factory only promised", async () => {
    const promised = new Worker(code(BUSY));
    const over = onceOf(promised, "exit");
    const launcher = workerLauncher((async () => promised) as unknown as () => Worker);
    expect(() => launcher.launch(info)).toThrow(/returned no Worker/);
    await over;
  });
});

describe("options", () => {
  it("reach the worker, made anew for each attempt", async () => {
    const launcher = workerLauncher(
      code(`
        import { parentPort, workerData } from "node:worker_threads";
        parentPort.postMessage([workerData, process.argv.at(-1), process.env.COLOUR]);
      `),
      ({ attempt }) => ({ workerData: { attempt }, argv: ["--fast"], env: { COLOUR: "green" } }),
    );
    const attempts = [1, 2].map((attempt) => watch(launcher, { ...info, attempt }));
    const ended = await Promise.all(attempts.map(({ exited }) => exited));
    expect(ended.map(({ kind }) => kind)).toStrictEqual(["completed", "completed"]);
    expect(attempts.map(({ heard }) => messages(heard))).toStrictEqual([
      [[{ attempt: 1 }, "--fast", "green"]],
      [[{ attempt: 2 }, "--fast", "green"]],
    ]);
  });
});
