/** How far the count is, in one line, at most `width` wide. */
export function progressBar(counted: number, files: number, width: number): string {
  const share = files === 0 ? 0 : counted / files;
  const label = ` ${Math.floor(share * 100)} %  ${counted} of ${files} files`;
  const room = Math.max(0, Math.min(40, width - label.length - 2));
  const full = Math.round(share * room);
  return `[${"#".repeat(full)}${".".repeat(room - full)}]${label}`.slice(0, width);
}
