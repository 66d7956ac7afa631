import { describe, expect, it } from "vitest";
import { forkLauncher, spawnLauncher } from "../../src/index.js";
import { fixture, info, messagesOf } from "./observe.js";

const node = process.execPath;

const run = (code: string, options: Parameters<typeof spawnLauncher>[2] = {}) =>
  spawnLauncher(node, ["-e", code], { stderr: "ignore", stdout: "ignore", ...options }).launch(
    info,
  );

describe("the stderr tail of a real process", () => {
  it("is the last 20 lines by default", async () => {
    const exit = await run("for (let i = 1; i <= 100; i++) console.error('line', i)").exited;
    expect(exit.stderrTail).toStrictEqual(Array.from({ length: 20 }, (_, i) => `line ${81 + i}`));
  });

  it("holds the error that ended the process", async () => {
    const exit = await run("throw new Error('the cause')").exited;
    expect(exit).toMatchObject({ kind: "failed", code: 1 });
    expect(exit.stderrTail).toContain("Error: the cause");
  });

  it("is redacted", async () => {
    const exit = await run("console.error('password=hunter2')", {
      redact: (line) => line.replace(/password=\S+/, "password=***"),
    }).exited;
    expect(exit.stderrTail).toStrictEqual(["password=***"]);
  });

  it("survives megabytes without a line end, and keeps what follows", async () => {
    const flood = "for (let i = 0; i < 256; i++) fs.writeSync(2, 'x'.repeat(65536));";
    const exit = await run(`const fs = require('fs'); ${flood} fs.writeSync(2, '\\nlast words')`)
      .exited;
    expect(exit.stderrTail).toStrictEqual(["x".repeat(1_000), "last words"]);
  });

  it("puts characters together that were written in halves", async () => {
    const code = `
      const fs = require('fs');
      const bytes = Buffer.from('日本 😀');
      for (const byte of bytes) fs.writeSync(2, Uint8Array.of(byte));`;
    expect((await run(code).exited).stderrTail).toStrictEqual(["日本 😀"]);
  });

  it("is complete although the process is killed right after it was written", async () => {
    const child = forkLauncher(fixture("speaker.mjs"), [], { stderr: "ignore" }).launch(info);
    const next = messagesOf(child);
    await next();
    child.send?.({ act: "stderr", with: "last words" });
    expect(await next()).toBe("written");
    child.kill();
    expect(await child.exited).toStrictEqual({
      kind: "signalled",
      signal: "SIGKILL",
      stderrTail: ["last words"],
    });
  });

  it("is left out at 0, and the child has the host's stderr or none", async () => {
    const exit = await run("console.error('unseen'); process.exit(2)", { stderrTail: 0 }).exited;
    expect(exit).toStrictEqual({ kind: "failed", code: 2 });
  });
});

describe("readyWhen", () => {
  it.each(["stdout", "stderr"] as const)("reads %s", async (name) => {
    const child = run(
      `process.${name}.write('starting\\nlistening on 1\\n'); setInterval(() => {}, 1e3)`,
      {
        readyWhen: (line, stream) => stream === name && line.startsWith("listening"),
      },
    );
    expect(await new Promise((resolve) => child.onSignal(resolve))).toStrictEqual({
      type: "ready",
    });
    child.kill();
    await child.exited;
  });
});
