// Requests through `supervise`: sent when the child is ready, answered by the attempt that got them, and never
// without an end.

import { getEventListeners } from "node:events";
import { giveUp, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { alarmOf } from "../../src/alarm.js";
import { supervise } from "../../src/index.js";
import { isRequestError, RequestError } from "../../src/requests.js";
import { manualSystem, scriptedLauncher } from "../../src/testing.js";
import { delay } from "../policies.js";
import { asked, settled } from "./asked.js";

describe("a request", () => {
  it("is sent at once to a child that is ready, and settles with its answer", async () => {
    const set = asked();
    const list = [new ArrayBuffer(1)];
    const answer = set.handle.request("2 + 2", { transferList: list });
    expect(set.now.asked).toStrictEqual([{ id: 1, message: "2 + 2", transferList: list }]);
    set.now.answer(1, 4);
    expect(await answer).toBe(4);
    set.now.answer(1, 5); // twice: of no effect
    await set.handle.kill();
  });

  it("rejects with what the child's handler threw, untouched", async () => {
    const set = asked();
    const answer = set.handle.request(1);
    set.now.say({ type: "answer", id: 1, error: undefined });
    expect(await settled(answer)).toStrictEqual({ error: undefined });
  });

  it("waits until the child is ready, and keeps the order of the calls", async () => {
    const set = asked({ readiness: "explicit" });
    void settled(set.handle.request("a"));
    void settled(set.handle.request("b"));
    await set.system.settle();
    expect(set.now.asked).toStrictEqual([]);
    set.now.say({ type: "ready" });
    await set.system.settle();
    void settled(set.handle.request("c"));
    set.now.say({ type: "not-ready" });
    void settled(set.handle.request("d"));
    expect(set.now.asked.map(({ message }) => message)).toStrictEqual(["a", "b", "c"]);
    set.now.say({ type: "ready" });
    expect(set.now.asked.map(({ message }) => message)).toStrictEqual(["a", "b", "c", "d"]);
  });

  it("is refused where no child is ready and enough wait; a ready one takes any number", async () => {
    const set = asked({ readiness: "explicit" });
    const none = await settled(set.handle.request(1, { maxWaiting: 0 }));
    expect(none).toMatchObject({ error: { code: "ERR_REQUEST", reason: "refused" } });
    void settled(set.handle.request(1, { maxWaiting: 1 }));
    const second = await settled(set.handle.request(2, { maxWaiting: 1 }));
    expect(second).toMatchObject({ error: { reason: "refused", exit: null, attempt: null } });
    set.now.say({ type: "ready" });
    void settled(set.handle.request(3, { maxWaiting: 0 }));
    expect(set.now.asked).toHaveLength(2);
  });

  it("of which the message cannot be sent rejects with that error, and holds nothing up", async () => {
    const set = asked({}, ({ message }) => {
      if (message === "bad") throw new DataCloneError("no copy of it");
    });
    const bad = set.handle.request("bad");
    const good = set.handle.request("good");
    set.now.answer(2, "yes");
    expect(await settled(bad)).toMatchObject({ error: { message: "no copy of it" } });
    expect(await good).toBe("yes");
  });
});

describe("a request that is withdrawn while its child", () => {
  it.each(["is not ready", "is stopping"])("%s, is told of", async (state) => {
    const set = asked();
    const controller = new AbortController();
    const answer = settled(set.handle.request(1, { signal: controller.signal }));
    if (state === "is stopping") void set.handle.stop();
    else set.now.say({ type: "not-ready" });
    controller.abort("enough");
    expect(await answer).toStrictEqual({ error: "enough" });
    expect(set.now.unasked).toStrictEqual([1]);
    await set.handle.kill();
  });
});

describe("a child that hung up", () => {
  it("is not waited for", async () => {
    const set = asked({}, () => false);
    expect(await settled(set.handle.request(1))).toMatchObject({
      error: { reason: "lost", attempt: 1, exit: null, message: "the child cannot hear any more" },
    });
  });
});

class DataCloneError extends Error {}

describe("a request in flight when its attempt ends", () => {
  it("rejects with the root cause", async () => {
    const set = asked();
    const answer = set.handle.request(1);
    const cause = new Error("boom");
    set.now.exit({ kind: "failed", error: cause, code: 1 });
    const { error } = (await settled(answer)) as { error: RequestError };
    expect(error).toMatchObject({
      name: "RequestError",
      message: "the child ended before it answered: failed, boom",
      code: "ERR_REQUEST",
      reason: "lost",
      attempt: 1,
      exit: { kind: "failed", error: cause, code: 1 },
    });
    expect(error.cause).toBe(cause);
    expect([isRequestError(error), isRequestError(null), isRequestError(cause)]).toStrictEqual([
      true,
      false,
      false,
    ]);
  });

  it("is sent again, so often and no oftener, before what waits", async () => {
    const set = asked({ policy: delay(10) });
    const again = settled(set.handle.request("again", { resends: 1 }));
    const once = settled(set.handle.request("once"));
    set.now.exit({ kind: "failed", code: 1 });
    await set.system.settle();
    expect(await once).toMatchObject({ error: { reason: "lost" } });
    void settled(set.handle.request("later"));
    await set.system.advance(10);
    expect(set.now.asked.map(({ id, message }) => [id, message])).toStrictEqual([
      [1, "again"],
      [3, "later"],
    ]);
    set.now.exit({ kind: "failed", code: 2 });
    expect(await again).toMatchObject({ error: { attempt: 2, exit: { code: 2 } } });
  });

  it("is never answered by another generation", async () => {
    const set = asked();
    const answer = set.handle.request("q", { resends: 1 });
    const [first] = set.attempts;
    first?.exit({ kind: "failed" });
    await set.system.settle();
    expect(set.attempts).toHaveLength(2);
    first?.answer(1, "from the grave");
    set.now.answer(1, "alive");
    expect(await answer).toBe("alive");
  });

  it("may still be answered while the child is asked to stop", async () => {
    const set = asked();
    const answer = set.handle.request(1);
    const waits = settled(set.handle.request(2));
    const over = set.handle.stop();
    const late = settled(set.handle.request(3));
    set.now.answer(1, "in time");
    set.now.exit({ kind: "completed" });
    expect(await answer).toBe("in time");
    expect(await waits).toMatchObject({ error: { reason: "lost", exit: { kind: "completed" } } });
    expect(await late).toMatchObject({ error: { reason: "over" } });
    expect(set.attempts[0]?.asked).toHaveLength(2);
    await over;
  });
});

describe("when nobody will answer any more", () => {
  it("all that waits rejects with the cause, and so does what is asked later", async () => {
    const policy = giveUp(restartOn("temporary"));
    const set = asked({ policy, readiness: "explicit" });
    const waits = settled(set.handle.request(1));
    const cause = new Error("bootstrap");
    set.now.exit({ kind: "failed", error: cause });
    const outcome = await set.handle.outcome;
    expect(outcome.type).toBe("refused");
    const over = { error: { reason: "over", cause, exit: { kind: "failed" } } };
    expect(await waits).toMatchObject(over);
    expect(await settled(set.handle.request(2))).toMatchObject(over);
  });

  it("a supervision that is held rejects, too, and takes requests again once it is let go", async () => {
    const set = asked({ policy: restartOn("temporary"), onRefused: "hold" });
    const lost = settled(set.handle.request(1));
    set.now.exit({ kind: "failed" });
    await set.system.settle();
    expect(await lost).toMatchObject({ error: { reason: "lost" } });
    expect(await settled(set.handle.request(2))).toMatchObject({ error: { reason: "over" } });
    set.handle.restart();
    const answer = set.handle.request(3);
    set.now.answer(2, "back");
    expect(await answer).toBe("back");
  });
});

describe("a limit of a request", () => {
  it("in time rejects at exactly that instant, and the child hears of it", async () => {
    const set = asked();
    const answer = settled(set.handle.request(1, { timeoutMs: 50 }));
    await set.system.advance(49);
    expect(set.now.unasked).toStrictEqual([]);
    await set.system.advance(1);
    expect(await answer).toMatchObject({
      error: { name: "TimeoutError", message: "no answer within 50 ms", reason: "timed-out" },
    });
    expect(set.now.unasked).toStrictEqual([1]);
    set.now.answer(1, "late");
  });

  it("counts from the call, also while it waits", async () => {
    const set = asked({ readiness: "explicit" });
    const answer = settled(set.handle.request(1, { timeoutMs: 50 }));
    await set.system.advance(50);
    expect(await answer).toMatchObject({ error: { reason: "timed-out" } });
    set.now.say({ type: "ready" });
    expect([set.now.asked, set.now.unasked]).toStrictEqual([[], []]);
  });

  it("leaves nothing behind: no timer, and one listener per signal while any waits", async () => {
    const set = asked();
    const controller = new AbortController();
    const { signal } = controller;
    const left = () => [getEventListeners(signal, "abort").length, alarmOf(set.system).size];
    const [, before] = left();
    const all = Array.from({ length: 1_000 }, (_, n) =>
      settled(set.handle.request(n, { signal, timeoutMs: 1_000 })),
    );
    expect(left()).toStrictEqual([1, Number(before) + 1_000]);
    for (let id = 1; id <= 1_000; id += 1) set.now.answer(id, id);
    await Promise.all(all);
    expect(left()).toStrictEqual([0, before]);
  });

  it("by a signal rejects with its reason; one that fired before is never sent", async () => {
    const set = asked();
    const controller = new AbortController();
    const { signal } = controller;
    const answer = settled(set.handle.request(1, { signal }));
    const reason = { any: "thing" };
    controller.abort(reason);
    expect(await answer).toStrictEqual({ error: reason });
    expect(await settled(set.handle.request(2, { signal }))).toStrictEqual({ error: reason });
    expect([set.now.asked.length, set.now.unasked]).toStrictEqual([1, [1]]);
  });
});

describe("answers", () => {
  it("count as uses: an attempt is replaced after so many, by plan", async () => {
    const set = asked({ recycle: { uses: 2 } });
    for (let id = 1; id <= 2; id += 1) {
      const answer = set.handle.request(id);
      set.now.answer(id, id);
      await answer;
    }
    expect(set.events.map(({ type }) => type)).toContain("recycled");
    set.now.exit({ kind: "completed" });
    await set.system.settle();
    expect(set.attempts).toHaveLength(2);
    expect(set.handle.status().failures).toBe(0);
  });
});

describe("what cannot be asked", () => {
  it("is a child of another kind", async () => {
    const system = manualSystem();
    const policy = restartOn("permanent");
    const handle = supervise(scriptedLauncher(system, []), { policy }, system);
    expect(await settled(handle.request(1))).toMatchObject({ error: { code: "ERR_CONTRACT" } });
    await handle.kill();
  });

  it.each([
    ["timeoutMs", { timeoutMs: 0 }, "timeoutMs must be a whole number"],
    ["timeoutMs", { timeoutMs: 1.5 }, "timeoutMs must be a whole number"],
    ["signal", { signal: "now" }, "signal must be an AbortSignal"],
    ["resends", { resends: -1 }, "resends must be a whole number"],
    ["maxWaiting", { maxWaiting: Number.NaN }, "maxWaiting must be a whole number"],
    ["transferList", { transferList: {} }, "transferList must be an array"],
    ["transferList", { transferList: [], resends: 1 }, "left out beside resends"],
    ["timeout", { timeout: 5 }, "did you mean timeoutMs?"],
  ])("by a bad option is nobody: %s", async (option, options, message) => {
    const set = asked();
    const { error } = (await settled(set.handle.request(1, options as object))) as { error: Error };
    expect(error).toMatchObject({ code: "ERR_POLICY_OPTIONS", option });
    expect(error.message).toContain(message);
    expect(set.now.asked).toStrictEqual([]);
  });
});

describe("send", () => {
  it("hands over, says when the channel is full, and false where nobody is", async () => {
    const set = asked();
    const list = [new ArrayBuffer(1)];
    expect([set.handle.send(1), set.handle.send(2, list)]).toStrictEqual([true, true]);
    expect(set.handle.send(3)).toBe("backlog");
    expect(set.now.sent).toStrictEqual([
      [1, undefined],
      [2, list],
      [3, undefined],
    ]);
    await set.handle.kill();
    expect(set.handle.send(4)).toBe(false);
  });
});

describe("a message that cannot be read", () => {
  it("is an event with its attempt, whoever sent it", async () => {
    const set = asked();
    const [first] = set.attempts;
    first?.say({ type: "unreadable", error: new Error("too deep") });
    await set.system.settle();
    expect(set.events.at(-1)).toMatchObject({
      type: "unreadable",
      attempt: 1,
      error: { message: "too deep" },
    });
  });
});

describe("the words of an error", () => {
  it.each([
    [{ kind: "failed", code: 3 }, "failed, code 3"],
    [{ kind: "signalled", signal: "SIGKILL" }, "signalled, SIGKILL"],
    [{ kind: "unhealthy", reason: "probe" }, "unhealthy, probe"],
    [{ kind: "completed", code: 0 }, "completed"],
    [{ kind: "failed", error: undefined }, "failed, undefined"],
  ] as const)("%j", (exit, words) => {
    expect(new RequestError("lost", { exit }).message).toBe(
      `the child ended before it answered: ${words}`,
    );
  });
});
