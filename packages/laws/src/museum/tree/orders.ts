// Trees that start and stop children in another order.

import { eachChild, isOwn, saying, spoiled, stepping, treeFault } from "./tree-fault.js";

export const startsInReverse = treeFault(
  {
    name: "tree-starts-in-reverse",
    defect: "The list is read from its end, so who is needed comes last.",
    seenIn: "a mutant of `supervisionTree`",
  },
  spoiled(({ children = [], ...options }) => ({ ...options, children: [...children].reverse() })),
);

export const stopsInOrder = treeFault(
  {
    name: "tree-stops-in-order",
    defect: "It stops whom it has started first, and so what others need is gone before them.",
    seenIn: "Kubernetes: the containers of a pod are stopped in no order",
  },
  (make) => (options) => {
    const tree = make(options);
    const ids = (options.children ?? []).map(({ id }) => id);
    const stopsInOrder = stepping((healthy, state, event, now) => {
      if (event.type !== "stop" || !isOwn(event) || ids.length < 2)
        return healthy.step(state, event, now);
      const [id] = ids;
      const [ending, first] = healthy.step(state, event, now);
      const [after, more] = healthy.step(ending, { ...event, path: [id as string] }, now);
      return [after, [...first, ...more.filter(({ type }) => type !== "settle")]];
    });
    return stopsInOrder(() => tree)(options);
  },
);

export const isReadyAtOnce = treeFault(
  {
    name: "tree-is-ready-at-once",
    defect: "A child counts as started when it is launched, not when it says that it is ready.",
    seenIn: "Docker Compose: `depends_on` in its short form waits until a container is started",
  },
  (make) => {
    const hasty = eachChild(({ tree }) =>
      tree ? {} : { readiness: "immediate", readyTimeoutMs: undefined as never },
    )(make);
    return saying((all, { type }) =>
      type === "launched" ? all.filter((one) => one.type !== "up") : all,
    )(hasty);
  },
);

export const graphWaitsForNobody = treeFault(
  {
    name: "tree-graph-waits-for-nobody",
    defect: "It reads `after`, and starts everybody at once all the same.",
    seenIn: "systemd: `Requires=` without `After=` starts both at once",
  },
  eachChild(({ after }) => (after ? { after: [], startTimeoutMs: undefined as never } : {})),
);

export const readyIsCompleted = treeFault(
  {
    name: "tree-ready-is-completed",
    defect: "A job that others wait for counts as done as soon as it runs.",
    seenIn: "Docker Compose: `service_started` where `service_completed_successfully` was meant",
  },
  eachChild(({ after }) =>
    after ? { after: after.map((one) => (typeof one === "string" ? one : { id: one.id })) } : {},
  ),
);

export const graphIsAChain = treeFault(
  {
    name: "tree-graph-is-a-chain",
    defect:
      "With `after` each waits for all that stand before it in the list, also for those it does not need.",
    seenIn: "a mutant of `supervisionTree`",
  },
  eachChild((child, all) => {
    const before = all[all.indexOf(child) - 1];
    const isGraph = all.some(({ after }) => after);
    return isGraph && before ? { after: [...(child.after ?? []), before.id] } : {};
  }),
);

export const graphStopsAtOnce = treeFault(
  {
    name: "tree-graph-stops-at-once",
    defect: "On a stop everybody is asked to end at once, also those whom others still need.",
    seenIn: "Kubernetes: all containers of a pod get SIGTERM at once",
  },
  (make) => (options) => {
    const tree = make(options);
    const isGraph = options.children?.some(({ after }) => after);
    return stepping((healthy, state, event, now) => {
      let [after, all] = healthy.step(state, event, now);
      if (!isGraph || event.type !== "stop" || !isOwn(event)) return [after, all];
      for (const id of healthy.children(after)) {
        const [next, more] = healthy.step(after, { ...event, path: [id] }, now);
        [after, all] = [next, [...all, ...more]];
      }
      return [after, all];
    })(() => tree)(options);
  },
);
