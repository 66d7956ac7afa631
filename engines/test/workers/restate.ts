// A worker of Restate in a process of its own, which says what becomes of each attempt: for tests that kill it.
//   node restate.ts PORT

import * as restate from "@restatedev/restate-sdk";
import { backoff } from "@steadfast/backoff";
import { runUnder } from "@steadfast/bridges/restate";
import { inTurn, lifetimeCap } from "@steadfast/policy";

const delays = backoff({ initialMs: 50, factor: 1, jitter: "none" });
const policy = inTurn(delays, lifetimeCap({ restarts: 2 }));
let attempts = 0;

const shop = restate.service({
  name: "shop",
  handlers: {
    pay: (ctx: restate.Context) =>
      runUnder(restate, told(ctx), policy, "charge", () => {
        attempts++;
        throw new Error("lost");
      }),
  },
});

/** The same context, of which a wait is told: the attempt before it has ended, and the next has not begun. */
function told(ctx: restate.Context): restate.Context {
  return Object.create(ctx, {
    sleep: {
      value(ms: number) {
        process.send?.({ waits: attempts });
        return ctx.sleep(ms);
      },
    },
    run: { value: ctx.run.bind(ctx) },
    rand: { value: ctx.rand },
  });
}

await restate.serve({ services: [shop], port: Number(process.argv[2]), logger: () => {} });
process.send?.({ listens: true });
process.on("message", () => process.send?.({ attempts }));
