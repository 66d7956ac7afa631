// What the stable codes mean, in words: of refusals, of endings, of exits, of the system's errors. A code
// that is not here is shown as it is.

/** Answers what a code means; null where nobody has said. */
export type Explain = (code: string | number) => string | null;

const WORDS: readonly (readonly [code: string, words: string])[] = [
  // Why a policy refuses.
  ["budget-spent", "its crash budget is spent"],
  ["cap-reached", "it has had all its restarts"],
  ["circuit-open", "its circuit breaker is open"],
  ["crash-storm", "it fails faster than failures are forgotten"],
  ["disabled", "its restarts are turned off"],
  ["errored", "it had too many unstable restarts"],
  ["fatal", "it had too many failed starts"],
  ["flapping", "it ended too often in too short a time"],
  ["given-up", "this failure is permanent"],
  ["deadline", "it is too late"],
  ["not-wanted", "no restart is wanted after such an exit"],
  ["spawn-storm", "it was started too often in too short a time"],
  ["stop-when", "its stop condition holds"],
  ["store-unreachable", "the store of its budget cannot be reached"],
  ["window-full", "the limit of its window is reached"],
  // Why an attempt is ended.
  ["heartbeat-stale", "its heartbeats stopped"],
  ["not-ready-in-time", "it was not ready in time"],
  ["ran-too-long", "it ran for too long"],
  ["unhealthy", "it is not healthy"],
  // Why an attempt is replaced.
  ["age", "it was old enough"],
  ["uses", "it had done enough"],
  // How a process ended.
  ["exit-126", "the command cannot be executed"],
  ["exit-127", "command not found"],
  ["exit-129", "as after SIGHUP"],
  ["exit-130", "as after SIGINT"],
  ["exit-134", "as after SIGABRT"],
  ["exit-137", "as after SIGKILL"],
  ["exit-139", "as after SIGSEGV"],
  ["exit-143", "as after SIGTERM"],
  ["SIGABRT", "it aborted"],
  ["SIGBUS", "bad memory access"],
  ["SIGFPE", "arithmetic error"],
  ["SIGILL", "illegal instruction"],
  ["SIGSEGV", "bad memory access"],
  // What the system says.
  ["E2BIG", "arguments and environment are too long"],
  ["EACCES", "no permission"],
  ["EADDRINUSE", "the address is in use"],
  ["EADDRNOTAVAIL", "no such address here"],
  ["EAGAIN", "no more processes or memory for now"],
  ["ECONNREFUSED", "nobody listens there"],
  ["ECONNRESET", "the other side closed the connection"],
  ["EMFILE", "too many open files"],
  ["ENOENT", "no such file or command"],
  ["ENOEXEC", "not an executable file"],
  ["ENOMEM", "out of memory"],
  ["ENOTDIR", "not a folder"],
  ["ENOTFOUND", "no such host"],
  ["EPERM", "not permitted"],
  ["EPIPE", "nobody reads there"],
  ["ETIMEDOUT", "no answer in time"],
];

/** The table, with what a user adds. The user's words win. */
export function explainer(more: Readonly<Record<string, string>>): Explain {
  const table = new Map([...WORDS, ...Object.entries(more)]);
  return (code) => table.get(String(code)) ?? null;
}
