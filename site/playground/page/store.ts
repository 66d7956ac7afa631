// The scene as the page has it: read from the address, kept in it, and played under both policies.

import {
  type ComputedRef,
  computed,
  onBeforeUnmount,
  onMounted,
  type Ref,
  ref,
  type ShallowRef,
  shallowRef,
} from "vue";
import { addressOf, type SceneIn, sceneIn } from "../model/address.ts";
import { type Played, played } from "../model/played.ts";
import { type PolicyIn, policyIn } from "../model/policy-in.ts";
import { type PolicyDocument, type Scene, START } from "../model/scene.ts";

export type SideName = "a" | "b";

/** A policy on the line; nothing is played if it is none. */
export interface Side {
  readonly name: SideName;
  readonly document: PolicyDocument;
  readonly read: PolicyIn;
  readonly played: Played | null;
}

export interface Store {
  readonly scene: ShallowRef<Scene>;
  readonly a: ComputedRef<Side>;
  readonly b: ComputedRef<Side | null>;
  /** What was wrong in the address that the page was opened with. */
  readonly faults: ShallowRef<readonly string[]>;
  /** The mark whose instant can be typed, by its place in the list; null: none. */
  readonly chosen: Ref<number | null>;
  edit(change: Partial<Scene>): void;
  /** The link that shows the same to everybody. */
  link(): string;
}

/** Browsers refuse an address that is written too often: while something is dragged it is written when the hand rests. */
const RESTS_AFTER_MS = 150;

export function useStore(): Store {
  const first = sceneIn(location.hash);
  const scene = shallowRef<Scene>(first?.scene ?? START);
  const faults = shallowRef<readonly string[]>(first?.faults ?? []);
  const chosen = ref<number | null>(null);
  const link = () => new URL(addressOf(scene.value), location.href).href;
  const soon = keepAddress(link, ({ scene: read, faults: wrong }) => {
    scene.value = read;
    faults.value = wrong;
    chosen.value = null;
  });
  // A document is read once, however often a mark is moved.
  const a = computed(() => scene.value.a);
  const b = computed(() => scene.value.b);
  const readA = computed(() => policyIn(a.value));
  const readB = computed(() => (b.value === null ? null : policyIn(b.value)));

  return {
    scene,
    faults,
    chosen,
    a: computed(() => sideOf("a", readA.value, scene.value.a, scene.value)),
    b: computed(() => readB.value && sideOf("b", readB.value, scene.value.b, scene.value)),
    edit(change) {
      scene.value = { ...scene.value, ...change };
      faults.value = [];
      soon();
    },
    link,
  };
}

function sideOf(name: SideName, read: PolicyIn, document: PolicyDocument, scene: Scene): Side {
  const line = read.policy === null ? null : played(read.policy, read.rules, scene);
  return { name, document, read, played: line };
}

/** Keeps the address, and hears it when somebody else changes it. Answers what asks for it to be written soon. */
function keepAddress(link: () => string, hear: (read: SceneIn) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function forget(): void {
    clearTimeout(timer);
    timer = undefined;
  }
  function write(): void {
    forget();
    history.replaceState(history.state, "", link());
  }
  function read(): void {
    const there = sceneIn(location.hash);
    if (there === null) return;
    forget();
    hear(there);
  }
  const leave = () => timer !== undefined && write();

  onMounted(() => {
    addEventListener("hashchange", read);
    addEventListener("pagehide", leave);
  });
  onBeforeUnmount(() => {
    removeEventListener("hashchange", read);
    removeEventListener("pagehide", leave);
    forget(); // another page has the address now
  });
  return () => {
    forget();
    timer = setTimeout(write, RESTS_AFTER_MS);
  };
}
