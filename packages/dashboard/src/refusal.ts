// Why a request is not served: a status, a stable code, and a sentence. It is thrown inside the server and never
// leaves it but as an answer.

import { isPolicyOptionsError } from "@steadfast/policy";
import type { Refused } from "./wire.js";

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** What is answered to whatever was thrown: only what is meant for the client is said. */
export function answerTo(error: unknown): readonly [status: number, body: Refused] {
  if (error instanceof Refusal) {
    return [error.status, { error: error.reason, message: error.message }];
  }
  if (isPolicyOptionsError(error)) {
    return [400, { error: "bad-request", message: error.message }];
  }
  return [
    500,
    { error: "internal", message: "the dashboard could not answer; nothing was ordered" },
  ];
}
