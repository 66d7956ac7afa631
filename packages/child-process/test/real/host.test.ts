// Whole hosts, each a process of its own: that they end by themselves, with code 0, is part of every
// story. A host that is kept alive by a forgotten handle runs into the test's time limit.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { fixture, lives } from "./observe.js";

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (lives(pid)) process.kill(pid, "SIGKILL");
});

function host(story: string): ChildProcessWithoutNullStreams {
  const made = spawn(process.execPath, [fixture("host.mjs"), story]);
  started.push(Number(made.pid));
  return made;
}

async function told(made: ChildProcessWithoutNullStreams) {
  const [stdout, stderr, [code]] = await Promise.all([
    text(made.stdout),
    text(made.stderr),
    once(made, "close"),
  ]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const lines = stdout.trimEnd().split("\n");
  return { last: JSON.parse(lines.at(-1) ?? ""), lines, stderr };
}

describe("a host", () => {
  it("is left as it was, whatever way its children end, and ends by itself", async () => {
    const { last, stderr } = await told(host("all-ends"));
    const kinds = ["completed", "failed", "spawn-failed", "spawn-failed", "spawn-failed"];
    expect(last.kinds).toStrictEqual([...kinds, ...kinds, "signalled"]);
    expect(last.after).toStrictEqual(last.before);
    expect(last.resources[1]).toStrictEqual(last.resources[0]);
    expect(stderr).toBe("err\n".repeat(4));
  });

  it("is not held by a pipe that a detached grandchild holds", async () => {
    const { last } = await told(host("held-pipe"));
    started.push(last.grandchild);
    expect(last.exit).toMatchObject({ kind: "signalled", signal: "SIGKILL" });
    expect(lives(last.grandchild)).toBe(true);
  });

  it("is not held by children that were abandoned", async () => {
    const { last } = await told(host("abandon"));
    started.push(...last.pids);
    expect(last.pids.map(lives)).toStrictEqual([true, true]);
  });

  it("stays alive as long as its child", async () => {
    const { last } = await told(host("stays-alive"));
    expect(last.exit).toStrictEqual({ kind: "completed", code: 0 });
  });

  it("passes output on, every byte of it", async () => {
    const made = host("output");
    const pieces: Buffer[] = [];
    made.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    const [stderr, [code]] = await Promise.all([text(made.stderr), once(made, "close")]);
    const some = "0123456789abcde\n".repeat(65_536);
    const end = Uint8Array.of(0xff, 0x00, 0x0d);
    expect(code).toBe(0);
    expect(Buffer.concat(pieces).equals(Buffer.concat([Buffer.from(some), end]))).toBe(true);
    expect(stderr === `${some}no line end`).toBe(true);
  });

  it("survives that nobody reads its stderr, and still keeps the tail", async () => {
    const made = host("broken-stderr");
    const lines: string[] = [];
    const closed = once(made, "close");
    for await (const piece of made.stdout.setEncoding("utf8")) {
      lines.push(...String(piece).split("\n").filter(Boolean));
      if (lines.length > 1) continue;
      made.stderr.destroy();
      await once(made.stderr, "close");
      made.stdin.end("go\n");
    }
    expect((await closed)[0]).toBe(0);
    expect(JSON.parse(lines.at(-1) ?? "")).toStrictEqual({
      kind: "completed",
      code: 0,
      stderrTail: ["x".repeat(1_000)],
    });
  });

  it("survives the rejection of a child that is a promise as well, and hears why it was ended", async () => {
    const { last, stderr } = await told(host("promised"));
    expect(last).toStrictEqual([
      { kind: "failed", code: 3 },
      { kind: "failed", code: 4 },
      { kind: "spawn-failed" },
      { kind: "spawn-failed" },
      { kind: "timed-out", afterMs: 5, ended: { kind: "signalled", signal: "SIGTERM" } },
    ]);
    expect(stderr).toBe("");
  });

  it("closes what a child hands over, and survives what is no message", async () => {
    const { last, stderr } = await told(host("channel"));
    const closed = "the child sent a handle: it was closed";
    expect(last).toStrictEqual({
      ports: ["server", "socket", "garbage"],
      faults: [closed, closed],
      exit: { kind: "completed", code: 0 },
    });
    expect(stderr).toBe("");
  });

  it("closes also what a factory's child hands over, unless somebody takes it", async () => {
    const { last } = await told(host("factory-channel"));
    expect(last).toStrictEqual([
      [["the child sent a handle: it was closed"], "signalled"],
      [["taken"], "signalled"],
    ]);
  });

  it("survives callbacks that reject, of whatever realm", async () => {
    const { last, stderr } = await told(host("callbacks"));
    const once = [
      "readyWhen must answer at once, it returned a promise",
      ["[line withheld: redact failed]"],
      "args",
      "env",
      "path",
      "messageSignal must answer at once, it returned a promise",
      "message",
    ];
    expect(last).toStrictEqual([...once, ...once]);
    expect(stderr).toBe("");
  });

  it("ends what a factory has started and what is refused then", async () => {
    const { last } = await told(host("refused"));
    const refused = ["PolicyOptionsError", "SIGKILL"];
    expect(last).toStrictEqual({
      bare: refused,
      promise: refused,
      rejected: refused,
      later: refused,
      inside: refused,
      deaf: ["TypeError", "SIGKILL"],
    });
  });

  it("sees a refusal, a group and its memory when there are no file descriptors left", async () => {
    const made = spawn("/bin/sh", [
      "-c",
      'ulimit -n 64 && exec "$0" "$1" no-descriptors',
      process.execPath,
      fixture("host.mjs"),
    ]);
    const { lines } = await told(made);
    expect(lines.slice(1).map((line) => JSON.parse(line))).toStrictEqual([
      { kind: "spawn-failed", code: "EMFILE" },
      { kind: "spawn-failed", code: "EMFILE" },
      { isLittle: false },
      { kind: "signalled", signal: "SIGKILL" },
    ]);
  });
});
