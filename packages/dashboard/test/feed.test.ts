// The stream: a snapshot first, then what changes; a reader that was away gets what it missed, or a new snapshot.

import { backoff } from "@steadfast/backoff";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree } from "@steadfast/supervisor/tree";
import { expect, it } from "vitest";
import { ask } from "./asking.js";
import { pageOf, treeOf } from "./pages.js";
import { read } from "./reading.js";

const failed = (message = "boom") => ({ kind: "failed", error: new Error(message) }) as const;

it("begins with everything, and goes on with what changes", async () => {
  const { tree, launchers, system } = treeOf(["db", "web"]);
  const page = await pageOf(tree, { title: "A shop" });
  const reading = await read(page);
  const first = await reading.next();
  expect(first.event).toBe("snapshot");
  const { title, orders, parts } = first.data;
  expect([title, orders, parts.length]).toEqual(["A shop", true, 1]);
  expect(parts[0].head).toMatchObject({ of: "shop", type: "tree", up: true, outcome: null });
  expect(parts[0].rows.map((row) => [row.path, row.status, row.attempts])).toEqual([
    ["db", "ready", 1],
    ["web", "ready", 1],
  ]);
  launchers.get("web")?.exit(failed());
  await system.settle();
  const { event, data } = await reading.next();
  expect(event).toBe("change");
  expect(data.told.map((told) => [told.id, told.type])).toEqual([
    ["web", "exited"],
    ["web", "delayed"],
    ["web", "launched"],
    ["web", "ready"],
  ]);
  expect(data.told[0]).toMatchObject({ exit: { kind: "failed", error: "Error: boom" } });
  expect(data.parts[0].rows).toHaveLength(1);
  expect(data.parts[0].rows[0]).toMatchObject({ path: "web", attempts: 2, failures: 1 });
});

it("tells a reader that comes back what it missed, and nothing twice", async () => {
  const { tree, launchers, system } = treeOf(["db", "web"]);
  const page = await pageOf(tree);
  const before = await read(page);
  const { id } = await before.next();
  before.close();
  launchers.get("db")?.exit(failed());
  await system.settle();
  const after = await read(page, id);
  const missed = await after.next();
  expect(missed.event).toBe("change");
  expect(missed.data.told.map((told) => told.id)).toEqual(["db", "db", "db", "db"]);
  launchers.get("web")?.exit(failed());
  await system.settle();
  const next = await after.next();
  expect(next.data.told.every((told) => told.id === "web")).toBe(true);
  const seqs = [...missed.data.told, ...next.data.told].map((told) => told.seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  expect(new Set(seqs).size).toBe(8);
});

it.each([
  ["too much was missed", (id: string) => id],
  ["the id is another dashboard's", () => "other.3"],
  ["the id is nonsense", () => "..;x=%00"],
  ["the id is of the future", (id: string) => `${id.split(".")[0]}.999999`],
])("begins anew where %s", async (_, made) => {
  const { tree, launchers, system } = treeOf(["db"]);
  const page = await pageOf(tree, { history: 100 });
  const before = await read(page);
  const { id } = await before.next();
  before.close();
  for (let i = 0; i < 30; i++) {
    launchers.get("db")?.exit(failed());
    await system.settle();
  }
  const { event, data } = await (await read(page, made(id))).next();
  expect(event).toBe("snapshot");
  expect(data.told).toHaveLength(100);
  expect(data.told.at(-1)?.seq).toBe(data.seq);
});

it("tells who was removed, and who was added", async () => {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, []);
  const kinds = { worker: { launcher, restart: "temporary" } } as const;
  const tree = superviseTree({ kinds }, {}, system);
  const page = await pageOf(tree);
  const reading = await read(page);
  await reading.next();
  await tree.startChild({ id: "w1", kind: "worker" });
  const added = await reading.next();
  expect(added.data.parts[0].rows[0]).toMatchObject({ path: "w1", kind: "worker" });
  launcher.exit({ kind: "completed" });
  await system.settle();
  const gone = await reading.until(({ data }) => data.parts[0].gone.length > 0);
  expect(gone.data.parts[0].gone).toEqual(["w1"]);
});

it("shows a tree in a tree, and a child alone, and several at once", async () => {
  const system = manualSystem();
  const launcher = () => scriptedLauncher(system, []);
  const inner = { children: [{ id: "a", launcher: launcher() }] };
  const tree = superviseTree({ children: [{ id: "in", tree: inner }] }, { id: "one" }, system);
  const policy = backoff({ initialMs: 500 });
  const alone = supervise(launcher(), { policy, id: "two" }, system);
  const page = await pageOf([tree, alone]);
  const { json } = await ask(page);
  expect(json.parts.map(({ head, rows }) => [head.of, head.type, rows.map((r) => r.path)])).toEqual(
    [
      ["one", "tree", ["in", "in/a"]],
      ["two", "child", ["two"]],
    ],
  );
});

it("says what is waited for", async () => {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, []);
  const handle = supervise(
    launcher,
    { policy: backoff({ initialMs: 500, jitter: "none" }) },
    system,
  );
  const page = await pageOf(handle);
  launcher.exit(failed());
  await system.settle();
  const { rows, head } = (await ask(page)).json.parts[0];
  expect(rows[0]?.waiting).toEqual({ for: "delay", until: head.now + 500, cause: "restart" });
  expect(rows[0]?.status).toBe("stopped");
});

it("keeps the output of a child out of the stream, and cuts what is long", async () => {
  const { tree, launchers, system } = treeOf(["db"]);
  const page = await pageOf(tree);
  const reading = await read(page);
  await reading.next();
  const stderrTail = Array.from({ length: 50 }, () => "secret ".repeat(100));
  launchers
    .get("db")
    ?.exit({ kind: "failed", code: 3, error: new Error("x".repeat(900)), stderrTail } as never);
  await system.settle();
  const { data } = await reading.next();
  const text = JSON.stringify(data);
  expect(text).not.toContain("secret");
  expect(text).not.toContain("stack");
  expect(data.told[0]).toMatchObject({ exit: { kind: "failed", code: 3 } });
  expect(text).toContain(`"Error: ${"x".repeat(193)}…"`);
});

it("drops a reader that does not read, and lets it come back", async () => {
  const ids = Array.from({ length: 200 }, (_, i) => `w${i}`);
  const { tree, launchers, system } = treeOf(ids);
  const page = await pageOf(tree);
  const slow = await read(page);
  const { id } = await slow.next();
  slow.response.pause();
  const quick = await read(page);
  const drained = quick.until(() => false).catch(() => "closed");
  while (page.clients === 2) {
    for (const launcher of launchers.values()) launcher.exit(failed("y".repeat(180)));
    await system.settle();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(page.clients).toBe(1);
  const back = await (await read(page, id)).next();
  expect(back.event).toBe("snapshot");
  await page.close();
  expect(await drained).toBe("closed");
});

it("leaves nothing behind when it is closed, and the supervision as it is", async () => {
  const open = () => process.getActiveResourcesInfo().sort().join();
  const before = open();
  const { tree, launchers, system } = treeOf(["db"]);
  const page = await pageOf(tree);
  const reading = await read(page);
  await reading.next();
  launchers.get("db")?.exit(failed());
  await system.settle();
  expect(open()).not.toBe(before);
  await Promise.all([page.close(), page.close()]);
  await expect(reading.until(() => false)).rejects.toThrow();
  await expect(ask(page)).rejects.toThrow("ECONNREFUSED");
  expect(page.clients).toBe(0);
  expect(tree.status().outcome).toBe(null);
  while (open() !== before) await new Promise((resolve) => setImmediate(resolve));
});
