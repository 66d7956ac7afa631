// A process with a child of its own that holds a port; both do nothing to end it, and end when told.
//
// argv: a port (0: any), then any of `deaf` (SIGTERM is heard, told and ignored, by both) and `apart`
// (the grandchild leaves the process group).

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const [port, ...traits] = process.argv.slice(2);
const grandchild = spawn(
  process.execPath,
  [fileURLToPath(new URL("./holder.mjs", import.meta.url)), port, ...traits],
  { detached: traits.includes("apart"), stdio: ["ignore", "inherit", "inherit", "ipc"] },
);
grandchild.on("message", (said) => process.send(said));

if (traits.includes("deaf")) process.on("SIGTERM", () => process.send("SIGTERM ignored"));

process.on("message", ({ act, with: argument }) => {
  if (act === "crash") process.stderr.write("last words\n", () => process.exit(argument));
  if (act === "kill yourself") process.kill(process.pid, "SIGKILL");
});
