// Holds a port and its parent's stderr until it is killed, or ends by SIGTERM if it is not `deaf`.

import { createServer } from "node:net";

const [port, ...traits] = process.argv.slice(2);
if (traits.includes("deaf")) process.on("SIGTERM", () => {});
const say = (what) => process.connected && process.send(what);
const server = createServer();
server.on("error", ({ code }) => say({ code }));
server.listen(Number(port), "127.0.0.1", () => {
  say({ pid: process.pid, port: server.address().port });
});
// The channel is not what keeps it alive, and a lost one does not stay for ever.
setTimeout(() => process.exit(99), 120_000);
