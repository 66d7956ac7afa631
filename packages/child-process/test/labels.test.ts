import { describe, expect, it } from "vitest";
import { labelOf, wantsColor } from "../src/labels.js";

describe("labelOf", () => {
  it("is as wide as the widest so far, with a colour of its own each", () => {
    expect(labelOf("web", false)).toBe("web | ");
    expect(labelOf("worker", false)).toBe("worker | ");
    expect(labelOf("web", false)).toBe("web    | ");
    const [web, worker] = ["web", "worker"].map((name) => labelOf(name, true));
    expect(web).toBe("\u001B[36mweb    |\u001B[0m ");
    expect(worker).toBe("\u001B[33mworker |\u001B[0m ");
  });

  it("shows no control characters", () => {
    expect(labelOf("a\u001B[2J\nb", false).trimEnd()).toBe("a?[2J?b |");
  });

  it("keeps a bounded number of names", () => {
    labelOf("x".repeat(200), false);
    for (let i = 0; i < 1_001; i++) labelOf(`n${i}`, false);
    expect(labelOf("new", false).length).toBeLessThan(10);
  });
});

describe("wantsColor", () => {
  const terminal = { isTTY: true };
  it.each([
    ["a terminal", terminal, {}, true],
    ["no terminal", {}, {}, false],
    ["forced", {}, { FORCE_COLOR: "1" }, true],
    ["forced off", terminal, { FORCE_COLOR: "0" }, false],
    ["forced off by a word", terminal, { FORCE_COLOR: "false" }, false],
    ["not wanted", terminal, { NO_COLOR: "1" }, false],
    ["forced and not wanted", {}, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
    ["an empty variable says nothing", terminal, { NO_COLOR: "", FORCE_COLOR: "" }, true],
    ["a terminal that cannot", terminal, { TERM: "dumb" }, false],
  ])("%s", (_why, stream, env, wanted) => {
    expect(wantsColor(stream, env)).toBe(wanted);
  });
});
