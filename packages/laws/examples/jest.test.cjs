// Somebody's policy, checked with Jest in its CommonJS mode.

const { checkPolicy } = require("@steadfast/laws");
const { allOf, restartOn } = require("@steadfast/policy");
const { slidingWindow } = require("@steadfast/sliding-window");

const policy = allOf(restartOn("transient"), slidingWindow({ limit: 3, windowMs: 60_000 }));

test("keeps every law that applies to it", () => {
  const { passed } = checkPolicy(policy);
  expect(passed).toContain("retry-after-exact");
});
