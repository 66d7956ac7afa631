// Files and descriptors of the real file system; a pipe that nobody reads stands for a terminal that is stopped.

import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isPolicyOptionsError } from "@steadfast/policy";
import { afterAll, describe, expect, it } from "vitest";
import { logFile } from "../../src/log-file.js";
import { openFile } from "../../src/open-files.js";
import { MOST_WAITING } from "../../src/sink.js";
import { patientSink } from "../../src/terminal-sink.js";

const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const freshPath = () => join(folder, `${++files}.log`);
const textOf = (path: string) => readFileSync(path, "utf8");
const nobody = () => {};
const fault = (error: unknown) => expect.unreachable(String(error));
const fds = () => readdirSync("/proc/self/fd").length;

describe("logFile", () => {
  it("appends, and makes a new file at a line end before one is too large", async () => {
    const path = freshPath();
    writeFileSync(path, "old\n");
    const before = fds();
    const file = logFile(path, { maxBytes: 8, keep: 2 }, fault);
    for (const text of ["a\nb\n", "c\n", "d\ne\nf\n", "g\nh"]) file.write(text, nobody);
    await file.idle();
    expect([path, `${path}.1`, `${path}.2`].map(textOf)).toStrictEqual([
      "g\nh",
      "c\nd\ne\nf\n",
      "old\na\nb\n",
    ]);
    file.write("0123456789", nobody);
    await file.idle();
    expect([path, `${path}.1`, `${path}.2`].map(textOf)).toStrictEqual([
      "56789",
      "g\nh01234",
      "c\nd\ne\nf\n",
    ]);
    expect(existsSync(`${path}.3`)).toBe(false);
    file.close();
    await expect.poll(fds).toBe(before);
  });

  it("keeps nothing old if none is to be kept", async () => {
    const path = freshPath();
    const file = logFile(path, { maxBytes: 4, keep: 0 }, fault);
    file.write("a\nb\nc\n", nobody);
    await file.idle();
    expect(textOf(path)).toBe("c\n");
    expect(existsSync(`${path}.1`)).toBe(false);
    file.close();
  });

  it("is full while much waits, says when it has room, and loses nothing", async () => {
    const path = freshPath();
    const file = logFile(path, { maxBytes: Number.MAX_SAFE_INTEGER, keep: 0 }, fault);
    const piece = Buffer.alloc(65_536, "0123456789abcde\n");
    let written = 0;
    while (written < 100) {
      written++;
      await new Promise<void>((resolve) => {
        if (file.write(piece, resolve)) resolve();
      });
    }
    await file.idle();
    expect(readFileSync(path).equals(Buffer.concat(Array.from({ length: 100 }, () => piece)))).toBe(
      true,
    );
    file.close();
  });

  it("says once that nothing can be written, and drops what would grow", async () => {
    const faults: unknown[] = [];
    const file = logFile("/dev/full", { maxBytes: 1e9, keep: 0 }, (error) => faults.push(error));
    file.write("a\n", nobody);
    await file.idle();
    for (let i = 0; i < 100; i++) file.write(Buffer.alloc(65_536), null);
    await file.idle();
    expect(faults).toStrictEqual([expect.objectContaining({ code: "ENOSPC" })]);
    file.close();
  });

  it("writes on where it stands if no new file can be made", async () => {
    const path = freshPath();
    const faults: unknown[] = [];
    const file = logFile(path, { maxBytes: 2, keep: 1 }, (error) => faults.push(error));
    execFileSync("mkdir", [`${path}.1`]);
    file.write("a\n", nobody);
    await file.idle();
    file.write("b\n", nobody);
    await file.idle();
    expect(faults).toHaveLength(1);
    rmSync(`${path}.1`, { recursive: true });
    file.write("c\n", nobody);
    await file.idle();
    expect([path, `${path}.1`].map(textOf)).toStrictEqual(["c\n", "a\n"]);
    file.close();
  });

  it("is one file for all who write to it, and refuses other limits", async () => {
    const path = freshPath();
    const limits = { maxBytes: 4, keep: 1 };
    const [one, two] = [0, 1].map(() => openFile("x", path, { ...limits }, fault));
    one?.write("a\n", nobody);
    two?.write("b\nc\n", nobody);
    await two?.idle();
    expect([path, `${path}.1`].map(textOf)).toStrictEqual(["c\n", "a\nb\n"]);
    try {
      openFile("x", path, { maxBytes: 5, keep: 1 }, fault);
      expect.unreachable();
    } catch (error) {
      expect(isPolicyOptionsError(error) && error.option).toBe("file");
    }
    one?.close();
    two?.write("d\n", nobody);
    await two?.idle();
    expect(textOf(path)).toBe("c\nd\n");
    two?.close();
    openFile("x", path, { maxBytes: 5, keep: 1 }, fault).close();
  });

  it("rotates only a file: a device or a pipe has no size, and must not be moved away", async () => {
    const path = freshPath();
    execFileSync("mkfifo", [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = logFile(path, { maxBytes: 2, keep: 1 }, fault);
    file.write("a\nb\nc\n", nobody);
    await file.idle();
    const some = Buffer.alloc(100);
    expect(some.subarray(0, readSync(reader, some)).toString()).toBe("a\nb\nc\n");
    expect(existsSync(`${path}.1`)).toBe(false);
    file.close();
    closeSync(reader);
  });

  it("does not wait for who reads a pipe, and goes on when that goes on", async () => {
    const path = freshPath();
    execFileSync("mkfifo", [path]);
    const limits = { maxBytes: 2, keep: 1 };
    expect(() => logFile(path, limits, fault)).toThrow("ENXIO"); // nobody reads it
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const file = logFile(path, limits, fault);
    const hasRoom = new Promise<void>((resolve) => {
      expect(file.write(Buffer.alloc(300_000, "b\n"), resolve)).toBe(false);
    });
    const some = Buffer.alloc(65_536);
    let read = 0;
    const drain = setInterval(() => {
      try {
        for (;;) read += readSync(reader, some);
      } catch {
        // Nothing more at the moment.
      }
    }, 1);
    await Promise.all([hasRoom, file.idle()]);
    await expect.poll(() => read).toBe(300_000);
    clearInterval(drain);
    file.close();
    closeSync(reader);
  });

  it("gives up, once nobody uses it, what a pipe does not take", async () => {
    const path = freshPath();
    execFileSync("mkfifo", [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const faults: unknown[] = [];
    const before = fds();
    const file = logFile(path, { maxBytes: 2, keep: 1 }, (error) => faults.push(error));
    file.write(Buffer.alloc(300_000), nobody);
    const idle = file.idle();
    file.close();
    await idle;
    expect(faults).toStrictEqual([expect.objectContaining({ code: "EAGAIN" })]);
    await expect.poll(fds).toBe(before);
    closeSync(reader);
  });

  it("throws what the system refuses", () => {
    expect(() => logFile(join(folder, "none", "x"), { maxBytes: 1, keep: 0 }, fault)).toThrow(
      "ENOENT",
    );
  });
});

describe("patientSink", () => {
  it("does not wait for a reader that has stopped, and goes on when it goes on", async () => {
    const path = freshPath();
    execFileSync("mkfifo", [path]);
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    const sink = patientSink(writer);
    expect(sink.write("a\n", nobody)).toBe(true);
    const piece = Buffer.alloc(300_000, "b\n");
    let rooms = 0;
    const hasRoom = new Promise<void>((resolve) => {
      expect(sink.write(piece, () => resolve(void rooms++))).toBe(false);
    });
    // What cannot be held back is dropped once enough waits: not now.
    expect(sink.write("c\n", null)).toBe(false);
    await new Promise(setImmediate);
    expect(rooms).toBe(0);
    const read: Buffer[] = [];
    const some = Buffer.alloc(65_536);
    const drain = setInterval(() => {
      try {
        for (;;) read.push(Buffer.from(some.subarray(0, readSync(reader, some))));
      } catch {
        // Nothing more at the moment.
      }
    }, 1);
    await hasRoom;
    await expect.poll(() => Buffer.concat(read).length).toBe(300_004);
    clearInterval(drain);
    expect(Buffer.concat(read).toString()).toBe(`a\n${piece.toString()}c\n`);
    for (let i = 0; i < 40; i++) sink.write(piece, null);
    closeSync(reader);
    // Nobody reads any more: what waits is dropped, and there is room.
    await new Promise<void>((resolve) => {
      if (sink.write("d\n", resolve)) resolve();
    });
    closeSync(writer);
    expect(MOST_WAITING).toBeGreaterThan(piece.length);
  });
});
