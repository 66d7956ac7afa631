/** What a step has made of a state: the state before, if every field is as it was. */
export function unlessSame<State extends object>(before: State, made: State): State {
  for (const key in made) if (made[key] !== before[key]) return made;
  for (const key in before) if (!(key in made)) return made;
  return before;
}
