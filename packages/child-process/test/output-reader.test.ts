import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { OutputOptions, ProcessOptions } from "../src/launcher-options.js";
import { readOutput } from "../src/output-reader.js";
import { readProcessOptions } from "../src/read-launcher-options.js";

/** A host stream that takes nothing until it is told to. */
function stuckStream() {
  const written: string[] = [];
  let waiting: (() => void) | undefined;
  let stuck = true;
  const stream = new Writable({
    highWaterMark: 1,
    write(piece, _encoding, done) {
      written.push(String(piece));
      if (stuck) waiting = done;
      else done();
    },
  });
  const unstick = () => {
    stuck = false;
    waiting?.();
  };
  return { stream, written, unstick };
}

function reading(options: ProcessOptions & OutputOptions, host: Writable | null) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const settings = readProcessOptions("test", options, host && []);
  let received = 0;
  const onPiece = () => {
    received += 1;
  };
  const hostStream = () => {
    if (host) return host;
    throw new Error("must not be asked");
  };
  const output = readOutput({ stdout, stderr }, settings, onPiece, () => {}, hostStream);
  return { stdout, stderr, output, received: () => received };
}

const turn = () => new Promise(setImmediate);

describe("readOutput", () => {
  it("holds the child back while the host's stream is full, until the child is gone", async () => {
    const { stream, written, unstick } = stuckStream();
    const { stderr, output, received } = reading({}, stream);
    stderr.write("one\n");
    await turn();
    for (const line of ["two\n", "three\n"]) stderr.write(line);
    await turn();
    expect({ paused: stderr.isPaused(), tail: output.tail() }).toStrictEqual({
      paused: true,
      tail: ["one"],
    });

    output.holdBackNoMore();
    await turn();
    expect(output.tail()).toStrictEqual(["one", "two", "three"]);
    expect(received()).toBe(3);

    unstick();
    await turn();
    expect(written.join("")).toBe("one\ntwo\nthree\n");
  });

  it("passes nothing on where output is ignored, and reads it all the same", async () => {
    const { stream, written } = stuckStream();
    const { stderr, output } = reading({ stderr: "ignore" }, stream);
    stderr.write("a\nb\n");
    await turn();
    expect({ written, tail: output.tail() }).toStrictEqual({ written: [], tail: ["a", "b"] });
  });

  it("passes nothing on for a factory, and does not set going what its owner has paused", async () => {
    const { stderr, output, received } = reading({}, null);
    stderr.pause();
    stderr.write("a\n");
    output.holdBackNoMore();
    await turn();
    expect({ paused: stderr.isPaused(), received: received() }).toStrictEqual({
      paused: true,
      received: 0,
    });
  });

  it("reads only what it has a use for", () => {
    const { stdout, stderr } = reading({ stderrTail: 0 }, null);
    expect(stdout.listenerCount("data") + stderr.listenerCount("data")).toBe(0);
    const both = reading({ stderrTail: 0, readyWhen: () => false }, null);
    expect(both.stdout.listenerCount("data") + both.stderr.listenerCount("data")).toBe(2);
  });
});
