// What a child is given: environment, standard input, further descriptors. And a pipe that nobody reads.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { forkLauncher, processLauncher, spawnLauncher } from "../../src/index.js";
import { fixture, info, messagesOf } from "./observe.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
afterAll(() => rmSync(folder, { recursive: true }));
const quiet = { stdout: "ignore", stderr: "ignore" } as const;

/** What a shell says, line by line, and its exit. */
async function said(code: string, options: Parameters<typeof spawnLauncher>[2]) {
  const lines: string[] = [];
  const stdout = { line: (line: string) => void lines.push(line) };
  const exit = await spawnLauncher("sh", ["-c", code], { ...quiet, ...options, stdout }).launch(
    info,
  ).exited;
  return { lines, kind: exit.kind };
}

describe("the environment", () => {
  it("is the host's and more, and says which attempt it is", async () => {
    const { lines } = await said(
      'echo "$FOO $STEADFAST_ID $STEADFAST_ATTEMPT $STEADFAST_GENERATION"; [ -n "$PATH" ] && echo path',
      { env: { FOO: "foo" } },
    );
    expect(lines).toStrictEqual(["foo child 1 1", "path"]);
  });

  it("is only what it is said to be under replace", async () => {
    const options = { ...quiet, env: { replace: { FOO: "foo" } } };
    const lines: string[] = [];
    const stdout = { line: (line: string) => void lines.push(line) };
    await spawnLauncher("/usr/bin/env", [], { ...options, stdout }).launch(info).exited;
    expect(lines.sort()).toStrictEqual([
      "FOO=foo",
      "STEADFAST_ATTEMPT=1",
      "STEADFAST_GENERATION=1",
      "STEADFAST_ID=child",
      expect.stringMatching(/^STEADFAST_MARK=\d+\.0\.\d+$/),
    ]);
  });

  it("a file of variables that is not there is a refusal to start", async () => {
    const envFile = join(folder, "none");
    const exit = await spawnLauncher("true", [], { ...quiet, envFile }).launch(info).exited;
    expect(exit).toMatchObject({ kind: "spawn-failed", error: { code: "ENOENT" } });
  });
});

describe("standard input", () => {
  it("is empty, or a text", async () => {
    expect((await said("cat; echo end", {})).lines).toStrictEqual(["end"]);
    const text = "one\ntwo\n".repeat(50_000);
    const { lines } = await said("wc -c", { stdin: { text } });
    expect(Number(lines[0])).toBe(text.length);
  });

  it("is a pipe that ends with the child, not before", async () => {
    const child = spawnLauncher("sh", ["-c", "cat; exit 3"], { ...quiet, stdin: "pipe" }).launch(
      info,
    );
    child.kill();
    expect(await child.exited).toMatchObject({ kind: "signalled" });
  });

  it("a text that the child does not read is a fault, and no more", async () => {
    const gate = join(folder, "gate");
    execFileSync("mkfifo", [gate]);
    const faults: unknown[] = [];
    const child = spawnLauncher("sh", ["-c", `exec 0<&-; read x <${gate}; exit 3`], {
      ...quiet,
      stdin: { text: "x".repeat(1_000_000) },
      onFault(error) {
        faults.push(error);
        writeFileSync(gate, "go\n");
      },
    }).launch(info);
    expect(await child.exited).toMatchObject({ kind: "failed", code: 3 });
    expect(faults).toStrictEqual([expect.objectContaining({ code: "EPIPE" })]);
  });
});

describe("further descriptors", () => {
  it("are given as they are", async () => {
    const path = join(folder, "given");
    writeFileSync(path, "");
    const fd = openSync(path, "a");
    expect(await said("echo four >&4", { stdio: ["ignore", fd] })).toMatchObject({
      kind: "completed",
    });
    closeSync(fd);
    expect(readFileSync(path, "utf8")).toBe("four\n");
  });

  it("leave a forked child its channel", async () => {
    const child = forkLauncher(fixture("speaker.mjs"), ["1"], { stdio: ["ignore"] }).launch(info);
    expect(await messagesOf(child)()).toStrictEqual({ attempt: "1" });
    child.kill();
    await child.exited;
  });
});

describe("a factory's pipe", () => {
  it("that nobody reads is a warning, once", async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => void warnings.push(warning);
    process.on("warning", hear);
    const launcher = processLauncher(() => spawn("sleep", ["120"]));
    for (let attempt = 0; attempt < 3; attempt++) {
      const child = launcher.launch(info);
      await new Promise(setImmediate);
      child.kill();
      await child.exited;
    }
    process.off("warning", hear);
    expect(warnings).toStrictEqual([expect.objectContaining({ code: "STEADFAST_UNREAD" })]);
    expect(warnings[0]?.message).toContain("stdout");
  });

  it("is read along where it is given to something", async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => void warnings.push(warning);
    process.on("warning", hear);
    const lines: string[] = [];
    const child = processLauncher(() => spawn("seq", ["100000"]), {
      stdout: { line: (line) => void lines.push(line) },
    }).launch(info);
    expect(await child.exited).toStrictEqual({ kind: "completed", code: 0 });
    const read = processLauncher(() => {
      const made = spawn("true");
      void once(made.stdout.resume(), "end");
      return made;
    });
    await read.launch(info).exited;
    await new Promise(setImmediate);
    process.off("warning", hear);
    expect(lines.at(-1)).toBe("100000");
    expect(warnings).toStrictEqual([]);
  });
});
