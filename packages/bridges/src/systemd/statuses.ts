// The names that systemd has for exit codes, and signals as it takes them: `systemd-analyze exit-status`.

import { signalOf } from "../signal-of.js";

const LIBC = "SUCCESS FAILURE";
const LSB = "INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING";
const BSD =
  "USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM CONFIG";
const OWN =
  "CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP SETSID CONFIRM STDERR - PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR ADDRESS_FAMILIES RUNTIME_DIRECTORY - CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY NUMA_POLICY CREDENTIALS BPF";

const from = (first: number, names: string) =>
  names.split(" ").map((name, i): [string, number] => [name, first + i]);

/** Code by name. */
export const EXIT_CODES: ReadonlyMap<string, number> = new Map(
  [from(0, LIBC), from(2, LSB), from(64, BSD), from(200, OWN), from(255, "EXCEPTION")]
    .flat()
    .filter(([name]) => name !== "-"),
);

/** The code or the signal that one word of an exit status list means; null for none. */
export function statusOf(word: string): number | string | null {
  if (/^\d{1,3}$/.test(word)) return Number(word) <= 255 ? Number(word) : null;
  return EXIT_CODES.get(word) ?? signalOf(word);
}
