// One child, kept by a slot and plain spawn: started, restarted by an operator, and stopped.
//   node examples/plain-spawn.mjs

import { spawn } from "node:child_process";
import { childSlot } from "@steadfast/child-slot";

const slot = childSlot({ id: "worker", gracePeriodMs: 1_000 });
let state = slot.initial();
let child;
let timer;

/** Steps the slot, does what it says, and sets the one timer to its deadline. */
function tell(event) {
  const [next, commands] = slot.step(state, event, Math.floor(performance.now()));
  state = next;
  for (const command of commands) perform(command);
  clearTimeout(timer);
  const deadline = slot.deadline(state);
  if (deadline !== null) timer = setTimeout(tell, deadline - performance.now(), { type: "tick" });
}

function perform({ type, generation, attempt, reason, report }) {
  console.log(attempt, report ? (report.decision ?? report.type) : [type, reason].join(" ").trim());
  if (type === "request-stop") child.kill("SIGTERM");
  if (type === "kill") child.kill("SIGKILL");
  if (type !== "launch") return;
  const exited = (exit) => tell({ type: "exited", generation, exit });
  child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000)"]);
  child.once("error", (error) => exited({ kind: "spawn-failed", error }));
  child.once("exit", (code, signal) => {
    exited(signal ? { kind: "signalled", signal } : { kind: code ? "failed" : "completed", code });
  });
  if (attempt === 2) child.once("spawn", () => tell({ type: "stop" }));
}

tell({ type: "launch", cause: "start" });
tell({ type: "restart", requester: "ops", reason: "new config" });
