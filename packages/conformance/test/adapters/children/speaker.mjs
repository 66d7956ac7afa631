// Says how it is, and does what its messages say: a child that the test steers.

import { heartbeat, notReady, ready } from "@steadfast/child-process/child";

const acts = {
  ready,
  "not-ready": notReady,
  // The message after it says that it was heard: the channel keeps the order.
  beat: () => {
    heartbeat();
    process.send("beat");
  },
  exit: (code) => process.exit(code),
  echo: (text) => process.send(text),
  deaf: () => {
    process.on("SIGTERM", () => process.send("SIGTERM ignored"));
    process.send("deaf");
  },
};

process.on("message", ({ act, with: argument }) => acts[act](argument));
process.send({ attempt: Number(process.argv[2]), pid: process.pid });
setTimeout(() => process.exit(99), 120_000);
