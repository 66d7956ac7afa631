// The worker of pool.ts.

import { serve } from "@steadfast/worker-threads/worker";

serve({ default: (n: number) => n + 1, double: (n: number) => 2 * n });
