// The token stands behind the # of the address, where it is never sent. It is taken out of the address at once, so that
// neither the history nor a screenshot has it, and kept for this tab alone.

const KEY = "steadfast-token";

export function takeToken(): string {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY) ?? "";
}
