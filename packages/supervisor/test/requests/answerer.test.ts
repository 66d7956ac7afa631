// The child's side: whatever a handler does, the request is answered once.

import { describe, expect, it } from "vitest";
import { type AnswerWord, answerer as make, moved, thrownOf } from "../../src/answering.js";

function answering(refuses: (word: AnswerWord) => boolean = () => false) {
  const posted: unknown[] = [];
  const answerer = make((word, list) => {
    if (refuses(word)) throw new Error("cannot be cloned");
    const said = "thrown" in word ? { id: word.id, thrown: thrownOf(word.thrown) } : word;
    posted.push(list.length > 0 ? [said, list] : said);
  });
  const ask = (id: number, message: unknown) =>
    answerer.hear({ steadfast: "request", id, message });
  return { answerer, posted, ask };
}

const answer = (id: number, value: unknown) => ({ steadfast: "answer", id, value });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("a handler", () => {
  it("answers with a value, a promise, or a thenable of any sort", async () => {
    const { answerer, posted, ask } = answering();
    answerer.handler = (message: unknown) => message;
    ask(1, "now");
    ask(2, Promise.resolve("soon"));
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about.
    ask(3, { then: (done: (value: string) => void) => done("thenable") });
    ask(4, undefined);
    await settle();
    expect(posted.map((word) => (word as { id: number }).id).sort((a, b) => a - b)).toStrictEqual([
      1, 2, 3, 4,
    ]);
    expect(posted).toContainEqual(answer(2, "soon"));
    expect(posted).toContainEqual(answer(3, "thenable"));
    expect(answerer.running).toBe(0);
  });

  it("answers once, whatever its thenable does", async () => {
    const { answerer, posted, ask } = answering();
    type Done = (value: unknown) => void;
    const THENABLES: readonly ((done: Done, failed: Done) => void)[] = [
      (done) => [done("first"), done("second")],
      (done, failed) => [done("first"), failed("second")],
      (done) => {
        done("first");
        throw new Error("second");
      },
      (done) => done(Promise.resolve("first")),
    ];
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about.
    answerer.handler = (n: number) => ({ then: THENABLES[n] }) as PromiseLike<unknown>;
    for (const n of THENABLES.keys()) ask(n, n);
    await settle();
    expect(posted).toStrictEqual([...THENABLES.keys()].map((n) => answer(n, "first")));
  });

  it("answers with what it throws or rejects with", async () => {
    const { answerer, posted, ask } = answering();
    answerer.handler = (how: string) => {
      if (how === "throw") throw new TypeError("thrown");
      return Promise.reject(how === "nothing" ? undefined : new Error("rejected"));
    };
    ask(1, "throw");
    ask(2, "reject");
    ask(3, "nothing");
    await settle();
    expect(posted).toMatchObject([
      { id: 1, thrown: new TypeError("thrown") },
      { id: 2, thrown: new Error("rejected") },
      { id: 3, thrown: undefined },
    ]);
  });

  it("that is not there is an error, with a code", () => {
    const { posted, ask } = answering();
    ask(1, "anybody?");
    expect(posted).toMatchObject([{ id: 1, thrown: { code: "ERR_NO_REQUEST_HANDLER" } }]);
  });

  it("may hand over parts of its answer", () => {
    const { answerer, posted, ask } = answering();
    const buffer = new ArrayBuffer(8);
    answerer.handler = () => moved({ buffer }, [buffer]);
    ask(1, null);
    expect(posted).toStrictEqual([[answer(1, { buffer }), [buffer]]]);
  });

  it("that answers with what cannot be sent answers with that error", () => {
    const { answerer, posted, ask } = answering((word) => "value" in word);
    answerer.handler = () => () => 1;
    ask(1, null);
    expect(posted).toMatchObject([{ id: 1, thrown: { message: "cannot be cloned" } }]);
  });

  it("is done where the channel is gone", () => {
    const { answerer, posted, ask } = answering(() => true);
    let idle = 0;
    answerer.onIdle = () => {
      idle += 1;
    };
    answerer.handler = () => 1;
    ask(1, null);
    expect([posted.length, answerer.running, idle]).toStrictEqual([0, 0, 1]);
  });
});

describe("a request that is withdrawn", () => {
  it("aborts its signal, and its answer is empty: the handler is done", async () => {
    const { answerer, posted, ask } = answering();
    let seen: AbortSignal | null = null;
    answerer.handler = (_, { signal }) =>
      new Promise((resolve) => {
        seen = signal;
        signal.addEventListener("abort", () => resolve("late"));
      });
    ask(1, null);
    answerer.hear({ steadfast: "unask", id: 1 });
    answerer.hear({ steadfast: "unask", id: 7 });
    await settle();
    expect((seen as AbortSignal | null)?.aborted).toBe(true);
    const done = { steadfast: "answer", id: 1, value: undefined };
    expect([posted.map((one) => one), answerer.running]).toStrictEqual([[done], 0]);
  });

  it("has a signal that has fired also where it is looked at later", async () => {
    const { answerer, posted, ask } = answering();
    let fired = false;
    answerer.handler = async (_, info) => {
      await settle();
      fired = info.signal.aborted;
    };
    ask(1, null);
    answerer.hear({ steadfast: "unask", id: 1 });
    await settle();
    await settle();
    expect([fired, posted.length]).toStrictEqual([true, 1]);
  });
});

describe("a question whether a request is worked at", () => {
  it("has an answer only where it is not: it could not be read, or what answered it could not", () => {
    const { answerer, posted, ask } = answering();
    answerer.handler = () => new Promise(() => {});
    ask(1, null);
    answerer.hear({ steadfast: "recheck", id: 1, lost: "answer" });
    expect(posted).toStrictEqual([]);
    answerer.hear({ steadfast: "recheck", id: 2, lost: "answer" });
    answerer.hear({ steadfast: "recheck", id: 3, lost: "request" });
    expect(posted).toMatchObject([
      { id: 2, thrown: { code: "ERR_UNREADABLE_ANSWER" } },
      { id: 3, thrown: { code: "ERR_UNREADABLE_REQUEST" } },
    ]);
  });
});

describe("a message that is no word for it", () => {
  it.each([undefined, null, "request", {}, { steadfast: "request" }, { steadfast: "stop", id: 1 }])(
    "is left alone: %j",
    (message) => {
      const { answerer, posted } = answering();
      expect(answerer.hear(message)).toBe(false);
      expect(posted).toStrictEqual([]);
    },
  );
});
