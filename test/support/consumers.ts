// Programs of users, as text: they import the built package, which the type check of this repository does not know.

export const PLAIN = `// A user without DOM, without Node and without any other types: what must compile, and what must not.

import type { Feasibility, MatcherOptions, NodeLike, ObjectSet, PodReport, TopologyErrorCode } from "topomatch";
import type { GateName, KubernetesMinor, NodeMask, RejectionCount } from "topomatch";
import { createMatcher, createMatcherSync, DEFAULT_FILTERS, DEFAULT_KUBERNETES, FILTERS, TopologyError } from "topomatch";
import module from "topomatch/topomatch.wasm";

const options: MatcherOptions = { kubernetes: "1.36", gates: { StorageCapacityScoring: true }, filters: [...FILTERS] };
const matcher = createMatcherSync(options);
export const again = createMatcher({ module }).then(({ engine }): "wasm" | "javascript" => engine);

const nodes: ObjectSet<NodeLike> = matcher.nodes;
nodes.replace([
  { metadata: { name: "a", labels: { "topology.kubernetes.io/zone": "z" }, creationTimestamp: new Date() } },
  { metadata: { name: "b", labels: undefined, creationTimestamp: "2026-01-01T00:00:00Z" }, spec: undefined },
]);
nodes.upsert(JSON.parse('{ "metadata": { "name": "c" } }'));
matcher.persistentVolumes.upsert({
  metadata: { name: "v" },
  spec: {
    capacity: { storage: "10Gi" },
    accessModes: ["ReadWriteOnce"] as const,
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: "k", operator: "In", values: ["x"] }] }],
      },
    },
  },
});
const removed: boolean = matcher.persistentVolumeClaims.delete("default/claim");
const zone: string | undefined = nodes.get("a")?.metadata?.labels?.["topology.kubernetes.io/zone"];

const verdict: Feasibility = matcher.evaluatePod({ metadata: { name: "p", namespace: "default" } });
const names: string[] = verdict.nodes.toArray();
for (const name of verdict.nodes) names.push(name);
for (const rejection of verdict.rejected) names.push(rejection.plugin, ...rejection.reasons, ...rejection.nodes);
const report: PodReport = verdict.toReport({ plans: true });
const volume: string | undefined = verdict.plan("a")?.staticBindings[0]?.volume;
const release: KubernetesMinor = DEFAULT_KUBERNETES;
const gate: GateName = "VolumeLimitScaling";
createMatcherSync({ kubernetes: release, gates: { [gate]: true }, filters: DEFAULT_FILTERS });
createMatcherSync({ kubernetes: undefined, gates: undefined, filters: undefined, engine: undefined, module: undefined });
const mask: NodeMask = matcher.createNodeMask(["a", 1]);
const ids: number[] = [...mask, mask.size];
const cut: string[] = verdict.nodes.intersection(mask).toArray();
const reusable = matcher.createVerdict().evaluatePod("p");
const counted: readonly RejectionCount[] = [...reusable.rejected, ...verdict.rejected];
const same: boolean = reusable.has("a") === reusable.has(0) && verdict.nodes.has(0) === (verdict.plan(0) !== undefined);
const texts: (string | undefined)[] = [reusable.message, reusable.error, reusable.preFilter?.plugin, reusable.pod];

export function codeOf(error: unknown): TopologyErrorCode | undefined {
  return error instanceof TopologyError ? error.code : undefined;
}

// @ts-expect-error a name is text
nodes.upsert({ metadata: { name: 1 } });
// @ts-expect-error a set of nodes takes no volumes
nodes.replace([{ spec: { capacity: { storage: "1Gi" } } }]);
// @ts-expect-error an answer cannot be written to
verdict.nodes.size = 1;
// @ts-expect-error there is no such engine
createMatcherSync({ engine: "native" });
// @ts-expect-error there is no such release
createMatcherSync({ kubernetes: "1.20" });
// @ts-expect-error there is no such gate
createMatcherSync({ gates: { NoGate: true } });
// @ts-expect-error there is no such option
createMatcherSync({ filter: ["VolumeBinding"] });
// @ts-expect-error nodes are given by name or id
mask.add({});
// @ts-expect-error a set cannot be replaced
matcher.nodes = nodes;

export const used = [removed, zone, report, volume, ids, cut, counted, same, texts];
`;

