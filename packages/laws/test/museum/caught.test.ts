// Which law is to catch which exhibit, and why that one. Seed and runs are the kit's own defaults: what
// a user gets who says nothing.

import { describe, expect, test } from "vitest";
import { KINDS } from "../../src/museum/exhibit.js";
import { type Exhibit, examine, type Family, healthy, museum } from "../../src/museum.js";

const DEFAULTS = { seed: 20_261_121, runs: 200 };
const ORACLE = "matches-oracle";

/** The law, and why it is that one's business. */
type Expected = readonly [law: string, because: string];

const EXPECTED: { readonly [exhibit: string]: Expected } = {
  // windows
  "window-one-too-many": ["rate-bound", "a window holds more admissions than the limit"],
  "window-keeps-the-edge": [ORACLE, "it is consistent in itself, only longer than it should be"],
  "window-tumbles": ["rate-bound", "two bursts around the seam are in one window"],
  "window-forgets-one-per-look": ["old-events-forgotten", "a silence is not forgotten"],
  "window-from-the-first-start": ["rate-bound", "later there is no limit"],
  "window-other-cause-forgives": ["rate-bound", "an operator's restart makes room"],
  "window-out-of-reach": ["limit-is-real", "a child that lives 1.1 s never comes to it"],
  "window-counts-refusals": ["refusal-costs-nothing", "a refused request takes a slot"],
  "window-zero-is-never": ["time-shift", "at another instant it is answered otherwise"],
  "window-promise-not-kept": ["retry-after-exact", "asked at the hint it refuses"],
  "window-hints-the-whole-window": ["retry-after-exact", "asked sooner it launches"],
  "window-negative-hint": ["decisions-without-fault", "a wait below 1 is no wait"],
  "window-says-never": ["never-means-never", "asked later it launches"],
  "window-asking-helps": ["retry-after-exact", "asked one millisecond sooner it launches"],
  "window-hints-whole-seconds": ["decisions-without-fault", "a wait of 0 is no wait"],
  "window-edits-in-place": ["never-mutates", "the state it was given is another one afterwards"],
  "window-own-clock": ["deterministic", "another clock of the machine, another state"],
  "window-wall-clock": ["survives-json", "its instants are none of its `now`, and are pulled back"],
  "window-negative-age": ["backwards-is-standing-still", "further back, a longer wait"],
  "window-remembers-in-a-closure": ["deterministic", "told again it decides otherwise"],
  "window-throws-its-refusal": ["total", "a step throws"],
  "window-answers-true": ["decisions-without-fault", "true is no decision"],
  "window-always-new": ["quiet-means-same", "a copy comes back"],
  "window-look-edits": ["never-mutates", "a look changes the state in place"],
  "window-answers-facts": ["decisions-without-fault", "a fact is noted, not launched"],
  "window-minus-infinity": ["json-safe", "JSON makes null of it"],
  "window-dates": ["json-safe", "JSON makes texts of them"],
  "window-map": ["json-safe", "JSON makes {} of it"],
  "window-undefined": ["json-safe", "JSON leaves it out"],
  "window-parses-anything": ["parse-rejects-junk", "null is no state of its own"],
  "window-parse-type-error": ["parse-rejects-junk", "a TypeError says no path"],
  "window-parse-own-options": ["state-of-other-options", "a smaller limit rejects the state"],
  "window-keeps-the-future": ["parse-pulls-back", "it refuses until the instants have come"],
  "window-forgets-when-loaded": ["survives-json", "a loaded state decides as a fresh one"],
  "window-idle-too-soon": ["idle-is-honest", "idle, it decides otherwise than a fresh one"],
  "window-reset-keeps-one": ["reset-is-fresh", "after a reset there is one slot less"],
  "window-describes-its-birth": [
    "made-alike",
    "made at another time it describes itself otherwise",
  ],
  "window-draws-its-length": ["made-alike", "made once more it is as long as was drawn then"],
  "window-local-midnight": ["deterministic", "in another time zone it decides otherwise"],
  "window-new-date": ["deterministic", "another clock of the machine, another state"],
  "window-reads-the-code": ["total", "null has no code"],
  "window-reason-has-the-wait": ["reasons-are-codes", "a millisecond later it is another word"],
  "window-reason-is-a-sentence": ["reasons-are-codes", "a code has no blanks"],
  "window-reason-is-empty": ["reasons-are-codes", "no word is no code"],
  "window-100-at-most": [ORACLE, "a limit of 100 is a fine limit; this one should be 200"],
  "window-200-is-none": ["rate-bound", "a window holds more admissions than the limit"],
  "window-32-bits": ["time-shift", "at another time its instants wrap"],
  "window-age-wraps": ["old-events-forgotten", "after a month what is old counts again"],
  "window-keeps-every-launch": ["stays-small", "the state grows with each launch"],
  "window-negative-is-never": ["rate-bound", "before 0 there is no limit"],
  "window-ring-of-50": ["rate-bound", "a window holds more admissions than the limit"],
  "window-year-is-enough": [
    "old-events-forgotten",
    "after a year it does not decide as a fresh one",
  ],
  // backoffs
  "backoff-base-written-in": ["every-option-matters", "`factor` changes nothing"],
  "backoff-jitter-after-cap": ["within-cap", "with a high draw the cap is exceeded"],
  "backoff-no-spread-at-the-cap": ["spread-at-cap", "all draws give the cap"],
  "backoff-decorrelated-collapses": ["spread-at-cap", "nearly all draws give the cap"],
  "backoff-not-a-number": ["delay-finite", "after some failures it is NaN"],
  "backoff-shift-wraps": ["monotone-before-jitter", "after 26 failures the delay is 0"],
  "backoff-timer-overflow": ["monotone-before-jitter", "a delay above 2^31-1 becomes 1"],
  "backoff-first-is-second": [ORACLE, "it is a fine backoff, but not the one that was asked for"],
  "backoff-own-chance": ["deterministic", "another random source of the machine, another delay"],
  "backoff-runs-from-the-request": ["asked-later-is-shorter", "asked later it is as long"],
  "backoff-negative-delay": ["decisions-without-fault", "a delay below 0 is none"],
  "backoff-no-cap": ["within-cap", "after some failures the cap is exceeded"],
  "backoff-never-resets": ["every-option-matters", "`resetAfterMs` changes nothing"],
  "backoff-every-exit-forgives": ["every-option-matters", "`capMs` is never reached"],
  "backoff-reset-is-ignored": ["reset-is-fresh", "after a reset it waits as before"],
  "backoff-misses-the-edge": [ORACLE, "only at exactly one uptime is it another policy"],
  "backoff-1000-is-enough": ["monotone-before-jitter", "the 1 001st delay is 0"],
  "backoff-50-is-one": ["monotone-before-jitter", "the 51st delay is the first"],
  "backoff-code-in-a-byte": [ORACLE, "a policy may go by codes; this one should not"],
  "backoff-health-halves": ["healthy-resets", "after health it still waits longer"],
  "backoff-keeps-every-exit": ["stays-small", "the state grows with each exit"],
  "backoff-keeps-the-error": ["json-safe", "JSON makes {} of an error"],
  "backoff-month-is-short": [ORACLE, "a month of uptime forgives; here it does not"],
  "backoff-only-codes-count": [ORACLE, "a signal is a failure, too"],
  "backoff-splay-at-start": ["start-never-waits", "it waits"],
  "backoff-text-is-no-error": [ORACLE, "a text is a failure, too"],
  "backoff-whole-seconds": [ORACLE, "whole seconds are fine, but not what was asked for"],
  // budgets
  "budget-clean-exits-cost": [ORACLE, "a policy may charge clean exits; this one should not"],
  "budget-refused-crash-extends": [ORACLE, "a policy may slide its window; this one should not"],
  "budget-health-is-ignored": [ORACLE, "a policy may ignore health; this one should not"],
  "budget-asking-extends": ["refusal-costs-nothing", "a refused request prolongs the wait"],
  "budget-never-ends": ["retry-after-exact", "asked at the hint it refuses"],
  "budget-hints-a-day-at-most": ["retry-after-exact", "asked a day later it refuses"],
  "budget-operator-is-charged": [ORACLE, "a policy may charge an operator; this one should not"],
  "budget-window-in-32-bits": [
    ORACLE,
    "a window of some hours is fine; this one should be 50 days",
  ],
  // combinators
  "all-of-stops-at-the-first-refusal": ["strictest-answer-wins", "a longer wait is not heard of"],
  "all-of-refusal-costs-the-others": ["refusal-costs-nothing", "the willing have counted it"],
  "all-of-facts-to-the-first": ["strictest-answer-wins", "the others do not know of the exit"],
  "all-of-shortest-wait": ["hint-exact", "at its end the other still refuses"],
  "all-of-not-yet-beats-never": ["strictest-answer-wins", "never beats not yet"],
  "all-of-delays-add": ["strictest-answer-wins", "the longest delay wins"],
  "all-of-last-reason": ["strictest-answer-wins", "the reason is that of the winning wait"],
  "in-turn-asked-as-of-now": ["launches-bounded", "launches bunch where admissions did not"],
  "in-turn-longest-delay": ["second-asked-as-of-then", "delays add"],
  "in-turn-refusal-costs-the-first": ["refusal-costs-nothing", "the first has counted it"],
  "give-up-waits": ["not-yet-becomes-never", "a number is left"],
  "give-up-too-soon": ["not-yet-becomes-never", "a launch is no wait"],
  "wait-out-launch-is-not-counted": ["not-yet-becomes-a-delay", "the next has room it should not"],
  "wait-out-charges-twice": ["not-yet-becomes-a-delay", "the next has less room than it should"],
  "wait-out-never-is-a-long-delay": ["given-up-stays-given-up", "never is no delay"],
  "wait-out-longest-wait": ["not-yet-becomes-a-delay", "the delay begins when the wait is over"],
  "wait-out-asks-without-end": ["search-ends", "it asks more than a thousand times"],
  "coarse-hint-rounded-down": ["hint-exact", "asked at the hint it refuses"],
  "when-asks-twice": ["asked-once-per-exit", "it is called twice"],
  "when-trusts-its-own-states": ["answer-is-kept-in-the-state", "another one does not know it"],
  "when-drops-the-delay": ["matches-are-decided-by-the-policy", "the policy said to wait"],
  "when-others-cost": ["others-launch-at-once", "the policy is stepped"],
  "when-operator-passes": ["operator-follows-the-last-exit", "the policy is not stepped"],
  "when-start-is-asked": ["start-is-not-asked", "the policy is stepped"],
  "when-health-does-not-reach": ["facts-reach-the-policy", "the policy does not hear of it"],
  "when-reset-keeps-the-exit": ["reset-is-fresh", "the next restart is put to the policy"],
  "when-forgets-when-read": ["keeps-the-contract", "it is read as null"],
  "keyed-unbounded": ["bounded-and-tells", "more than maxKeys count"],
  "keyed-forgets-silently": ["bounded-and-tells", "a key starts afresh, untold"],
  "keyed-one-for-all": ["keys-are-independent", "one key is refused for another"],
  "keyed-forgets-the-newest": ["least-recent-goes", "others were used less recently"],
  "all-of-draws-again": ["strictest-answer-wins", "its members are asked with another draw"],
  "all-of-hides-the-uptime": ["strictest-answer-wins", "a member does not know how long it was up"],
  "all-of-idle-if-any": ["policy-idle-is-honest", "idle, it decides otherwise than a fresh one"],
  "all-of-keeps-a-log": ["policy-stays-small", "the state grows with each event"],
  "all-of-one-look": ["hint-is-kept", "asked at the hint the other is closed"],
  "all-of-parses-without-now": ["policy-parse-pulls-back", "instants from the future stay"],
  "coarse-reads-anything": ["policy-parse-rejects-junk", "null is no state of its own"],
  "give-up-always-idle": ["policy-idle-is-honest", "idle, it decides otherwise than a fresh one"],
  "in-turn-idle-as-the-first": ["policy-idle-is-honest", "the second remembers something"],
  "in-turn-second-draws-0": ["second-asked-as-of-then", "the second is asked with another draw"],
  "keyed-cuts-long-keys": ["keys-are-independent", "one key is refused for another"],
  "keyed-looks-at-the-end": ["keys-are-independent", "one key is refused for another"],
  "keyed-numbers-are-one": ["keys-are-independent", "one key is refused for another"],
  "keyed-parses-without-now": ["reads-back-at-any-time", "instants from the future stay"],
  "keyed-trims-keys": ["keys-are-independent", "one key is refused for another"],
  "keyed-without-case": ["keys-are-independent", "one key is refused for another"],
  // slots
  "slot-two-alive": ["at-most-one-alive", "the next is launched beside the present one"],
  "slot-second-launch-drops-the-first": ["at-most-one-alive", "the first is never told to end"],
  "slot-stale-exit-counts": ["stale-changes-nothing", "an old exit ends the new attempt"],
  "slot-same-generation": ["generations-grow", "all generations are 0"],
  "slot-exit-told-twice": ["every-exit-told-once", "it is told twice"],
  "slot-probe-is-an-order": ["orders-are-told-apart", "nobody ordered it"],
  "slot-swallows-the-impossible": ["impossible-changes-nothing", "nothing is thrown"],
  "slot-record-lies": ["record-agrees", "a restart waits, and the record says no"],
  "slot-stop-loses-to-a-restart": ["stop-wins", "the restart still waits after the stop"],
  "slot-stop-never-ends": ["stop-always-ends", "no tick is due, and it has not ended"],
  "slot-rings-for-ever": ["deadline-is-honest", "ticked on and on, it is still due"],
  "slot-halt-closes": ["halt-decides-nothing-else", "it is closed after a halt"],
  "slot-resume-launches": ["stop-wins", "it is open again after a stop"],
  "slot-heartbeat-dated-when-seen": ["heartbeat-by-its-own-time", "told late it is younger"],
  "slot-healthy-twice": ["healthy-once", "it is told once more"],
  "slot-believes-the-timer": ["deadline-is-honest", "a tick before the deadline is not quiet"],
  "slot-judges-after-a-suspend": ["late-look-excused-once", "looked at late, it judges at once"],
  "slot-negative-uptime": ["uptime-from-the-launch", "it is less than 0"],
  "slot-grace-of-0-is-5-s": ["deadline-by-its-options", "it should be killed at once"],
  "slot-healthy-at-0-is-10-s": ["deadline-by-its-options", "it should be healthy at once"],
  "slot-heartbeat-never-stale": ["record-at-any-time", "it is older than the option says"],
  "slot-heartbeats-by-another-time": ["deadline-by-its-options", "another option belongs to it"],
  "slot-kill-waits-for-the-grace": ["kill-cuts-the-grace-short", "there is no kill"],
  "slot-ready-since-now": ["record-at-any-time", "an instant moves with the look"],
  "slot-remembers-every-restart": ["stays-small", "the state grows with each restart"],
  "slot-second-stop-prolongs": ["second-stop-is-the-first", "the deadline moves"],
  "slot-swaps-grace-and-giving-up": ["deadline-by-its-options", "another option belongs to it"],
  // launchers
  "launcher-exited-rejects": ["exited-settles-once", "it rejects"],
  "launcher-refusal-is-thrown": ["launch-returns-a-child", "launch() throws"],
  "launcher-refusal-is-silent": ["refusal-is-an-exit", "there is no exit"],
  "launcher-refusal-is-a-stop": ["refusal-is-an-exit", "it is told as cancelled"],
  "launcher-kill-is-an-exit": ["supervised-one-alive", "the next is launched beside it"],
  "launcher-null-is-zero": ["exit-tells-the-cause", "a signal is told as completed"],
  "launcher-error-is-the-end": ["supervised-one-alive", "the next is launched beside it"],
  "launcher-waits-for-a-result": ["exited-settles-once", "it does not settle"],
  "launcher-swallows-undefined": ["exited-settles-once", "it does not settle"],
  "launcher-misuse-is-an-exit": ["misuse-is-thrown", "it is an exit"],
  "launcher-stop-before-start-is-lost": ["stop-is-asked", "the child is never asked"],
  "launcher-kill-twice-throws": ["calls-are-idempotent", "kill throws"],
  "launcher-kills-another-process": [
    "the-dead-are-left-alone",
    "the force reaches one that is gone",
  ],
  "launcher-leaves-listeners": ["nothing-is-left", "listeners are left on the host"],
  "launcher-leaves-timers": ["supervised-stop-ends", "timers are set when all is over"],
  "launcher-late-error-escapes": ["errors-do-not-escape", "nobody listens to it"],
  "launcher-speaks-after-the-exit": ["no-signal-after-exit", "a signal follows the exit"],
  "launcher-drops-early-signals": ["signals-in-order", "the first ones are missing"],
  "launcher-old-speaks-to-new": ["signals-in-order", "the new one says what the old one said"],
  "launcher-code-is-a-text": ["exit-tells-the-cause", "3 is not the text 3"],
  "launcher-kill-before-start-is-lost": ["kill-ends-it", "it was killed, and there is no exit"],
  "launcher-pid-0": ["pid-is-its-own", "a child that was never started has a number"],
  "launcher-pid-of-the-first": ["pid-is-its-own", "the second has the number of the first"],
  "launcher-send-throws-when-closed": ["send-after-exit-is-nothing", "send throws"],
  "launcher-asks-again": ["calls-are-idempotent", "the child is asked twice"],
  // trees
  "tree-starts-in-reverse": ["tree-starts-in-order", "the last of the list comes first"],
  "tree-stops-in-order": ["tree-stops-in-reverse", "those behind it are there"],
  "tree-is-ready-at-once": ["tree-starts-in-order", "the one before it is not up"],
  "tree-graph-waits-for-nobody": ["tree-graph-starts-wait", "what it waits for is not up"],
  "tree-ready-is-completed": ["tree-graph-starts-wait", "what it waits for is not done"],
  "tree-graph-is-a-chain": ["tree-graph-starts-side-by-side", "it waits for nobody"],
  "tree-graph-stops-at-once": ["tree-graph-stops-the-other-way", "one behind it is there"],
  "tree-all-for-one": ["tree-leaves-siblings-alone", "nobody ordered that they end"],
  "tree-one-for-all-restarts-one": ["tree-restarts-the-whole-group", "the others never went down"],
  "tree-one-for-all-restarts-the-rest": [
    "tree-restarts-the-whole-group",
    "those before it never went down",
  ],
  "tree-rest-for-one-restarts-all": ["tree-leaves-siblings-alone", "one before it is ended"],
  "tree-forgets-the-budget": ["tree-budget-bounds-the-sum", "more are admitted in a window"],
  "tree-budget-for-each": ["tree-budget-bounds-the-sum", "more are admitted in a window"],
  "tree-does-not-wait": ["tree-delays-hold", "it is launched before the instant that was told"],
  "tree-launches-twice": ["tree-at-most-one-alive", "it is there already"],
  "tree-settles-twice": ["tree-ends-once", "there is something after the end"],
  "tree-up-with-each-start": ["tree-ends-once", "it is up for the second time"],
  "tree-does-not-hear-a-stop": ["tree-stop-ends", "it never settles"],
  "tree-never-settles": ["tree-stop-ends", "it never settles"],
  "tree-does-not-look-at-the-time": ["tree-stop-ends", "nobody is killed, and it never settles"],
  "tree-goes-on-after-a-stop": ["tree-launches-nobody-after-the-end", "somebody is launched"],
  "tree-answers-nobody": ["tree-answers-every-order", "an order is never answered"],
  "tree-answers-twice": ["tree-answers-every-order", "an order is answered a second time"],
  "tree-turns-on-the-spot": ["tree-same-state-where-nothing-changed", "it is another one"],
  "tree-remembers-undefined": ["tree-state-is-plain", "JSON leaves a field out"],
  "tree-wakes-too-late": ["tree-nothing-before-the-deadline", "a tick before it does something"],
  "tree-wakes-too-early": ["tree-comes-to-rest", "a tick at the deadline does nothing"],
  "tree-swallows-what-trees-inside-say": ["tree-nesting-is-transparent", "alone it says more"],
  "tree-rolls-all-at-once": ["tree-roll-keeps-enough-up", "as many as may be are down"],
  "tree-rolls-nobody": ["tree-roll-restarts-everybody", "they are still the old ones"],
  "tree-roll-that-never-goes-on": ["tree-roll-ends", "everybody is up, and it waits"],
  "tree-forgets-what-rolls": ["tree-read-back-goes-on", "it does not go on"],
  "tree-forgets-what-it-was-doing": ["tree-read-back-goes-on", "it does not go on"],
  "tree-loses-in-silence": ["tree-new-host-loses-everybody", "nobody says that they have ended"],
  "tree-stays-down-under-a-new-host": ["tree-new-host-starts-again", "nobody is launched"],
};

