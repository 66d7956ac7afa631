/**
 * Settles when every promise that can settle without a timer has: one turn of the event loop.
 *
 * Units: none. Effect: none but the turn; no timer is set. Never throws.
 *
 * @since 0.1.0
 * @example
 * let settled = false;
 * Promise.resolve().then(() => {
 *   settled = true;
 * });
 * await drained();
 * settled; // => true
 */
export function drained(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
