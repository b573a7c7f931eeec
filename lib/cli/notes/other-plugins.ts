// cli: what the input holds that plugins would read which do not run -> a line below the table.

import { FILTERS } from "../../options.js";
import type { KubeObject } from "../fields.js";
import { dig, isObject, listAt, objectAt } from "../fields.js";

type Plugin = (typeof FILTERS)[number];

interface Reader {
  /** What the plugin reads, in the plural. */
  readonly words: string;
  /** By kind: whether an object holds some of it. Pods and claims are only those that are asked about. */
  readonly holds: { readonly [kind: string]: (object: KubeObject) => boolean };
}

const ZONE_LABELS = [
  "failure-domain.beta.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "topology.kubernetes.io/region",
];
const RAW_DISKS = ["gcePersistentDisk", "awsElasticBlockStore", "rbd", "iscsi"];

/** Each plugin's line disappears by itself where the plugin runs. */
const READERS: { readonly [P in Plugin]: Reader } = {
  // Nothing that a report asks about has a node's name yet.
  NodeName: { words: "", holds: {} },
  NodeUnschedulable: {
    words: "cordoned nodes",
    holds: { Node: (node) => dig(node, "spec", "unschedulable") === true },
  },
  TaintToleration: {
    words: "taints",
    holds: {
      Node: (node) =>
        listAt(node, "spec", "taints").some((taint) =>
          ["NoSchedule", "NoExecute"].includes(dig(taint, "effect") as string),
        ),
    },
  },
  NodeAffinity: {
    words: "node selectors or node affinity",
    holds: {
      Pod: (pod) =>
        hasFields(dig(pod, "spec", "nodeSelector")) ||
        dig(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution") !== undefined,
    },
  },
  NodeResourcesFit: { words: "resource requests", holds: { Pod: hasRequests } },
  VolumeRestrictions: {
    words: "ReadWriteOncePod claims or raw disks",
    holds: {
      PersistentVolumeClaim: (claim) => listAt(claim, "spec", "accessModes").includes("ReadWriteOncePod"),
      Pod: (pod) =>
        listAt(pod, "spec", "volumes").some((volume) => RAW_DISKS.some((disk) => dig(volume, disk) !== undefined)),
    },
  },
  NodeVolumeLimits: {
    words: "attach limits",
    holds: {
      CSINode: (csiNode) =>
        listAt(csiNode, "spec", "drivers").some((driver) => dig(driver, "allocatable", "count") !== undefined),
      CSIDriver: (driver) => dig(driver, "spec", "preventPodSchedulingIfMissing") === true,
    },
  },
  VolumeBinding: { words: "claims", holds: { PersistentVolumeClaim: () => true } },
  VolumeZone: {
    words: "volumes with zone labels",
    holds: {
      PersistentVolume: (volume) => {
        const labels = objectAt(volume, "metadata", "labels");
        return ZONE_LABELS.some((key) => labels[key] !== undefined);
      },
    },
  },
};

const LISTED = new Intl.ListFormat("en-GB");

export class OtherPlugins {
  readonly #seen = new Set<Plugin>();
  /** By kind: the plugins of which nothing was seen yet. */
  readonly #open = new Map<string, readonly Plugin[]>();

  constructor() {
    for (const plugin of FILTERS) {
      for (const kind of Object.keys(READERS[plugin].holds)) {
        this.#open.set(kind, [...(this.#open.get(kind) ?? []), plugin]);
      }
    }
  }

  /** Whether an object of the kind could still tell something of a plugin that does not run. */
  watches(kind: string, running: readonly string[]): boolean {
    return this.#open.get(kind)?.some((plugin) => !running.includes(plugin) && !this.#seen.has(plugin)) === true;
  }

  /** Looks at no more than a few fields, and at none once something of each plugin was seen. */
  see(kind: string, object: KubeObject): void {
    const open = this.#open.get(kind);
    if (open === undefined) return;
    const left = open.filter((plugin) => !this.#seen.has(plugin) && !READERS[plugin].holds[kind](object));
    if (left.length === open.length) return;
    for (const plugin of open) if (!left.includes(plugin)) this.#seen.add(plugin);
    if (left.length > 0) this.#open.set(kind, left);
    else this.#open.delete(kind);
  }

  /** `running` are the plugins that run; undefined where nothing was seen of the others. */
  line(running: readonly string[]): string | undefined {
    const unread = FILTERS.filter((plugin) => !running.includes(plugin) && this.#seen.has(plugin));
    if (unread.length === 0) return undefined;
    const words = unread.map((plugin) => READERS[plugin].words);
    return `${running.join(", ")} only: the input also has ${LISTED.format(words)}, which other plugins read`;
  }
}

function hasRequests(pod: KubeObject): boolean {
  const containers = [...listAt(pod, "spec", "containers"), ...listAt(pod, "spec", "initContainers"), pod.spec];
  return (
    hasFields(dig(pod, "spec", "overhead")) ||
    // The API server writes a limit without a request as a request too.
    containers.some(
      (container) =>
        hasFields(dig(container, "resources", "requests")) || hasFields(dig(container, "resources", "limits")),
    )
  );
}

function hasFields(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}
