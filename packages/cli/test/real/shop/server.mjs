// What the examples of the help start: a server that says when it listens.

import { createServer } from "node:net";

process.on("SIGHUP", () => console.log("reads its configuration again"));
createServer().listen(0, "127.0.0.1", () => console.log("listening"));
