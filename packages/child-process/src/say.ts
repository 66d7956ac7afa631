// What a forked child says to its supervisor, and what becomes of it when nobody is there any more.

/** Later than the lifeline's SIGKILL: where there is one, no second SIGTERM comes. */
const ALONE_MS = 3_000;

let isListening = false;

/** What may happen to this process while its channel is open. */
export const fate = {
  /** It lives on without its supervisor. */
  stays: false,
  /** It waits for a word without which it has nothing to do. */
  waits: false,
};

/** Says a word, as a message `{ steadfast: word }`. False if nobody is there. Does not keep the process alive. */
export function say(word: string): boolean {
  if (!process.connected || !process.send) return false;
  endWithChannel();
  process.send({ steadfast: word }, undefined, undefined, () => {});
  return true;
}

function endWithChannel(): void {
  if (isListening) return;
  isListening = true;
  process.on("disconnect", () => {
    setTimeout(() => {
      if (fate.waits || !fate.stays) process.kill(process.pid, "SIGTERM");
    }, ALONE_MS).unref();
  });
  // A listener would keep the channel open, and so the process; the words must not.
  (process.channel as { unrefCounted?(): void } | undefined)?.unrefCounted?.();
}
