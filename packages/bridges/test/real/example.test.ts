import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("examples/import-a-stack.mjs says what does not map, starts both, and stops", async () => {
  const path = fileURLToPath(new URL("../../examples/import-a-stack.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  const [image, memory, ...rest] = stdout.trimEnd().split("\n");
  expect(image).toBe(
    "changed services.queue.image: it runs on the host, without a container around it",
  );
  expect(memory).toBe("dropped services.queue.mem_limit: it has no counterpart here");
  expect(rest.slice(0, -1).sort()).toEqual(["queue: queue is up", "web: web on 5000"]);
  expect(rest.at(-1)).toBe("stopped");
});
