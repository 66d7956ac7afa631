import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { passOn } from "../src/pass-on.js";

const listenersOf = (stream: Writable) =>
  Object.fromEntries(stream.eventNames().map((name) => [name, stream.listenerCount(name)]));

describe("passOn", () => {
  it("writes the piece and leaves no listener", async () => {
    const written: string[] = [];
    const target = new Writable({
      write(piece, _encoding, done) {
        written.push(String(piece));
        done();
      },
    });
    const before = listenersOf(target);
    for (let i = 0; i < 20; i++) passOn(Buffer.from("a"), target, new PassThrough());
    expect(listenersOf(target)).toStrictEqual(before);
    await new Promise<void>((resolve) => target.end(resolve));
    expect(written.join("")).toBe("a".repeat(20));
  });

  it("holds the child back while the host's stream is full, and only then", () => {
    const source = new PassThrough();
    let release: (() => void) | undefined;
    const target = new Writable({
      highWaterMark: 4,
      write(_piece, _encoding, done) {
        release = done;
      },
    });
    passOn(Buffer.from("abc"), target, source);
    expect(source.isPaused()).toBe(false);
    release?.();
    passOn(Buffer.from("abcd"), target, source);
    expect(source.isPaused()).toBe(true);
    const resumed = new Promise<void>((resolve) => source.once("resume", resolve));
    release?.();
    return resumed.then(() => expect(source.isPaused()).toBe(false));
  });

  it("holds nobody back when there is nobody to be held", async () => {
    const written: string[] = [];
    const target = new Writable({
      highWaterMark: 1,
      write(piece, _encoding, done) {
        written.push(String(piece));
        setImmediate(done);
      },
    });
    for (const piece of ["ab", "cd", "ef"]) passOn(Buffer.from(piece), target, null);
    await new Promise<void>((resolve) => target.end(resolve));
    expect(written.join("")).toBe("abcdef");
  });

  it.each([
    ["at once", (done: (error: Error) => void) => done(new Error("EPIPE"))],
    ["later", (done: (error: Error) => void) => setImmediate(done, new Error("EPIPE"))],
  ])("swallows the output when the host's stream breaks %s", async (_when, fail) => {
    const target = new Writable({ write: (_piece, _encoding, done) => fail(done) });
    const closed = new Promise((resolve) => target.once("close", resolve));
    passOn(Buffer.from("a"), target, new PassThrough());
    await closed;
    passOn(Buffer.from("b"), target, new PassThrough());
    await new Promise(setImmediate);
    expect(target.destroyed).toBe(true);
  });

  it("leaves the error to the host's own listener where there is one", async () => {
    const target = new Writable({ write: (_piece, _encoding, done) => done(new Error("EPIPE")) });
    const heard = new Promise<Error>((resolve) => target.once("error", resolve));
    passOn(Buffer.from("a"), target, new PassThrough());
    expect((await heard).message).toBe("EPIPE");
  });
});
