// Three web servers on one port. They are restarted one after the other while a client asks, and no request is lost.
//   node examples/one-port.mjs

import { createServer } from "node:http";
import { forkLauncher, sharedPort } from "@steadfast/child-process";
import { drain, listen } from "@steadfast/child-process/child";
import { restartOn } from "@steadfast/policy";
import { superviseTree } from "@steadfast/supervisor/tree";

if (process.argv[2] === "serve") {
  const server = createServer((_request, response) => response.end(`${process.pid}`));
  await listen(server, 8080);
  process.once("SIGTERM", () => void drain(server));
} else {
  const port = sharedPort(0, { host: "127.0.0.1" });
  const launcher = forkLauncher(new URL(import.meta.url), ["serve"], { port });
  const policy = restartOn("permanent");
  const tree = superviseTree({ children: [{ id: "web", launcher, policy, replicas: 3 }] });
  await tree.up;

  let isOver = false;
  const rolled = tree.roll("web").finally(() => {
    isOver = true;
  });
  let asked = 0;
  let answered = 0;
  while (!isOver) {
    asked++;
    const response = await fetch(`http://127.0.0.1:${port.port}`);
    await response.text();
    answered++;
  }
  console.log("rolled:", (await rolled).ok, "lost:", asked - answered);
  await tree.stop();
  port.close();
}
