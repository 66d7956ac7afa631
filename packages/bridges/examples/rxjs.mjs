// A source that rxjs subscribes to again by the rules of Kubernetes: the first restart at once, then 10 s, 20 s, up to 5 min.
//   npm install rxjs && node rxjs.mjs
//
// It prints:
//   subscribed, 1
//   subscribed, 2
//   3 apples

import { retryBy } from "@steadfast/bridges/rxjs";
import { kubernetes } from "@steadfast/presets";
import * as rxjs from "rxjs";

let subscriptions = 0;
const prices = rxjs.defer(() => {
  subscriptions += 1;
  console.log(`subscribed, ${subscriptions}`);
  return subscriptions < 2
    ? rxjs.throwError(() => new Error("no connection"))
    : rxjs.of("3 apples");
});

console.log(await rxjs.lastValueFrom(prices.pipe(retryBy(rxjs, kubernetes()))));
