import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { MOST_WAITING, streamSink } from "../src/sink.js";

const listenersOf = (stream: Writable) =>
  Object.fromEntries(stream.eventNames().map((name) => [name, stream.listenerCount(name)]));

const ignore = () => {};
const noRoom = () => expect.unreachable("it was never full");

describe("streamSink", () => {
  it("writes the piece and leaves no listener", async () => {
    const written: string[] = [];
    const target = new Writable({
      write(piece, _encoding, done) {
        written.push(String(piece));
        done();
      },
    });
    const before = listenersOf(target);
    for (let i = 0; i < 20; i++) streamSink(target).write(Buffer.from("a"), noRoom);
    expect(listenersOf(target)).toStrictEqual(before);
    await new Promise<void>((resolve) => target.end(resolve));
    expect(written.join("")).toBe("a".repeat(20));
  });

  it("is full while the stream is, and says once when it has room again", async () => {
    let release: (() => void) | undefined;
    const target = new Writable({
      highWaterMark: 4,
      write(_piece, _encoding, done) {
        release = done;
      },
    });
    const sink = streamSink(target);
    expect(sink.write(Buffer.from("abc"), noRoom)).toBe(true);
    release?.();
    let rooms = 0;
    const hasRoom = new Promise<void>((resolve) => {
      expect(sink.write("abcd", () => resolve(void rooms++))).toBe(false);
    });
    expect(rooms).toBe(0);
    release?.();
    await hasRoom;
    expect(rooms).toBe(1);
  });

  it("drops what cannot be held back once too much waits, and takes more later", async () => {
    let release: (() => void) | undefined;
    let bytes = 0;
    const target = new Writable({
      write(piece: Buffer, _encoding, done) {
        bytes += piece.length;
        release = done;
      },
    });
    const sink = streamSink(target);
    const piece = Buffer.alloc(MOST_WAITING / 4);
    for (let i = 0; i < 20; i++) expect(sink.write(piece, null)).toBe(i >= 5);
    expect(target.writableLength).toBe(5 * piece.length);
    while (target.writableLength > 0) {
      release?.();
      await new Promise(setImmediate);
    }
    expect(bytes).toBe(5 * piece.length);
  });

  it.each([
    ["at once", (done: (error: Error) => void) => done(new Error("EPIPE"))],
    ["later", (done: (error: Error) => void) => setImmediate(done, new Error("EPIPE"))],
  ])("swallows the output when the stream breaks %s", async (_when, fail) => {
    const target = new Writable({ write: (_piece, _encoding, done) => fail(done) });
    const closed = new Promise((resolve) => target.once("close", resolve));
    streamSink(target).write(Buffer.from("a"), ignore);
    await closed;
    streamSink(target).write(Buffer.from("b"), ignore);
    await new Promise(setImmediate);
    expect(target.destroyed).toBe(true);
  });

  it("leaves the error to the host's own listener where there is one", async () => {
    const target = new Writable({ write: (_piece, _encoding, done) => done(new Error("EPIPE")) });
    const heard = new Promise<Error>((resolve) => target.once("error", resolve));
    streamSink(target).write(Buffer.from("a"), ignore);
    expect((await heard).message).toBe("EPIPE");
  });
});
