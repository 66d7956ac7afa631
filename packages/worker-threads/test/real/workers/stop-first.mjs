// Begins to hear requests when it is asked to stop: what was sent before the stop is still there.

import { onRequest, onStop, ready } from "@steadfast/worker-threads/worker";

const alive = setInterval(() => {}, 2 ** 30);
onStop(() => {
  clearInterval(alive);
  onRequest((n) => n + 1);
});
ready();
