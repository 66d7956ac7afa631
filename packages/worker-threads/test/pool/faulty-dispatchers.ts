// Dispatchers that are wrong in one way each.

import type {
  DispatchEffect,
  DispatchEvent,
  DispatchRules,
  Job,
} from "../../src/pool/dispatch-types.js";
import { Twin, type TwinSlot } from "./dispatch-twin.js";
import type { Law } from "./dispatch-world.js";

type Make = (rules: DispatchRules) => Twin;

/** A twin whose effects are changed on their way out. */
function changing(
  change: (effects: readonly DispatchEffect<Job>[]) => readonly DispatchEffect<Job>[],
): Make {
  class Changing extends Twin {
    override step(event: DispatchEvent<Job>, now: number) {
      return change(super.step(event, now));
    }
  }
  return (rules) => new Changing(rules);
}

/** Each with the laws that may catch it. */
export const faultyDispatchers: readonly (readonly [
  fault: string,
  make: Make,
  laws: readonly Law[],
])[] = [
  [
    "forgets what it is to say when a thread ends",
    changing((effects) => effects.filter(({ type }) => type !== "lost")),
    ["nothing is lost", "drained"],
  ],
  [
    "settles an answer twice",
    changing((effects) => effects.flatMap((one) => Array(one.type === "settle" ? 2 : 1).fill(one))),
    ["settled once"],
  ],
  [
    "takes the last that came",
    (rules) =>
      new (class extends Twin {
        override pick(waiting: readonly Job[]) {
          const [first] = waiting;
          return waiting.filter(({ priority }) => priority === first?.priority).at(-1);
        }
      })(rules),
    ["order"],
  ],
  [
    "knows no priority",
    (rules) =>
      new (class extends Twin {
        override pick(waiting: readonly Job[]) {
          return waiting.toSorted((one, other) => one.order - other.order)[0];
        }
      })(rules),
    ["order"],
  ],
  [
    "takes the lowest priority first",
    (rules) =>
      new (class extends Twin {
        override pick(waiting: readonly Job[]) {
          return waiting.toSorted((a, b) => a.priority - b.priority || a.order - b.order)[0];
        }
      })(rules),
    ["order"],
  ],
  [
    "gives to the busiest",
    (rules) =>
      new (class extends Twin {
        override room() {
          const free = [...this.slots.keys()].filter((number) => this.canTake(number));
          return free.sort((one, other) => this.with(other).length - this.with(one).length)[0];
        }
      })(rules),
    ["least busy"],
  ],
  [
    "gives one more than a thread may have",
    (rules) =>
      new (class extends Twin {
        override canTake(number: number) {
          const slot = this.slots[number] as TwinSlot;
          const isThere = slot.state === "up" && !slot.retiring && slot.replaced === null;
          return isThere && this.with(number).length <= this.rules.perThread;
        }
      })(rules),
    ["to whom"],
  ],
  [
    "gives to a thread that is stopping",
    (rules) =>
      new (class extends Twin {
        override canTake(number: number) {
          const slot = this.slots[number] as TwinSlot;
          const isThere = slot.generation >= 0 && slot.state !== "over";
          return isThere && this.with(number).length < this.rules.perThread;
        }
      })(rules),
    ["to whom"],
  ],
  [
    "lets one more wait than it may",
    (rules) =>
      new (class extends Twin {
        override isFull() {
          return this.waiting().length > this.rules.maxQueue;
        }
      })(rules),
    ["queue bound"],
  ],
  [
    "lets one less wait",
    (rules) =>
      new (class extends Twin {
        override isFull() {
          return this.waiting().length + 1 >= this.rules.maxQueue;
        }
      })(rules),
    ["queue bound"],
  ],
  [
    "sends everything again",
    (rules) =>
      new (class extends Twin {
        override mayResend() {
          return true;
        }
      })(rules),
    ["resends"],
  ],
  [
    "sends nothing again",
    (rules) =>
      new (class extends Twin {
        override mayResend() {
          return false;
        }
      })(rules),
    ["resends"],
  ],
  [
    "takes the answer of an older thread",
    (rules) =>
      new (class extends Twin {
        override isOf() {
          return true;
        }
      })(rules),
    ["settled once", "order", "no idle thread", "to whom", "least busy", "recycling", "withdrawn"],
  ],
  [
    "replaces after one request too few",
    (rules) =>
      new (class extends Twin {
        override isDue(slot: TwinSlot) {
          return this.rules.uses !== null && slot.uses >= this.rules.uses - 1;
        }
      })(rules),
    ["recycling", "no idle thread"],
  ],
  [
    "never replaces",
    (rules) =>
      new (class extends Twin {
        override isDue() {
          return false;
        }
        override isTooLarge() {
          return false;
        }
      })(rules),
    ["recycling"],
  ],
  [
    "replaces all at once",
    (rules) =>
      new (class extends Twin {
        override isAnotherAway() {
          return false;
        }
        override replaceNext() {
          for (const [number, slot] of this.slots.entries()) {
            if (!slot.due || slot.replaced || slot.state !== "up") continue;
            slot.retiring = true;
            if (this.with(number).length === 0) this.replace(number, slot.due);
          }
        }
      })(rules),
    ["recycling"],
  ],
  [
    "finds a heap at its limit too large",
    (rules) =>
      new (class extends Twin {
        override isTooLarge(bytes: number) {
          return this.rules.heapBytes !== null && bytes >= this.rules.heapBytes;
        }
      })(rules),
    ["recycling", "no idle thread"],
  ],
  [
    "has room again as soon as a request is withdrawn",
    (rules) =>
      new (class extends Twin {
        override keepsPlace() {
          return false;
        }
      })(rules),
    ["to whom", "withdrawn", "least busy"],
  ],
  [
    "replaces a thread one millisecond too late",
    (rules) =>
      new (class extends Twin {
        override isLate(job: Job, now: number) {
          return (this.until.get(job) ?? Infinity) < now;
        }
      })(rules),
    ["withdrawn"],
  ],
  [
    "is drained before what waits is answered",
    (rules) =>
      new (class extends Twin {
        override isOpen() {
          return this.jobs.some(({ state }) => state === "given");
        }
      })(rules),
    ["drained"],
  ],
  [
    "leaves those who wait waiting when it is over",
    (rules) =>
      new (class extends Twin {
        override end() {}
      })(rules),
    ["nothing is lost"],
  ],
  [
    "measures a heap at every answer",
    (rules) =>
      new (class extends Twin {
        override answered(...given: Parameters<Twin["answered"]>) {
          for (const slot of this.slots) slot.measuredAt = null;
          super.answered(...given);
        }
      })(rules),
    ["measured"],
  ],
];