/** The other seeds of `pnpm museum`, in turns: there each exhibit is examined under all of them. */
const OTHERS = [1, 77, 4_242, -2_147_483_648] as const;

const failed = async (exhibit: Exhibit, law?: string, seed: number = DEFAULTS.seed) => {
  const { results } = await examine(exhibit, { ...DEFAULTS, seed, ...(law && { law }) });
  return results.flatMap((result) => (result.verdict === "failed" ? [result] : []));
};

test("every exhibit has a law that is to catch it", () => {
  const names = museum.map(({ name }) => name);
  expect(Object.keys(EXPECTED).sort()).toEqual([...names].sort());
});

describe("caught:", () => {
  test.each(museum.map((exhibit) => [exhibit.name, exhibit] as const))("%s", async (name, one) => {
    const [law = "none", because] = EXPECTED[name] ?? [];
    const [failure] = await failed(one, law);
    expect(failure, `${law}: ${because}`).toMatchObject({ law, vacuous: false });
  });
});

describe("caught, under another seed:", () => {
  const rows = museum.flatMap((one, i) =>
    // All the seeds of `pnpm museum` for trees: what lives long meets much by chance.
    (one.family === "tree" ? OTHERS : [OTHERS[i % OTHERS.length] ?? 1]).map(
      (seed) => [one.name, seed, one] as const,
    ),
  );

  test.each(rows)("%s, %i", async (name, seed, one) => {
    const [law = "none", because] = EXPECTED[name] ?? [];
    const [failure] = await failed(one, law, seed);
    expect(failure, `${law}: ${because}`).toMatchObject({ law, vacuous: false });
  });
});

describe("not caught: the healthy", () => {
  const families = Object.keys(healthy) as Family[];

  test.each(families)("%s", { timeout: 120_000 }, async (family) => {
    const sign = { name: `${family}-healthy`, defect: "None.", seenIn: "here" };
    const one = { ...sign, kind: KINDS[family], family, make: healthy[family] } as Exhibit;
    expect((await failed(one)).map(({ law, why }) => `${law}: ${why}`)).toEqual([]);
  });

  test("backoff with full jitter", async () => {
    const sign = { name: "backoff-healthy", defect: "None.", seenIn: "here" };
    const options = { jitter: "full" } as const;
    const one = {
      ...sign,
      kind: "policy",
      family: "backoff",
      make: healthy.backoff,
      options,
    } as const;
    expect((await failed(one)).map(({ law, why }) => `${law}: ${why}`)).toEqual([]);
  });
});
