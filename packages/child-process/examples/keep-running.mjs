// A server that crashes twice and then works, until its supervisor stops it.
//   node examples/keep-running.mjs

import { spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";

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
  onEvent(event) {
    if (event.type === "ready") void handle.stop();
    if (event.type === "exited" && event.exit.kind === "failed") {
      console.log(event.exit.stderrTail.find((line) => line.startsWith("Error")));
    }
  },
});
const { type, attempts, lastExit } = await handle.outcome;
console.log(type, attempts, lastExit.kind, lastExit.signal);
