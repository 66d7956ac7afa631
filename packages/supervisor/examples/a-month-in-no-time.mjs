// A month of a child that crashes, on virtual time: nothing is waited for, and every run is the same.
//   node examples/a-month-in-no-time.mjs

import { allOf, launch, restartOn, restartPolicy } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

// Six hours after each failure; a policy of one's own is one function per event.
const inSixHours = restartPolicy({
  name: "in-six-hours",
  launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : 6 * HOUR)],
});

const system = manualSystem();
const launcher = scriptedLauncher(system, (attempt) =>
  attempt < 40
    ? { runMs: 12 * HOUR, exit: { kind: "failed", error: new Error("out of luck") } }
    : { runMs: HOUR, exit: { kind: "completed", value: "at last" } },
);

const handle = supervise(
  launcher,
  {
    policy: allOf(restartOn("transient"), inSixHours),
    onEvent: (event) => {
      const day = (event.at / DAY).toFixed(2);
      if (event.type === "exited" && event.attempt % 10 === 0) {
        console.log(`day ${day}: attempt ${event.attempt} ${event.exit.kind}`);
      }
    },
  },
  system,
);

await system.advance(30 * DAY);
const { type, attempts, value } = await handle.outcome;
console.log(`${type} after ${attempts} attempts: ${value}; timers left: ${system.pendingTimers}`);
