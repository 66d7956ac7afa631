// Every order, to a child of a tree, to a child that stands alone, and to a whole tree: what the handle does, and what
// is answered.

import { backoff } from "@steadfast/backoff";
import { lifetimeCap } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { expect, it } from "vitest";
import { post } from "./asking.js";
import { pageOf, treeOf } from "./pages.js";

const failed = { kind: "failed", error: new Error("boom") } as const;

async function shop() {
  const { tree, system, launchers } = treeOf(["db", "web"]);
  const page = await pageOf(tree);
  const order = async (order: string, path?: string) => {
    const { json } = await post(page, "/api/order", { of: "shop", order, path });
    await system.settle();
    return json.answer ?? json.error;
  };
  return { tree, order, launchers, web: () => tree.child("web").status() };
}

it("restarts a child: a new attempt, by an operator", async () => {
  const { order, web, launchers } = await shop();
  expect(await order("restart", "web")).toBe("queued-after-stop");
  expect(web()).toMatchObject({ status: "ready", attempts: 2, failures: 0 });
  expect(launchers.get("db")?.attempts).toHaveLength(1);
});

it("stops a child and keeps its place, and starts it again", async () => {
  const { order, web } = await shop();
  expect(await order("stop", "web")).toBe("done");
  expect(web()).toMatchObject({ status: "stopped", done: true });
  expect(await order("restart", "web")).toBe("done");
  expect(web()).toMatchObject({ status: "ready", done: false, attempts: 2 });
});

it("pauses and resumes a child", async () => {
  const { order, web } = await shop();
  expect(await order("pause", "web")).toBe("done");
  expect(web()).toMatchObject({ status: "stopped", intent: "paused" });
  expect(await order("resume", "web")).toBe("done");
  expect(web()).toMatchObject({ status: "ready", intent: "active" });
});

it("resets a child, and sends it the reload message", async () => {
  const { order, web, launchers } = await shop();
  launchers.get("web")?.exit(failed);
  expect(await order("reload", "db")).toBe("done");
  expect(launchers.get("db")?.attempts[0]?.heard).toEqual(["reload"]);
  expect(web()?.failures).toBe(1);
  expect(await order("reset", "web")).toBe("done");
  expect(web()?.failures).toBe(0);
});

it("resets and stops a tree, and tells at once that it is stopping", async () => {
  const { order, tree } = await shop();
  expect(await order("reset")).toBe("done");
  expect(await order("stop")).toBe("stopping");
  expect(await tree.outcome).toEqual({ type: "stopped", by: "stop" });
  expect(await order("restart", "web")).toBe("over");
  expect(await order("stop", "web")).toBe("refused: shutdown");
});

it("gives a child that stands alone the same orders", async () => {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, []);
  const policy = backoff({ initialMs: 500, jitter: "none" });
  const handle = supervise(launcher, { policy, id: "api" }, system);
  const page = await pageOf(handle);
  const order = async (order: string, path?: string) => {
    const { json } = await post(page, "/api/order", { of: "api", order, path });
    await system.settle();
    return json.answer;
  };
  launcher.exit(failed);
  await system.settle();
  expect(await order("reload", "api")).toBe("kept for the next attempt");
  expect(await order("restart", "api")).toBe("started-immediately");
  expect(await order("pause")).toBe("done");
  expect(await order("resume")).toBe("done");
  expect(await order("reset", "api")).toBe("done");
  expect(await order("stop", "api")).toBe("stopping");
  expect((await handle.outcome).type).toBe("stopped");
});

it("says what the policy refuses where it is asked about orders, too", async () => {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, []);
  const policy = lifetimeCap({ restarts: 0 });
  const handle = supervise(
    launcher,
    { policy, operatorLaunches: "ask", onRefused: "hold" },
    system,
  );
  const page = await pageOf(handle);
  launcher.exit();
  await system.settle();
  const { json } = await post(page, "/api/order", { of: "child", order: "restart" });
  expect(json.answer).toBe("refused: cap-reached");
});
