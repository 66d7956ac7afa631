import { readArguments } from "@steadfast/policy";
import { type Assets, assetsFolder, readAssets } from "./assets.js";
import { Feed } from "./feed.js";
import { freshToken, Guard } from "./guard.js";
import {
  type DashboardOptions,
  readDashboardOptions,
  readWatched,
  type Watched,
} from "./options.js";
import { serve } from "./routes.js";
import { close, listen } from "./server.js";

/**
 * A dashboard that is being served.
 * @since 0.1.0
 */
export interface Dashboard extends AsyncDisposable {
  /** Where the page is, with the token behind a `#`: what is there is never sent over the wire. For one person. */
  readonly url: string;
  /** The port on 127.0.0.1. */
  readonly port: number;
  /** How many pages look now. */
  readonly clients: number;
  /** Closes it: no listener, timer or socket is left. The supervision is not touched. */
  close(): Promise<void>;
}

/**
 * Serves a page that shows what a supervision or a tree is doing, and takes an operator's orders.
 *
 * Decides nothing: what it shows is what the handles report, and an order is a call of a handle. It listens
 * on 127.0.0.1 only, and answers nothing of the supervision without the token in its `url`, which is
 * a new one each time. Units: milliseconds. Edges: while no page looks it only keeps the last `history` events; it
 * keeps the process alive until it is closed, also when the supervision is over. Effect on the supervision:
 * it listens, and gives the orders that a person gives; closing it changes nothing there.
 * Errors: `PolicyOptionsError` for a bad option or handle; `DashboardAssetsError` where the page is not built;
 * the system's error where the port is taken. Rejects with them, and listens to nothing then.
 *
 * @since 0.1.0
 * @param watched what `supervise` or `superviseTree` returned, alone or with a `recording()`, or several of these, each with an `id`
 * of its own.
 * @example
 * const tree = superviseTree({ children: [{ id: "web", launcher: taskLauncher(answerRequests) }] });
 * const page = await dashboard(tree, { title: "shop" });
 * page.url.startsWith("http://127.0.0.1:"); // => true
 * await page.close();
 * (await tree.stop()).type; // => "stopped"
 */
export async function dashboard(
  watched: Watched | readonly Watched[],
  options: DashboardOptions = {},
): Promise<Dashboard> {
  readArguments("dashboard", arguments, 2);
  return serveDashboard(watched, options, readAssets(assetsFolder()));
}

/** The same, of files that were read already. */
export async function serveDashboard(
  watched: Watched | readonly Watched[],
  options: DashboardOptions,
  assets: Assets,
): Promise<Dashboard> {
  const settings = readDashboardOptions(options);
  const sources = readWatched(watched);
  const { orders, maxClients } = settings;
  const token = freshToken();
  const feed = new Feed(sources, settings);
  let guard: Guard | null = null;
  // A page has a stream and asks for more beside it; the rest is for those that are refused.
  const maxConnections = maxClients * 8;
  const [server, port] = await listen(settings.port, maxConnections, async (request, response) => {
    if (guard) await serve({ assets, guard, feed, orders }, request, response);
  }).catch((error: unknown) => {
    feed.close();
    throw error;
  });
  guard = new Guard(token, port);

  let closed: Promise<void> | null = null;
  const end = (): Promise<void> => {
    if (!closed) {
      feed.close();
      closed = close(server);
    }
    return closed;
  };
  return {
    url: `http://127.0.0.1:${port}/#${token}`,
    port,
    get clients() {
      return feed.clients;
    },
    close: end,
    [Symbol.asyncDispose]: end,
  };
}
