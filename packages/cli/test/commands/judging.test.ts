// lint, explain, simulate and diff: of a policy, of a file, of a stack; what they say, and what they exit with.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder } from "./called.js";

const STACK = `
policy: on-failure
children:
  db: { command: postgres, policy: 10/10m }
  web: { command: node server.mjs, policy: { preset: pm2 } }
`;

describe("lint", () => {
  it("is silent about a policy that is well, and says so", async () => {
    using here = folder();
    expect(await here.call("lint", "--policy", "10/1m")).toEqual({
      code: 0,
      out: "nothing to say about slidingWindow",
      err: "",
    });
  });

  it("names the child, the finding and the fix", async () => {
    using here = folder({ "steadfast.config.yaml": STACK });
    const { code, out } = await here.call("lint");
    expect(code).toBe(0);
    expect(out).toMatch(/^web: warning limit-unreachable: .*\n {2}compose it with /);
    expect(out).not.toContain("db:");
  });

  it.each([
    ["a warning", ["--policy", "pm2"], 0],
    ["a warning, strictly", ["--policy", "pm2", "--strict"], 1],
    ["an error", ["--policy", "always"], 1],
  ])("exits as CI needs it: %s", async (_, args, code) => {
    using here = folder();
    expect((await here.call("lint", ...args)).code).toBe(code);
  });

  it("writes findings as JSON", async () => {
    using here = folder();
    const { out } = await here.call("lint", "--policy", "always", "--json");
    const [first] = out.split("\n").map((line) => JSON.parse(line) as { of: string; code: string });
    expect(first).toMatchObject({ of: "restartOn", code: "hot-loop" });
  });

  it.each([
    ["a file and a policy", ["a.yaml", "--policy", "5/1m"], /either a file or --policy/],
    ["no file", ["a.yaml"], /a\.yaml: there is no such file/],
    ["nothing there", [], /there is nothing to start in .*steadfast\.config\.mjs/],
    ["a misspelt preset", ["--policy", "systemdd"], /--policy: .*systemd/],
    ["an unknown option", ["--strickt"], /--strict/],
  ])("refuses %s with code 2", async (_, args, message) => {
    using here = folder();
    const { code, err } = await here.call("lint", ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("says where a wrong policy stands", async () => {
    using here = folder({ "p.yaml": "kind: slidingWindow\noptions:\n  limit: 5\n  windowMS: 3\n" });
    const { code, err } = await here.call("lint", "p.yaml");
    expect(code).toBe(2);
    expect(err).toMatch(/^steadfast: p\.yaml:\d+:\d+: .*windowMs/);
  });
});

describe("explain", () => {
  it("says what a crash loop ends with, in the words of analysis", async () => {
    using here = folder();
    const { code, out } = await here.call("explain", "--policy", "5/10m");
    expect(code).toBe(0);
    expect(out).toBe(
      "slidingWindow: Refused for now (window-full): slidingWindow has counted 5 launches in 600 000 ms, and its limit is 5; asked again in 600 000 ms, at the instant 600 000, it is launched at once. (after 4 restarts of a child that crashes at once)",
    );
  });

  it("says that none was refused", async () => {
    using here = folder();
    const { out } = await here.call("explain", "--policy", "always");
    expect(out).toMatch(/after 1000 restarts of a child that crashes at once; none was refused\)$/);
  });

  it("knows a policy that refuses the start", async () => {
    using here = folder();
    const { out } = await here.call("explain", "--policy", '{"kind":"giveUp","members":["0/1m"]}');
    expect(out).toMatch(/Refused for good .*\(after 0 restarts/);
  });

  it("has --line and --child for journals alone", async () => {
    using here = folder();
    const { code, err } = await here.call("explain", "--policy", "5/1m", "--line", "3");
    expect(code).toBe(2);
    expect(err).toContain("--child and --line are about a journal");
  });
});

describe("simulate", () => {
  it("says what becomes of a child, in a sentence and a table", async () => {
    using here = folder();
    const policy = '{"kind":"giveUp","members":["3/1m"]}';
    const { code, out } = await here.call("simulate", "--policy", policy, "--uptime", "2s");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual(
      [
        "giveUp(slidingWindow): 3 launches in 6s, up for 100.0 %, down for 0ms; then it is given up: window-full",
        "       at  waited  lived  ended",
        "  1   0ms     0ms   2s  exit code 1",
        "  2    2s     0ms   2s  exit code 1",
        "  3    4s     0ms   2s  exit code 1",
      ].map((line, i) => (i === 0 ? line : expect.stringMatching(/^ +(\d|at)/))),
    );
  });

  it("shows of many launches the first and the last", async () => {
    using here = folder();
    const { out } = await here.call("simulate", "--policy", "always", "--uptime", "1s");
    const lines = out.split("\n");
    expect(lines).toHaveLength(1 + 1 + 8 + 1 + 3);
    expect(lines[10]).toMatch(/\(\d+ more\)/);
  });

  it("draws a picture, and the same lives make the same one", async () => {
    using here = folder({ "steadfast.config.yaml": STACK });
    await here.call("simulate", "--svg", "a.svg", "--uptime", "~1s", "--seed", "7");
    await here.call("simulate", "--svg", "b.svg", "--uptime", "~1s", "--seed", "7");
    await here.call("simulate", "--svg", "c.svg", "--uptime", "~1s", "--seed", "8");
    const [a, b, c] = ["a", "b", "c"].map((name) =>
      readFileSync(join(here.path, `${name}.svg`), "utf8"),
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(a).toMatch(/^<svg [^>]*viewBox[\s\S]*<\/svg>\n$/);
  });

  it.each([
    [["--uptime", "2s..1s"], /--uptime must begin with the shorter time/],
    [["--uptime", "soon"], /--uptime/],
    [["--uptime", "~0ms"], /--uptime must be above 0/],
    [["--exit", "256"], /--exit must be a code from 0 to 255 or such as SIGKILL, got 256/],
    [["--exit", "sigkill"], /--exit/],
    [["--seed", "-1"], /--seed must be a whole number/],
    [["--for", "10x"], /--for/],
  ])("refuses %j", async (args, message) => {
    using here = folder();
    const { code, err } = await here.call(
      "simulate",
      "--policy",
      "5/1m",
      ...args,
      "--svg",
      "a.svg",
    );
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(existsSync(join(here.path, "a.svg"))).toBe(false);
  });
});

describe("diff", () => {
  it("shows where two policies part, and exits with 1", async () => {
    using here = folder();
    const { code, out } = await here.call("diff", "--policy", "2/1m", "--policy", "3/1m");
    expect(code).toBe(1);
    expect(out.split("\n").at(-1)).toMatch(/not for .*window-full +launch$/);
  });

  it("exits with 0 where none is found", async () => {
    using here = folder();
    const { code, out } = await here.call("diff", "--policy", "2/1m", "--policy", "2/60s");
    expect(code).toBe(0);
    expect(out).toMatch(/^no difference in /);
  });

  it("compares each child of a stack", async () => {
    using here = folder({ "steadfast.config.yaml": STACK });
    const { code, out } = await here.call("diff", "steadfast.config.yaml", "--policy", "10/10m");
    expect(code).toBe(1);
    expect(out).toMatch(/^db:\nno difference/);
    expect(out).toMatch(/\nweb:\nat ms/);
  });

  it.each([
    [["--policy", "pm2"], /without a file, --policy is given twice, got 1/],
    [[], /--policy/],
    [["p.yaml", "--policy", "1/1s", "--policy", "2/1s"], /beside a file, --policy is given once/],
    [["--policy", "1/1s", "--policy", "2/1s", "--compare", "all"], /--compare must be decisions/],
  ])("refuses %j", async (args, message) => {
    using here = folder();
    const { code, err } = await here.call("diff", ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
