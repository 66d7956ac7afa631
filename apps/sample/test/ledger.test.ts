import fc from "fast-check";
import { expect, it } from "vitest";
import { type Claim, Ledger } from "../src/app/ledger.js";

const FILES = ["a", "bb", "ccc", "dddd", "eeeee"];
const WORDS = FILES.join("").length;

it("claims each file once until it is given back", () => {
  const ledger = new Ledger();
  ledger.open(["a"]);
  const claim = ledger.claim() as Claim;
  expect(claim.file).toBe("a");
  expect(ledger.claim()).toBeNull();
  expect(ledger.giveBack(claim)).toBe(true);
  expect(ledger.claim()?.file).toBe("a");
});

it("settles a claim once, and a void one never", () => {
  const ledger = new Ledger();
  ledger.open(["a", "b"]);
  const first = ledger.claim() as Claim;
  const second = ledger.claim() as Claim;
  ledger.giveBack(second);
  expect([ledger.settle(first, 3), ledger.settle(first, 3)]).toEqual([true, false]);
  expect([ledger.settle(second, 5), ledger.giveBack(second)]).toEqual([false, false]);
  expect(ledger.total).toEqual({ files: 1, words: 3 });
  expect(ledger.isDone).toBe(false);
});

it("is not done before it was opened, and done at once without files", () => {
  const ledger = new Ledger();
  expect(ledger.isDone).toBe(false);
  ledger.open([]);
  expect(ledger.isDone).toBe(true);
});

it("enters the files of the first opening only", () => {
  const ledger = new Ledger();
  ledger.open(["a"]);
  ledger.claim();
  ledger.open(["a", "b"]);
  expect(ledger.size).toBe(1);
  expect(ledger.claim()).toBeNull();
});

it("loses nothing and counts nothing twice, whatever comes in which order", () => {
  let late = 0;
  const moves = fc.array(
    fc.record({ move: fc.constantFrom("claim", "settle", "back"), pick: fc.nat() }),
    {
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(moves, (script) => {
      const ledger = new Ledger();
      ledger.open(FILES);
      const claims: Claim[] = [];
      for (const { move, pick } of script) {
        const claim = claims[pick % Math.max(1, claims.length)];
        if (move === "claim") claims.push(...[ledger.claim()].filter((one) => one !== null));
        // Also claims that were settled or given back before: the late results of a dead worker.
        if (move === "settle" && claim && !ledger.settle(claim, claim.file.length)) late++;
        if (move === "back" && claim) ledger.giveBack(claim);
      }
      for (const claim of claims) ledger.giveBack(claim);
      for (let claim = ledger.claim(); claim; claim = ledger.claim()) {
        ledger.settle(claim, claim.file.length);
      }
      expect(ledger.total).toEqual({ files: FILES.length, words: WORDS });
      expect(ledger.isDone).toBe(true);
    }),
  );
  expect(late).toBeGreaterThan(5);
});
