/** What a step has made of a state: the state before, if every field is as it was. */
export function unlessSame<State extends object>(before: State, made: State): State {
  const keys = Object.keys(made) as (keyof State)[];
  const isSame = keys.length === Object.keys(before).length;
  return isSame && keys.every((key) => made[key] === before[key]) ? before : made;
}
