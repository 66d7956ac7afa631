// The worker's side. In a program that is no worker thread all of it does nothing, so that the same module
// also runs by itself.

export type { StopReason } from "@steadfast/supervisor";
export {
  type Moved,
  moved,
  type RequestHandler,
  type RequestInfo,
} from "@steadfast/supervisor/answering";
export { type Served, serve } from "./serve.js";
export { StopRequestedError } from "./stop-requested.js";
export { whenActive } from "./when-active.js";
export { onMessage, onRequest } from "./worker-messages.js";
export { onStop, stopSignal } from "./worker-stop.js";
export { heartbeat, notReady, ready } from "./worker-words.js";
