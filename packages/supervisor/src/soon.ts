// A turn of the event loop without a timer: where the runtime has none, `setTimeout` waits for 1 to 4 ms
// even with a delay of 0.

// Node and Deno have the first two, browsers and Bun the last.
declare const setImmediate: ((callback: () => void) => unknown) | undefined;
declare const clearImmediate: ((immediate: unknown) => void) | undefined;
declare const MessageChannel: (new () => Channel) | undefined;

interface Channel {
  readonly port1: { onmessage: (() => void) | null; close(): void };
  readonly port2: { postMessage(message: unknown): void };
}

/** Calls back once, in a later turn. Returns what takes that back. */
export function soon(callback: () => void): () => void {
  if (typeof setImmediate === "function") {
    const immediate = setImmediate(callback);
    return () => {
      if (typeof clearImmediate === "function") clearImmediate(immediate);
    };
  }
  if (typeof MessageChannel === "function") {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      callback();
    };
    port2.postMessage(null);
    return () => port1.close();
  }
  const timer = setTimeout(callback, 0);
  return () => clearTimeout(timer);
}
