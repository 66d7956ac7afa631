/**
 * The page is not there: this copy of the package has no built assets. Thrown by `dashboard`, before it listens.
 *
 * A published package has them. Fix: in a clone of the repository, run `pnpm assets`.
 *
 * @since 0.1.0
 * @example
 * new DashboardAssetsError("/somewhere/assets").code; // => "ERR_DASHBOARD_ASSETS"
 */
export class DashboardAssetsError extends Error {
  readonly code = "ERR_DASHBOARD_ASSETS";

  constructor(folder: string) {
    super(`dashboard: its page is not built (no index.html in ${folder}): run \`pnpm assets\``);
    Object.assign(this, { name: "DashboardAssetsError" });
  }
}
