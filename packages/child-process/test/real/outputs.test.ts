// Where output goes, with real processes, files and a terminal.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type OutputOptions, spawnLauncher } from "../../src/index.js";
import { fixture, info, lives } from "./observe.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
afterAll(() => rmSync(folder, { recursive: true }));

let paths = 0;
const freshPath = () => join(folder, `${++paths}`);

const started: ChildProcess[] = [];
afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid && lives(pid)) process.kill(pid, "SIGKILL");
});

const quiet = { stdout: "ignore", stderr: "ignore" } as const;
const shell = (code: string, options: Parameters<typeof spawnLauncher>[2] = {}) =>
  spawnLauncher("sh", ["-c", code], { ...quiet, ...options }).launch(info);

describe("a file", () => {
  it("is the child's own where nobody reads along, and the tail is read from it", async () => {
    const path = freshPath();
    writeFileSync(path, "before\n");
    const child = shell(`readlink /proc/$$/fd/1 /proc/$$/fd/2; echo failed >&2; exit 3`, {
      stdout: { file: path },
      stderr: { file: path },
      stderrTail: 1,
    });
    expect(await child.exited).toStrictEqual({ kind: "failed", code: 3, stderrTail: ["failed"] });
    expect(readFileSync(path, "utf8")).toBe(`before\n${path}\n${path}\nfailed\n`);
  });

  it("has no tail of what others wrote before", async () => {
    const path = freshPath();
    writeFileSync(path, "before\n");
    expect(await shell("exit 3", { stderr: { file: path } }).exited).toStrictEqual({
      kind: "failed",
      code: 3,
    });
  });

  it("is complete when the exit is told, rotated, and beside lines", async () => {
    const path = freshPath();
    const lines: string[] = [];
    const child = shell("seq 1 2000; printf end", {
      stdout: {
        file: { path: ({ id, attempt }) => `${path}-${id}-${attempt}`, maxBytes: 5_000, keep: 9 },
        line: (line) => lines.push(line),
      },
    });
    await child.exited;
    const files = [1, 0].map((i) => `${path}-child-1${i === 0 ? "" : `.${i}`}`);
    const contents = files.map((file) => readFileSync(file, "utf8"));
    expect(contents.join("")).toBe(`${lines.slice(0, -1).join("\n")}\nend`);
    expect(lines).toHaveLength(2_001);
    expect(contents[0]?.length).toBeLessThanOrEqual(5_000);
    expect(contents[0]?.at(-1)).toBe("\n");
  });

  it("that cannot be opened is a refusal to start", async () => {
    for (const file of [
      join(folder, "none", "x"),
      { path: join(folder, "none", "x"), maxBytes: 1 },
    ]) {
      const exit = await shell("true", { stdout: { file } }).exited;
      expect(exit).toMatchObject({ kind: "spawn-failed", error: { code: "ENOENT" } });
    }
  });
});

describe("what a child leaves behind", () => {
  const ways: readonly [way: string, output: OutputOptions][] = [
    ["a tail", {}],
    ["lines", { stderr: { line() {} } }],
    ["a file that is rotated", { stderr: { file: { path: freshPath(), maxBytes: 1_000 } } }],
    ["a file of its own", { stderr: { file: freshPath() } }],
  ];

  it.each(ways)("lives on, and may go on to write: %s", async (_way, output) => {
    const [gate, done] = [freshPath(), freshPath()];
    execFileSync("mkfifo", [gate]);
    const child = shell(
      `(read x <${gate}; echo one >&2; echo two >&2; echo $$ >${done}) & exit 0`,
      {
        ...output,
        killScope: "process",
      },
    );
    expect(await child.exited).toMatchObject({ kind: "completed" });
    writeFileSync(gate, "go\n");
    await expect.poll(() => existsSync(done), { timeout: 20_000 }).toBe(true);
  });

  it("lives on, and may go on to write, also in a session of its own", async () => {
    const [up, gate, done] = [freshPath(), freshPath(), freshPath()];
    execFileSync("mkfifo", [up, gate]);
    const daemon = `echo >${up}; read x <${gate}; echo one >&2; echo two >&2; echo >${done}`;
    const child = shell(`setsid sh -c '${daemon}' & read y <${up}; exit 3`);
    expect(await child.exited).toMatchObject({ kind: "failed", code: 3 });
    writeFileSync(gate, "go\n");
    await expect.poll(() => existsSync(done), { timeout: 20_000 }).toBe(true);
  });

  it("is still heard", async () => {
    const gate = freshPath();
    execFileSync("mkfifo", [gate]);
    const lines: string[] = [];
    const child = shell(`(read x <${gate}; echo late) & exit 0`, {
      stdout: { line: (line) => lines.push(line) },
      killScope: "process",
    });
    await child.exited;
    writeFileSync(gate, "go\n");
    await expect.poll(() => lines, { timeout: 20_000 }).toStrictEqual(["late"]);
  });
});

describe("a terminal that takes nothing", () => {
  it("does not stop the host, which hears, answers, and ends its child", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const command = `${process.execPath} ${fixture("output-host.mjs")} terminal ${port}`;
    const terminal = spawn("script", ["-qfc", command, "/dev/null"], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    started.push(terminal);
    const [socket] = (await once(server, "connection")) as [Socket];
    const said = JSON.parse(String((await once(socket, "data"))[0])) as { pid: number };
    expect(said).toMatchObject({ terminal: true });
    // Nobody reads what `script` shows, so it stops taking what the terminal has for it.
    const written = () => /^wchar: (\d+)$/m.exec(readFileSync(`/proc/${said.pid}/io`, "utf8"))?.[1];
    let before = "";
    await expect
      .poll(
        () => {
          const now = written() ?? "";
          const stands = now === before && Number(now) > 0;
          before = now;
          return stands;
        },
        { timeout: 30_000, interval: 300 },
      )
      .toBe(true);
    for (const question of ["1", "2", "3"]) {
      socket.write(question);
      expect(String((await once(socket, "data"))[0])).toBe(question);
    }
    socket.write("stop");
    const exit = JSON.parse(String((await once(socket, "data"))[0]));
    expect(exit).toMatchObject({ kind: "signalled", signal: "SIGKILL" });
    expect(exit.stderrTail.at(-1)).toBe("y");
    terminal.stdout.resume();
    await once(terminal, "close");
    server.close();
  });
});

describe("memory does not grow with what is written", () => {
  it.each(["inherit", "prefix", "line", "file"])("%s", async (mode) => {
    const host = spawn(
      process.execPath,
      [fixture("output-host.mjs"), "memory", `${mode}:${freshPath()}`],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    started.push(host);
    host.stdout.resume();
    const { before, after } = JSON.parse(await text(host.stderr)) as Record<string, number>;
    // In MiB, of 128 MiB that were written; a young generation may still be growing.
    expect(Number(after) - Number(before)).toBeLessThan(48);
  });
});
