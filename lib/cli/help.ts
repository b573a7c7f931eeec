// cli: what --help and --version print.

import { existsSync, readFileSync } from "node:fs";
import { FILTERS_CARRIED_OUT, KUBERNETES_MINORS } from "../options.js";

const [OLDEST] = KUBERNETES_MINORS;
const NEWEST = KUBERNETES_MINORS.at(-1);

export const HELP = `topomatch: on which nodes a pod's volumes can be satisfied, and if on none, why

Usage: topomatch check -f PATH [-f PATH ...] [POD ...]

  -f PATH             a file, a folder (its .yaml, .yml and .json files, by name), or - for standard input
  POD                 NAMESPACE/NAME or NAME; without any: every pod that waits for a node
  -n NS               namespace of a POD, and of objects, that name none (default: default)
  --mode MODE         live: objects as read from an API server (default)
                      manifests: hand-written objects; defaults, workloads and static volumes are settled first
  --print-objects     print the settled objects as one List and evaluate nothing
  --filters NAME,...  scheduler plugins that run (default, and all so far: ${FILTERS_CARRIED_OUT.join(",")})
  --kubernetes MINOR  release whose verdicts are wanted, ${OLDEST} to ${NEWEST} (default: ${NEWEST})
  --gate NAME=BOOL    feature gate that differs from the release's default; repeatable
  --plans             add to each pod what would be bound and provisioned on each node (json, yaml)
  -o FORMAT           table (default), wide (why each node was rejected), json, yaml
  -h, --help          print this
  --version           print the version

Exit status: 0 every pod evaluated fits some node, 1 some pod fits none, 2 wrong usage or input.

Example: kubectl get nodes,pods,pv,pvc,sc,csinodes,csidrivers,csistoragecapacities -A -o json | topomatch check -f -
`;

/** The version in package.json, which lies one folder above the bundle and two above this source. */
export function version(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    const url = new URL(path, import.meta.url);
    if (!existsSync(url)) continue;
    const { name, version } = JSON.parse(readFileSync(url, "utf8"));
    if (name === "topomatch") return version;
  }
  return "unknown";
}
