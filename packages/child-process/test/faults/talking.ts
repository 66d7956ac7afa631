import type { FaultGroup } from "./row.ts";

export const talking: FaultGroup = {
  heading: "Messages and callbacks",
  rows: [
    [
      'a malformed line on the channel, `serialization: "advanced"` (the default)',
      "neither it nor what follows is heard; the host lives. With `json` Node itself ends the host",
      "host",
      "closes what a child hands over, and survives what is no message",
    ],
    [
      "a child sends a server or a socket",
      "it is closed; its port is free; that of a factory's child may be taken",
      "host",
      "closes also what a factory's child hands over, unless somebody takes it",
    ],
    ["the last message, then the exit", "it is heard", "messages", "is heard to its last words"],
    [
      "a child on Node 20 hangs up in answer to a message that came before it listened",
      "Node ends the child: `failed`, code 1; from 22 on it is disconnected",
      "messages",
      "that hangs up in answer to what came before it listened is ended by Node 20 itself",
    ],
    ["a message after the exit", "nothing happens", "messages", "is sent nothing after its exit"],
    [
      "a message that cannot be serialised",
      "thrown by `send`",
      "messages",
      "cannot be sent what cannot be serialised: that is the caller's error",
    ],
    [
      "`ready()` where nobody supervises",
      "it answers false",
      "messages",
      "are spoken to nobody where there is no supervisor, and say so",
    ],
    [
      "`readyWhen`, `redact`, `messageSignal`, `onFault` that throw or reject",
      "a fault; the line is withheld; a fault; nothing. The host lives",
      "host",
      "survives callbacks that reject, of whatever realm",
    ],
    [
      "`line` that throws or rejects",
      "a fault, once per attempt; it is called on",
      "faults",
      "a function for lines that fails",
    ],
    [
      "a factory's child that is also a promise, which rejects",
      "no unhandled rejection; the exit is `timed-out` where it says so",
      "host",
      "survives the rejection of a child that is a promise as well, and hears why it was ended",
    ],
  ],
};
