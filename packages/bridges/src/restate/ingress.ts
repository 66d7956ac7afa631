// One request to Restate's ingress, and what became of it.

import { exitRecord, type RestartEvent } from "@steadfast/policy";

/** What became of one request. */
export interface Answered {
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly text: string;
  /** What it is if it is no success. */
  readonly error: unknown;
  /** Whether the same request would be answered so again. */
  readonly isFinal: boolean;
}

/** Where an object's key is asked. */
export function placeOf(url: string, object: string, key: string): string {
  const path = [object, key, "ask"].map(encodeURIComponent).join("/");
  return `${url.replace(/\/+$/, "")}/${path}`;
}

/** The request of a question: the same, with the same name, as often as it takes. */
export function question(
  events: readonly RestartEvent[],
  headers: Readonly<Record<string, string>>,
): RequestInit {
  const own = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const body = JSON.stringify(events.map(recorded));
  return { method: "POST", headers: { ...headers, ...own }, body };
}

export async function answered(place: string, request: RequestInit): Promise<Answered> {
  try {
    const response = await fetch(place, request);
    const text = await response.text();
    const { status } = response;
    const error = new Error(`Restate answered ${status}: ${text}`);
    return { status, text, error, isFinal: !isPassing(status) };
  } catch (error) {
    return { status: null, text: "", error, isFinal: false };
  }
}

/** Whether the same request may be answered later. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408;

/** An event as JSON can hold it. */
function recorded(event: RestartEvent): object {
  return event.type === "exited" ? { ...event, exit: exitRecord(event.exit) } : event;
}
