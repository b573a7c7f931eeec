// cli: pods that use what plugins read which this version does not carry out -> a line.

import { counted } from "../failure.js";
import type { KubeObject } from "../fields.js";
import { dig, listAt } from "../fields.js";

interface Use {
  readonly plugin: string;
  /** What of a pod it reads. */
  readonly words: string;
  readonly isIn: (pod: KubeObject) => boolean;
}

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

const USES: readonly Use[] = [
  { plugin: "NodePorts", words: "host ports", isIn: hasHostPorts },
  {
    plugin: "PodTopologySpread",
    words: "topology spread constraints",
    isIn: (pod) =>
      listAt(pod, "spec", "topologySpreadConstraints").some(
        (constraint) => dig(constraint, "whenUnsatisfiable") !== "ScheduleAnyway",
      ),
  },
  {
    plugin: "InterPodAffinity",
    words: "affinity to other pods",
    isIn: (pod) =>
      ["podAffinity", "podAntiAffinity"].some((name) => listAt(pod, "spec", "affinity", name, REQUIRED).length > 0),
  },
  {
    plugin: "DynamicResources",
    words: "resource claims",
    isIn: (pod) => listAt(pod, "spec", "resourceClaims").length > 0,
  },
];

const LISTED = new Intl.ListFormat("en-GB");

export class Uncarried {
  /** By pod: which of USES it has, a bit each; only those that have some. */
  readonly #uses = new Map<string, number>();

  /** Looks at a few fields of a pod. */
  see(key: string, pod: KubeObject): void {
    const uses = USES.reduce((found, { isIn }, i) => (isIn(pod) ? found | (1 << i) : found), 0);
    if (uses !== 0) this.#uses.set(key, uses);
    else this.#uses.delete(key);
  }

  /** Undefined where none of these pods uses any of it. */
  line(pods: Iterable<string>): string | undefined {
    let all = 0;
    const found: string[] = [];
    for (const pod of pods) {
      const uses = this.#uses.get(pod) ?? 0;
      all |= uses;
      if (uses !== 0) found.push(pod);
    }
    if (all === 0) return undefined;
    const used = USES.filter((_, i) => (all & (1 << i)) !== 0);
    const names = LISTED.format(used.map(({ plugin }) => plugin));
    const words = LISTED.format(used.map(({ words }) => words));
    const are = used.length > 1 ? "are" : "is";
    return `${names} ${are} not carried out: ${words} of ${counted(found.length, "pod")} (first: ${found[0]}) may rule out more nodes`;
  }
}

function hasHostPorts(pod: KubeObject): boolean {
  // Of init containers the scheduler looks at those that go on running.
  const sidecars = listAt(pod, "spec", "initContainers").filter(
    (container) => dig(container, "restartPolicy") === "Always",
  );
  return [...listAt(pod, "spec", "containers"), ...sidecars].some((container) =>
    listAt(container, "ports").some((port) => Number(dig(port, "hostPort") ?? 0) > 0),
  );
}
