// A server that crashes twice and then works, until its supervisor stops it.
//   node examples/keep-running.mjs

import { spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { logEvents } from "@steadfast/supervisor/console";
import { exitCode } from "@steadfast/supervisor/node";

const program = `
  const attempt = Number(process.argv[1]);
  if (attempt < 3) throw new Error("attempt " + attempt + ": no database");
  require("node:http").createServer().listen(0, () => console.log("listening"));`;

const server = spawnLauncher(process.execPath, ({ attempt }) => ["-e", program, `${attempt}`], {
  readyWhen: (line) => line === "listening",
  stdout: "ignore",
  stderr: "ignore",
});

const handle = supervise(server, {
  policy: restartOn("transient"),
  readiness: "explicit",
  onEvent: logEvents(), // on standard error
});
handle.on(({ type }) => {
  if (type === "ready") void handle.stop();
});
const outcome = await handle.outcome;
const { type, attempts, lastExit } = outcome;
console.log(type, attempts, lastExit.kind, lastExit.signal);
process.exitCode = exitCode(outcome);
