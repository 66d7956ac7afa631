// A process of a tree: ready when it runs; does what messages say; ends when it is asked to. Asked by a message, it has
// answered all that was sent before; a signal overtakes what stands in the channel.

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
  if (message?.steadfast === "stop") process.send("over", () => process.disconnect());
});
process.once("SIGTERM", () => setImmediate(() => process.disconnect()));
process.once("disconnect", () => process.exit());
setInterval(() => {}, 1_000_000);
ready();
