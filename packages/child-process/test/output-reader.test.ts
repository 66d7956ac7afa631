import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { ProcessOptions } from "../src/launcher-options.js";
import type { OutputOptions } from "../src/output-options.js";
import { readOutput } from "../src/output-reader.js";
import { readProcessOptions } from "../src/read-launcher-options.js";
import { streamSink } from "../src/sink.js";
import { noOutlets } from "./outlets-none.js";

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
  const hostSink = () => {
    if (host) return streamSink(host);
    throw new Error("must not be asked");
  };
  const ready: number[] = [];
  const onReady = () => void ready.push(received);
  const output = readOutput({ stdout, stderr }, settings, noOutlets, onPiece, onReady, hostSink);
  return { stdout, stderr, output, ready, received: () => received };
}

const turn = () => new Promise(setImmediate);

/** A host stream that takes everything. */
function openStream() {
  const { stream, written, unstick } = stuckStream();
  unstick();
  return { stream, written };
}

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

  it("gives every line to its function, redacted, and to the host behind a label", async () => {
    const { stream, written } = openStream();
    const heard: unknown[] = [];
    const { stdout, stderr, output } = reading(
      {
        redact: (line) => line.replace("hunter2", "***"),
        stdout: { line: (...said) => heard.push(said), prefix: true },
        stderr: { prefix: "errors" },
      },
      stream,
    );
    stdout.write("one\rpass hunter2\nunfini");
    stderr.write("two\n");
    await turn();
    output.close();
    await turn();
    const source = { stream: "stdout", id: "web", attempt: 2, generation: 3 };
    expect(heard).toStrictEqual([
      ["one", source],
      ["pass ***", source],
      ["unfini", source],
    ]);
    const lines = written.join("").replaceAll(/ +\|/g, " |");
    expect(lines).toBe("web | one\nweb | pass ***\nerrors | two\nweb | unfini\n");
  });

  it("does not mix lines that are passed on", async () => {
    const { stream, written } = openStream();
    const { stdout, stderr, output } = reading({ readyWhen: () => false }, stream);
    stdout.write("o");
    stderr.write("e");
    await turn();
    stdout.write("ut\n");
    stderr.write("rr\n");
    await turn();
    stdout.write("end");
    await turn();
    output.close();
    await turn();
    expect(written.join("")).toBe("out\nerr\nend");
  });

  it("says once what the function for lines throws or rejects, and goes on", async () => {
    for (const fail of [
      () => {
        throw new Error("boom");
      },
      () => Promise.reject(new Error("boom")),
    ]) {
      const { stream } = openStream();
      const faults: unknown[] = [];
      let calls = 0;
      const line = () => {
        calls++;
        return fail();
      };
      const onFault = (error: unknown) => faults.push(error);
      const { stdout } = reading({ onFault, stdout: { line } }, stream);
      stdout.write("a\nb\n");
      await turn();
      expect({ calls, faults }).toStrictEqual({ calls: 2, faults: [new Error("boom")] });
    }
  });

  it("reads on what somebody else still writes to, holds that one back, and lets the rest go", async () => {
    const { stream, written, unstick } = stuckStream();
    const { stdout, stderr, output } = reading({ readyWhen: () => false }, stream);
    stdout.end("x\n");
    await turn();
    output.holdBackNoMore();
    await turn();
    const { left, stored } = output.close();
    expect({ left: [...left], stored }).toStrictEqual({ left: [stderr], stored: null });
    stderr.write("later\n");
    await turn();
    stderr.write("more\n");
    await turn();
    expect(stderr.isPaused()).toBe(true);
    unstick();
    await turn();
    await turn();
    expect(written.join("")).toBe("x\nlater\nmore\n");
  });

  it("reads a factory's stream along, and leaves it to its owner at the end", async () => {
    const lines: string[] = [];
    const { stdout, output } = reading({ stdout: { line: (line) => lines.push(line) } }, null);
    stdout.write("a\n");
    await turn();
    expect([...output.close().left]).toStrictEqual([]);
    expect({ lines, listeners: stdout.listenerCount("data") }).toStrictEqual({
      lines: ["a"],
      listeners: 0,
    });
  });

  it("finds a prompt that is not finished, and does not take it for a line", async () => {
    const { stream } = openStream();
    const asked: string[] = [];
    const { stdout, ready, output } = reading(
      {
        readyWhen: (line) => line === "mysql> ",
        promptWhen: (text) => asked.push(text) > 0 && text === "mysql> ",
      },
      stream,
    );
    for (const piece of ["one\n", "my", "sql> ", "x"]) {
      stdout.write(piece);
      await turn();
    }
    expect({ ready, asked }).toStrictEqual({ ready: [3], asked: ["my", "mysql> "] });
    output.close();
  });

  it("reads what is wanted as a sign of life, wherever it goes", async () => {
    const { stream } = openStream();
    const { stdout, stderr, received } = reading(
      { heartbeat: "output", stderrTail: 0, stdout: "ignore", stderr: "ignore" },
      stream,
    );
    stdout.write("a");
    stderr.write("b");
    await turn();
    expect(received()).toBe(2);
  });

  it("says that a factory's stream cannot be read along", () => {
    const faults: string[] = [];
    const settings = readProcessOptions(
      "test",
      { stdout: { prefix: true }, onFault: (error) => faults.push(String(error)) },
      null,
    );
    const nothing = () => {};
    readOutput({ stdout: null, stderr: null }, settings, noOutlets, nothing, nothing);
    expect(faults).toStrictEqual([
      "Error: stdout of the child is no pipe: it cannot be read along",
    ]);
  });

  it("finds the line that means ready at the end of a long one, and asks no more", async () => {
    const { stream } = openStream();
    const asked: string[] = [];
    const { stdout, ready } = reading(
      { readyWhen: (line) => asked.push(line.slice(-5)) > 0 && line.endsWith("ready") },
      stream,
    );
    stdout.write(`${"x".repeat(2_000)}ready\nnot asked\n`);
    await turn();
    expect({ ready, asked }).toStrictEqual({ ready: [1], asked: ["ready"] });
  });
});
