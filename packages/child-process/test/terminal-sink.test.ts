import { PassThrough } from "node:stream";
import { expect, it, vi } from "vitest";
import { terminalSink } from "../src/terminal-sink.js";

const system = vi.hoisted(() => ({ isFull: true, opened: [] as string[] }));

vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  openSync(path: string) {
    system.opened.push(path);
    if (system.isFull) throw Object.assign(new Error("EMFILE"), { code: "EMFILE" });
    return 1_000;
  },
}));

it("a terminal that cannot be opened again is tried again for the next child, and opened once", () => {
  const terminal = Object.assign(Object.create(PassThrough.prototype), { isTTY: true, fd: 2 });
  expect(terminalSink(terminal)).toBeNull();
  system.isFull = false;
  const sink = terminalSink(terminal);
  expect(sink).not.toBeNull();
  expect(terminalSink(terminal)).toBe(sink);
  expect(system.opened).toStrictEqual(["/proc/self/fd/2", "/dev/tty", "/proc/self/fd/2"]);
});

it("what is no terminal, or was replaced by somebody who wants to see what is written, is not opened", () => {
  expect(terminalSink(new PassThrough())).toBeNull();
  const seen = Object.assign(new PassThrough(), { isTTY: true, fd: 2, write: () => true });
  expect(terminalSink(seen)).toBeNull();
});
