// A host whose only supervision is paused: it must live on until an order. The timer keeps nothing alive, so it
// rings only if something else does.
//
//   node paused-host.mjs <one|tree|held>

import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { superviseTree } from "@steadfast/supervisor/tree";

const mode = process.argv[2];
const launcher = {
  launch() {
    let end = () => {};
    const exited = new Promise((resolve) => {
      end = () => resolve({ kind: "completed" });
    });
    if (mode === "held") end();
    return { exited, onSignal() {}, requestStop: end, kill: end };
  },
};
const handle =
  mode === "tree"
    ? superviseTree({ children: [{ id: "a", launcher }] })
    : supervise(launcher, { policy: restartOn("temporary"), onRefused: "hold" });
if (mode === "tree") handle.child("a").pause();
else if (mode === "one") handle.pause();
setTimeout(() => handle.stop(), 20).unref();
const { type } = await handle.outcome;
process.stdout.write(type);
