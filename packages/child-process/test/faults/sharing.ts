import type { FaultGroup } from "./row.ts";

export const sharing: FaultGroup = {
  heading: "One port",
  rows: [
    [
      "replicas are restarted one after the other, under load",
      "no request is lost, over kept connections and fresh ones; also where there is one replica",
      "shared-port",
      "loses no request: replicas %s",
    ],
    [
      "a child is killed while connections wait in the port",
      "they are answered by its next attempt",
      "shared-port",
      "by its next attempt",
    ],
    [
      "likewise, and there is no next attempt",
      "they are answered by the other replicas",
      "shared-port",
      "by the others, also while there is no next attempt",
    ],
    [
      "likewise, and a standby is up",
      "they are answered by the standby, which has accepted nothing before",
      "shared-port",
      "by a standby, which has taken nothing before",
    ],
    [
      "a request is under way over an idle connection when its server drains",
      "it is answered, with `Connection: close`",
      "drain-server",
      "answers a request that was under way over an idle connection, and has it closed",
    ],
    [
      "a client keeps a connection open that it does not use",
      "it is closed after `idleMs`",
      "drain-server",
      "closes what stays idle, and what has never brought anything",
    ],
    [
      "somebody else listens on the port",
      "`PortError`, `taken`",
      "shared-port",
      "one that somebody else listens on",
    ],
    [
      "a port below 1 024, and the user may not have it",
      "`PortError`, `privileged`",
      "shared-port",
      "one that this user may not have",
    ],
    [
      "an address of another machine",
      "`PortError`, `no-address`",
      "shared-port",
      "an address that is not this machine's",
    ],
    [
      "`reusePort` where Node has it not (20)",
      "`PortError`, `unsupported`",
      "shared-port",
      "is refused where Node has it not",
    ],
    [
      "a launch after the port was closed",
      "thrown by `launch`; the port is free",
      "shared-port",
      "unless the port is closed: then no child is launched any more",
    ],
  ],
};
