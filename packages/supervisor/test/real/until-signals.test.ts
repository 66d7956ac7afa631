// `untilSignals` in a real process: one signal stops in order, a second one kills at once.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const HOST = fileURLToPath(new URL("./host.mjs", import.meta.url));

type Name = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Starts the host, sends each signal when the line before it was read, and reads it to the end. */
async function host(
  mode: "obey" | "ignore" | "none" | "disposed",
  names: readonly Name[],
  sends: readonly { readonly after: string; readonly signal: Name }[],
) {
  const child = spawn(process.execPath, [HOST, mode, ...names], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const left = [...sends];
  const lines: string[] = [];
  // Closed only when the host and all its children have let go of the pipe.
  const closed = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (left[0] && lines.at(-1) === left[0].after) child.kill(left.shift()?.signal);
  }
  return { lines, ...(await closed) };
}

const NAMES = ["SIGINT", "SIGTERM"] as const;

describe("the first signal", () => {
  it.each(NAMES)("%s stops every child in order, and the host ends by itself", async (signal) => {
    const { lines, ...end } = await host("obey", NAMES, [{ after: "up", signal }]);
    expect(lines.slice(0, 3)).toEqual(["up", "stopping", "stopping"]);
    const outcome = `stopped by abort of ${signal}, last SIGTERM`;
    expect(lines.slice(3).toSorted()).toEqual(["ended", "ended", outcome, outcome]);
    expect(end).toEqual({ code: 0, signal: null });
  });

  it("counts once where its name was given twice", async () => {
    const { lines, code } = await host(
      "obey",
      ["SIGINT", "SIGINT"],
      [{ after: "up", signal: "SIGINT" }],
    );
    expect(lines).not.toContain("killing");
    expect(code).toBe(0);
  });
});

describe("the second signal", () => {
  it.each([
    ["SIGINT", "SIGINT"],
    ["SIGTERM", "SIGTERM"],
    ["SIGTERM", "SIGINT"],
    ["SIGINT", "SIGTERM"],
  ] as const)("%s, then %s: every child is killed, and the host dies of it", async (one, two) => {
    const { lines, ...end } = await host("ignore", NAMES, [
      { after: "up", signal: one },
      { after: "stopping", signal: two },
    ]);
    expect(lines).toEqual(["up", "stopping", "stopping", "killing", "killing"]);
    expect(end).toEqual({ code: null, signal: two });
  });
});

describe("a signal that nobody asked for", () => {
  it("does what it always did", async () => {
    const { lines, signal } = await host("none", NAMES, []);
    expect([lines, signal]).toEqual([["up"], null]);
    const disposed = await host("disposed", NAMES, [{ after: "up", signal: "SIGINT" }]);
    expect(disposed.signal).toBe("SIGINT");
    const other = await host("disposed", ["SIGTERM"], [{ after: "up", signal: "SIGHUP" }]);
    expect(other.signal).toBe("SIGHUP");
  });
});

describe("listening", () => {
  it("keeps no host alive", async () => {
    expect(await host("none", NAMES, [])).toEqual({ lines: ["up"], code: 0, signal: null });
  });
});
