import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { processGroup } from "../src/process-group.js";
import type { ProcessLine } from "../src/process-table.js";

const GROUP = 5_000_000;

/** The processes that there are, and what happens to whoever asks for them. */
const world = vi.hoisted(() => ({
  lines: [] as ProcessLine[],
  hasProc: true,
  error: null as Error | null,
  /** What is thrown at a signal to the group; null: it is taken. */
  refusal: null as Error | null,
  tables: 0,
}));

vi.mock("../src/process-table.js", () => ({
  processLine(pid: number) {
    if (world.error) throw world.error;
    return world.lines.find((line) => line.pid === pid) ?? null;
  },
  async processTable() {
    world.tables++;
    if (world.error) throw world.error;
    if (!world.hasProc) return null;
    return new Map(
      [[GROUP, world.lines]].filter(([, lines]) => (lines as unknown[]).length > 0) as [],
    );
  },
}));

beforeEach(() => {
  Object.assign(world, { lines: [], hasProc: true, error: null, refusal: null, tables: 0 });
  vi.spyOn(process, "kill").mockImplementation(() => {
    if (world.refusal) throw world.refusal;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const line = (pid: number, traits: Partial<ProcessLine> = {}): ProcessLine => ({
  pid,
  group: GROUP,
  lives: true,
  startTime: "1",
  ...traits,
});
const failing = (code: string) => Object.assign(new Error(code), { code });

describe("a look at a group, on Linux", () => {
  it("needs no table where nobody can be signalled", async () => {
    world.refusal = failing("ESRCH");
    expect(await processGroup(GROUP, "linux").look()).toBe("empty");
    expect(world.tables).toBe(0);
  });

  it("sees who lives also where the system does not let us signal", async () => {
    world.refusal = failing("EPERM");
    world.lines = [line(7)];
    expect(await processGroup(GROUP, "linux").look()).toBe("alive");
  });

  it("takes zombies for nobody", async () => {
    world.lines = [line(7, { lives: false })];
    expect(await processGroup(GROUP, "linux").look()).toBe("empty");
  });

  it("reads the table once for as long as one of those it knows lives", async () => {
    world.lines = [line(7), line(8)];
    const group = processGroup(GROUP, "linux");
    expect(await group.look()).toBe("alive");
    world.lines = [line(8)];
    expect(await group.look()).toBe("alive");
    expect(world.tables).toBe(1);
  });

  it.each([
    ["is gone", []],
    ["is a zombie", [line(7, { lives: false })]],
    ["has its number from another process", [line(7, { startTime: "2" })]],
    ["has left the group", [line(7, { group: 1 })]],
  ])("reads it again when the last one that it knows %s, and finds newcomers", async (_, lines) => {
    world.lines = [line(7)];
    const group = processGroup(GROUP, "linux");
    await group.look();
    world.lines = [...lines, line(9)];
    expect(await group.look()).toBe("alive");
    expect(world.tables).toBe(2);
    world.lines = [line(9, { lives: false })];
    expect(await group.look()).toBe("empty");
  });

  it("trusts the signal where there is no /proc, or none that shows the member", async () => {
    world.hasProc = false;
    expect(await processGroup(GROUP, "linux").look()).toBe("alive");
    world.hasProc = true;
    expect(await processGroup(GROUP, "linux").look()).toBe("alive");
  });

  it("cannot tell while /proc cannot be read, unless nobody can be signalled", async () => {
    world.error = failing("EMFILE");
    const group = processGroup(GROUP, "linux");
    expect(await group.look()).toBe("unseen");
    world.error = null;
    world.lines = [line(7)];
    expect(await group.look()).toBe("alive");
    world.error = failing("EMFILE");
    expect(await group.look()).toBe("unseen");
    world.refusal = failing("ESRCH");
    expect(await group.look()).toBe("empty");
  });
});

describe("a look at a group, elsewhere", () => {
  it("is a signal", async () => {
    expect(await processGroup(GROUP, "darwin").look()).toBe("alive");
    world.refusal = failing("ESRCH");
    expect(await processGroup(GROUP, "darwin").look()).toBe("empty");
    expect(world.tables).toBe(0);
  });
});
