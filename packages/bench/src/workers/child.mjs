// A forked child that answers a message, or ends as the message says. As a standby it waits here.

import { whenActive } from "@steadfast/child-process/child";

await whenActive();
process.on("message", (message) => {
  if (message === "crash") process.exit(1);
  process.send(message);
});
