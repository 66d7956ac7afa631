// A process of a tree: ready when it runs; does what messages say; ends when it is asked to, after it has
// answered what came before.

import { ready } from "@steadfast/child-process/child";

const [, , name = "part"] = process.argv;

process.on("message", (message) => {
  if (message?.ask !== undefined) process.send({ answer: message.ask, by: process.pid });
  if (message === "fail") process.exit(3);
  if (message === "throw") throw new Error(`${name} breaks`);
  if (message === "be deaf") {
    process.removeAllListeners("SIGTERM").on("SIGTERM", () => {});
    process.send("is deaf");
  }
  if (message === "done") process.disconnect();
});
process.once("SIGTERM", () => setImmediate(() => process.disconnect()));
process.once("disconnect", () => process.exit());
setInterval(() => {}, 1_000_000);
ready();
