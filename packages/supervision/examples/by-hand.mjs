// A driver by hand: one child of plain `spawn`, supervised by a value. It crashes twice and then ends well.

import { spawn } from "node:child_process";
import { allOf, launch, restartOn, restartPolicy } from "@steadfast/policy";
import { supervision } from "@steadfast/supervision";

const policy = allOf(
  restartOn("transient"),
  restartPolicy({ name: "steady", launch: (state) => [state, launch(20)] }),
);
const one = supervision({ policy });
let state = one.initial();
let timer;

function give(event) {
  const given = { draw: Math.random(), wall: Date.now() };
  const [after, effects] = one.step(state, { ...event, ...given }, Math.floor(performance.now()));
  state = after;
  effects.forEach(carryOut);
  clearTimeout(timer);
  const due = one.deadline(state);
  if (due !== null)
    timer = setTimeout(give, Math.max(0, due - performance.now()), { type: "tick" });
}

function carryOut(effect) {
  if (effect.type === "settle") console.log(`over: ${effect.outcome.type}`);
  if (effect.type !== "launch") return;
  const { attempt, generation } = effect;
  const child = spawn(process.execPath, ["-e", `process.exit(${attempt < 3 ? 1 : 0})`]);
  child.once("spawn", () => give({ type: "launched", generation, pid: child.pid }));
  child.once("exit", (code) => {
    console.log(`attempt ${attempt} ended with code ${code}`);
    const exit = code === 0 ? { kind: "completed", code } : { kind: "failed", code };
    give({ type: "exited", generation, exit });
  });
}

give({ type: "begin" });
give({ type: "tick" });
