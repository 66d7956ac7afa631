// replay, explain and timeline of a journal: what was, what another policy would have done, and why.

import { restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { folder } from "./called.js";
import { journalOf, linesOf } from "./journals.js";

const window = (limit: number) => slidingWindow({ limit, windowMs: 600_000 });
const written = async () => linesOf(await journalOf(window(3), [1_000, 1_000, 1_000, 1_000]));

describe("replay", () => {
  it("of the same policy differs nowhere, and exits with 0", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { code, out } = await here.call("replay", "web.jsonl", "--policy", "3/10m");
    expect(code).toBe(0);
    expect(out).toMatch(/^0 of \d+ decisions would be other ones$/);
  });

  it("of another one shows the decisions that differ, and exits with 1", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { code, out } = await here.call("replay", "web.jsonl", "--policy", "2/10m");
    expect(code).toBe(1);
    const [verdict, head, ...rows] = out.split("\n");
    expect(verdict).toMatch(/^\d+ of \d+ decisions would be other ones$/);
    expect(head).toMatch(/^at ms +event +journal +slidingWindow$/);
    expect(rows[0]).toMatch(
      /failed after 1 000 ms; restart\? +launch +not for 598 000 ms: window-full/,
    );
  });

  it("tells the children of a tree apart", async () => {
    const entries = await journalOf(window(3), [5]);
    const both = ["a", "b"].flatMap((id) => entries.map((entry) => ({ ...entry, id })));
    using here = folder({ "t.jsonl": linesOf(both) });
    const all = await here.call("replay", "t.jsonl", "--policy", "3/10m");
    expect(all.out.split("\n").map((line) => line.slice(0, 2))).toEqual(["a:", "b:"]);
    const one = await here.call("replay", "t.jsonl", "--policy", "3/10m", "--child", "b");
    expect(one.out).toMatch(/^b: 0 of/);
    const none = await here.call("replay", "t.jsonl", "--policy", "3/10m", "--child", "c");
    expect(none.err).toContain("t.jsonl: --child: there is no c in it; there are a, b");
  });

  it("writes JSON with the line of each", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { out } = await here.call("replay", "web.jsonl", "--policy", "2/10m", "--json");
    const steps = out
      .split("\n")
      .map((line) => JSON.parse(line) as { line: number; same: boolean });
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every(({ same, line }) => !same && line > 0)).toBe(true);
  });

  it("leaves out a last line that was cut off, and no other", async () => {
    const text = await written();
    const cutAtEnd = text.slice(0, -5);
    using here = folder({ "a.jsonl": cutAtEnd, "b.jsonl": `{"at":\n${text}`, "c.jsonl": "\n" });
    expect((await here.call("replay", "a.jsonl", "--policy", "3/10m")).code).toBe(0);
    const broken = await here.call("replay", "b.jsonl", "--policy", "3/10m");
    expect(broken).toMatchObject({
      code: 2,
      err: expect.stringMatching(/b\.jsonl:1: this is not JSON/),
    });
    const empty = await here.call("replay", "c.jsonl", "--policy", "3/10m");
    expect(empty.err).toContain("c.jsonl: there is no entry of a journal in it");
  });

  it("names the line of an entry that is none", async () => {
    const [first = ""] = (await written()).split("\n");
    using here = folder({ "a.jsonl": `${first}\n{"at":1,"event":{"type":"exit"}}\n` });
    const { code, err } = await here.call("replay", "a.jsonl", "--policy", "3/10m");
    expect(code).toBe(2);
    expect(err).toMatch(/a\.jsonl:2: this entry of a journal/);
  });
});

describe("explain", () => {
  it("says why the last answer was given, with times of day", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { code, out } = await here.call("explain", "web.jsonl", "--policy", "3/10m");
    expect(code).toBe(0);
    expect(out).toMatch(/^web\.jsonl:\d+: .*slidingWindow has counted/);
    expect(out).not.toContain("the instant");
    expect(out).not.toContain("another answer");
  });

  it("says when the journal was written under another policy", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { out } = await here.call("explain", "web.jsonl", "--policy", "1/10m");
    expect(out).toContain("The journal has another answer (");
  });

  it("explains the answer in a line", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { out } = await here.call("explain", "web.jsonl", "--policy", "3/10m", "--line", "1");
    expect(out).toMatch(/^web\.jsonl:1: Launched/);
    const exit = await here.call("explain", "web.jsonl", "--policy", "3/10m", "--line", "2");
    expect(exit).toMatchObject({ code: 2, err: expect.stringMatching(/:2: this is no request/) });
    const none = await here.call("explain", "web.jsonl", "--policy", "3/10m", "--line", "999");
    expect(none.err).toContain("--line: there is no entry in line 999");
  });

  it("needs the policy of the journal", async () => {
    using here = folder({ "web.jsonl": await written() });
    const { code, err } = await here.call("explain", "web.jsonl");
    expect(code).toBe(2);
    expect(err).toContain("give --policy");
  });
});

describe("timeline", () => {
  it("draws the lives of a journal", async () => {
    const entries = await journalOf(restartOn("permanent"), [1_000, 2_000]);
    using here = folder({ "web.jsonl": linesOf(entries) });
    const { code, out } = await here.call("timeline", "web.jsonl");
    const [title, , child] = out.split("\n");
    expect(code).toBe(0);
    expect(title).toMatch(/^from .*Z on {3}= up/);
    expect(child).toMatch(/^child {2}=+x=+x=+$/);
  });

  it("simulates a stack, and says how that ends", async () => {
    using here = folder({
      Procfile: "web: node server.mjs\nworker: node worker.mjs\n",
    });
    const { code, out } = await here.call("timeline", "--uptime", "1s", "--for", "1m");
    expect(code).toBe(0);
    expect(out).toMatch(/^simulated for .*\n.*ms\nweb {5}=.*\nworker {2}=/);
  });
});
