// `pnpm chaos [seeds]`: chaos runs for many seeds on each store, a line each. Red if one shows a fault.

import { chaos } from "./chaos/chaos.ts";

const seeds = Number(process.argv[2] ?? 50);
if (!Number.isSafeInteger(seeds) || seeds < 1) {
  throw new Error(`how many seeds must be a whole number of at least 1, got ${process.argv[2]}`);
}

let red = 0;
console.log("store     seed  requests  launched  granted  unreachable  share  overfull");
for (let seed = 1; seed <= seeds; seed++) {
  for (const kind of ["redis", "postgres"] as const) {
    const found = await chaos({ kind, seed, requests: 20_000 });
    const isRed = found.overfull !== null || found.launched > found.granted || found.share < 0.9;
    if (isRed) red++;
    console.log(
      kind.padEnd(9),
      String(seed).padStart(4),
      String(found.requests).padStart(9),
      String(found.launched).padStart(9),
      String(found.granted).padStart(8),
      String(found.unreachable).padStart(12),
      found.share.toFixed(3).padStart(6),
      found.overfull ? `RED: ${found.overfull.join(", ")}` : "none",
    );
  }
}
console.log(`${2 * seeds} runs, ${red} red`);
process.exitCode = red > 0 ? 1 : 0;
