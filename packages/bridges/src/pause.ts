/** The longest that a timer of Node or of a browser can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Waits, rounded up to whole milliseconds; rejects with the signal's reason as soon as it is aborted. */
export async function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  let leftMs = Math.ceil(delayMs);
  do {
    signal?.throwIfAborted();
    await turn(Math.min(leftMs, LONGEST_MS), signal);
    leftMs -= LONGEST_MS;
  } while (leftMs > 0);
}

function turn(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, ms);
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
