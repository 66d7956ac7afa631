// A forked child of the soak: it is ready, lives, answers, and ends badly by chance.

import { heartbeat, onRequest, ready } from "@steadfast/child-process/child";

onRequest(() => "an answer");
ready();
const beating = setInterval(heartbeat, 20);
process.on("SIGTERM", () => {
  clearInterval(beating);
  process.disconnect?.();
  if (Math.random() < 0.2) setTimeout(() => {}, 10_000); // it does not hear
});
const lives = 50 + Math.random() * 800;
setTimeout(() => {
  const draw = Math.random();
  if (draw < 0.3) throw new Error("boom");
  if (draw < 0.5) process.exit(3);
  if (draw < 0.6) process.kill(process.pid, "SIGSEGV");
}, lives).unref();
