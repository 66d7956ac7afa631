// Has both copies of the worker's side: one handles requests, the other only listens.

const { onRequest } = require("@steadfast/worker-threads/worker");

void import("@steadfast/worker-threads/worker").then((other) => {
  onRequest(() => "cjs");
  other.onMessage(() => {});
  other.ready();
});
