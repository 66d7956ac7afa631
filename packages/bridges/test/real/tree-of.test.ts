// What was imported, as processes: a Procfile, a pm2 app that says when it is ready, a probe by a command.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { superviseTree } from "@steadfast/supervisor/tree";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fromCompose } from "../../src/compose.js";
import type { Imported } from "../../src/index.js";
import { fromEcosystem } from "../../src/pm2.js";
import { treeOf } from "../../src/processes.js";
import { fromProcfile } from "../../src/procfile.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steadfast-bridges-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const started = (imported: Imported) =>
  superviseTree({ ...treeOf(imported, { stdout: "ignore", stderr: "ignore" }) });

it("a Procfile: each process with its own port, all of them stopped", async () => {
  const stay = "setInterval(() => {}, 1000)";
  file(
    "port.mjs",
    `import { writeFileSync } from "node:fs"; writeFileSync(process.argv[2], process.env.PORT); ${stay}`,
  );
  const run = `exec ${process.execPath} ${join(folder, "port.mjs")}`;
  const read = fromProcfile(`a: ${run} ${folder}/a\nb: ${run} ${folder}/b`, { policy: "always" });
  const tree = started(read);
  expect(await tree.up).toBe(true);
  for (const [id, port] of [
    ["a", "5000"],
    ["b", "5100"],
  ] as const)
    await untilWritten(join(folder, id), port);
  expect((await tree.stop()).type).toBe("stopped");
  expect(tree.child("a").status()?.lastExit).toMatchObject({
    kind: "signalled",
    signal: "SIGTERM",
  });
});

it("a pm2 app: ready by its message, stopped by one, restarted when it fails", async () => {
  const script = file(
    "app.js",
    `const fs = require("node:fs"); const again = fs.existsSync("again"); fs.writeFileSync("again", "");
     if (!again) process.exit(1);
     process.on("message", (message) => { if (message === "shutdown") { fs.writeFileSync("bye", ""); process.exit(0); } });
     process.send("ready");`,
  );
  const app = {
    name: "app",
    script,
    cwd: folder,
    wait_ready: true,
    shutdown_with_message: true,
    listen_timeout: "60s",
    kill_timeout: "60s",
  };
  const tree = superviseTree({
    ...treeOf(fromEcosystem({ apps: [app] })),
    startFailure: "restart",
  });
  expect(await tree.up).toBe(true);
  expect(tree.child("app").status()?.attempts).toBe(2);
  await tree.stop();
  expect(readFileSync(join(folder, "bye"), "utf8")).toBe("");
});

it("lines of a service with a channel are heard as those of any other", async () => {
  const script = join(folder, "speaks.cjs");
  writeFileSync(
    script,
    "console.log('out'); console.error('err'); process.send('ready'); setInterval(() => {}, 1e6);",
  );
  const lines: string[] = [];
  const heard = { line: (line: string) => lines.push(line) };
  const app = { name: "app", script, cwd: folder, wait_ready: true, kill_timeout: "60s" };
  const tree = superviseTree(
    treeOf(fromEcosystem({ apps: [app] }), { stdout: heard, stderr: heard }),
  );
  expect(await tree.up).toBe(true);
  await tree.stop();
  expect(lines.sort()).toEqual(["err", "out"]);
});

it("a service of Compose: ready when its healthcheck is, and not before", async () => {
  const up = join(folder, "up");
  const services = {
    db: {
      command: ["sh", "-c", `sleep 0.3; : > ${up}; exec sleep 600`],
      healthcheck: { test: ["CMD", "test", "-e", up], interval: "20ms" },
    },
    web: {
      command: ["sh", "-c", `test -e ${up} && : > ${join(folder, "web")}; exec sleep 600`],
      depends_on: { db: { condition: "service_healthy" } },
    },
  };
  const tree = started(fromCompose({ services }));
  expect(await tree.up).toBe(true);
  await untilWritten(join(folder, "web"), "");
  await tree.stop();
});

/** Looks at each turn of the loop: the process writes it as soon as it runs. */
async function untilWritten(path: string, text: string): Promise<void> {
  const read = () => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return null;
    }
  };
  while (read() !== text) await new Promise((resolve) => setImmediate(resolve));
}
