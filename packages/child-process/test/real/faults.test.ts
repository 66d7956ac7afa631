// Rows of the table of faults that no other test has: `test/faults` names them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { processLauncher, spawnLauncher } from "../../src/index.js";
import { info } from "./observe.js";

const node = process.execPath;
const quiet = { stdout: "ignore", stderr: "ignore" } as const;
const shell = (code: string) => spawnLauncher("sh", ["-c", code], quiet).launch(info);

describe("an ending", () => {
  it.each([
    ["a code that is not 0", "exit 7", { kind: "failed", code: 7 }],
    ["the largest code", "exit 255", { kind: "failed", code: 255 }],
    ["a code that stands for a signal", "exit 143", { kind: "failed", code: 143 }],
    ["a crash in native code", "kill -SEGV $$", { kind: "signalled", signal: "SIGSEGV" }],
    ["a real-time signal", "kill -34 $$; exit 9", { kind: "completed", code: 0 }],
    [
      "a progress bar, then the error",
      "printf '\\r 0%%\\r 99%%\\rno route to host' >&2; exit 6",
      { kind: "failed", code: 6, stderrTail: [" 0%", " 99%", "no route to host"] },
    ],
    [
      "bytes that are no text",
      "printf 'a\\377b' >&2; exit 6",
      { kind: "failed", code: 6, stderrTail: ["a\uFFFDb"] },
    ],
  ])("%s", async (_fault, code, exit) => {
    expect(await shell(code).exited).toStrictEqual(exit);
  });

  it("a heap that is full", async () => {
    const child = spawnLauncher(
      node,
      [
        "--max-old-space-size=20",
        "-e",
        "const all = []; for (;;) all.push(new Array(1e5).fill({}))",
      ],
      quiet,
    ).launch(info);
    const exit = await child.exited;
    expect(exit).toMatchObject({ kind: "signalled", signal: "SIGABRT" });
    expect(exit.stderrTail?.join("\n")).toContain("heap");
  });

  it("a child that has ended before it was returned", async () => {
    const child = spawn("sh", ["-c", "exit 4"], { stdio: "ignore" });
    await once(child, "exit");
    expect(await processLauncher(() => child).launch(info).exited).toStrictEqual({
      kind: "failed",
      code: 4,
    });
  });
});

describe("output", () => {
  it("a child that closes its output", async () => {
    const child = spawnLauncher("sh", ["-c", "echo last; exec >&- 2>&-; kill -STOP $$; exit 5"], {
      ...quiet,
      readyWhen: (line) => line === "last",
    }).launch(info);
    await new Promise((resolve) => child.onSignal(resolve));
    await expect.poll(() => stateOf(Number(child.pid))).toBe("T");
    process.kill(Number(child.pid), "SIGCONT");
    expect(await child.exited).toStrictEqual({ kind: "failed", code: 5 });
  });

  it("a function for lines that fails", async () => {
    const faults: unknown[] = [];
    const lines: string[] = [];
    const child = spawnLauncher("sh", ["-c", "echo 1; echo 2"], {
      ...quiet,
      stdout: {
        line(line) {
          lines.push(line);
          throw new Error(line);
        },
      },
      onFault: (error) => faults.push(error),
    }).launch(info);
    expect(await child.exited).toStrictEqual({ kind: "completed", code: 0 });
    expect({ lines, faults }).toStrictEqual({ lines: ["1", "2"], faults: [new Error("1")] });
  });
});

function stateOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  return stat[stat.lastIndexOf(")") + 2];
}
