// A thread of the soak: it is ready, lives, answers, and ends badly by chance.

import { onRequest, onStop, ready } from "@steadfast/worker-threads/worker";

const staying = setInterval(() => {}, 1_000);
onRequest((message) => {
  if (message === "boom") throw new Error("boom");
  if (message === "exit") process.exit(2);
  if (message === "hang") for (;;);
  return "an answer";
});
onStop(() => clearInterval(staying));
ready();
setTimeout(
  () => {
    const draw = Math.random();
    if (draw < 0.3) throw new Error("boom");
    if (draw < 0.5) process.exit(3);
    if (draw < 0.6) for (;;);
  },
  50 + Math.random() * 800,
).unref();