export const THREADED = `// A user of the threads, of whose matcher everything is known without Node's types.

import type { TopologyMatcher } from "topomatch";
import type { ThreadedMatcher } from "topomatch/threads";
import { createThreadedMatcher, TopologyError } from "topomatch/threads";

const threaded: ThreadedMatcher = await createThreadedMatcher({ threads: 4, kubernetes: "1.36" });
export const matcher: TopologyMatcher = threaded;
export const threads: number = threaded.threads;
export const closed: Promise<void> = threaded.close();
export const wrong = (error: unknown): boolean => error instanceof TopologyError;

// @ts-expect-error the engine is no choice here
await createThreadedMatcher({ engine: "javascript" });
`;

export const CLIENT_NODE = `// A user of @kubernetes/client-node: its classes are taken as they are.

import type {
  V1CSIDriver,
  V1CSINode,
  V1CSIStorageCapacity,
  V1Node,
  V1NodeList,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1StorageClass,
  V1VolumeAttachment,
} from "@kubernetes/client-node";
import type { TopologyMatcher } from "topomatch";

export function load(
  matcher: TopologyMatcher,
  nodes: V1NodeList,
  volumes: V1PersistentVolume[],
  claims: ReadonlyMap<string, V1PersistentVolumeClaim>,
  classes: Set<V1StorageClass>,
): void {
  matcher.nodes.replace(nodes.items);
  matcher.persistentVolumes.replace(volumes);
  matcher.persistentVolumeClaims.replace(claims.values());
  matcher.storageClasses.replace(classes);
}

export function follow(
  matcher: TopologyMatcher,
  node: V1Node,
  driver: V1CSIDriver,
  csiNode: V1CSINode,
  capacity: V1CSIStorageCapacity,
  attachment: V1VolumeAttachment,
  pod: V1Pod,
): string[] {
  matcher.nodes.delete(node);
  matcher.csiDrivers.upsert(driver);
  matcher.csiNodes.upsert(csiNode);
  matcher.csiStorageCapacities.upsert(capacity);
  matcher.volumeAttachments.upsert(attachment);
  matcher.pods.upsert(pod);
  return matcher.evaluatePod(pod).nodes.toArray();
}

export interface Kept {
  readonly node: V1Node | undefined;
  readonly pod: V1Pod | undefined;
  readonly claim: V1PersistentVolumeClaim | undefined;
  readonly volumes: (V1PersistentVolume | undefined)[];
  readonly storageClass: V1StorageClass | undefined;
  readonly driver: V1CSIDriver | undefined;
  readonly csiNode: V1CSINode | undefined;
  readonly capacity: V1CSIStorageCapacity | undefined;
  readonly attachment: V1VolumeAttachment | undefined;
}

export function kept(matcher: TopologyMatcher, pod: V1Pod): Kept {
  const node: V1Node | undefined = matcher.nodes.get("a");
  return {
    node,
    pod: matcher.pods.get(pod),
    claim: matcher.persistentVolumeClaims.get("default/c"),
    volumes: ["v"].map((name) => matcher.persistentVolumes.get<V1PersistentVolume>(name)),
    storageClass: matcher.storageClasses.get("s"),
    driver: matcher.csiDrivers.get("d"),
    csiNode: matcher.csiNodes.get("a"),
    capacity: matcher.csiStorageCapacities.get("default/c"),
    attachment: matcher.volumeAttachments.get("t"),
  };
}

// @ts-expect-error what a set of nodes gives back is no pod
export const other = (matcher: TopologyMatcher): V1Pod | undefined => matcher.nodes.get("a");
// @ts-expect-error a pod is no node
export const wrong = (matcher: TopologyMatcher, pod: V1Pod) => matcher.nodes.upsert(pod);
`;
