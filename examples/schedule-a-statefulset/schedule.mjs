// Places a StatefulSet of 100 replicas, three claims each, over three zones, in an overlay: the matcher is left as it was.
// Run: node examples/schedule-a-statefulset/schedule.mjs

import { createMatcher } from "topomatch";
import { objects } from "./cluster.mjs";

const REPLICAS = 100;
const namespace = "default";

const claimTemplates = [
  { name: "data", storageClassName: "local-nvme", storage: "400Gi" },
  { name: "wal", storageClassName: "zonal-disk", storage: "20Gi" },
  { name: "archive", storageClassName: "prepared", storage: "1Ti" },
];

/** The claims and the pod that the StatefulSet's controller makes for one replica. */
export function replica(ordinal) {
  const pod = `db-${ordinal}`;
  const claims = claimTemplates.map(({ name, storage, storageClassName }) => ({
    metadata: { namespace, name: `${name}-${pod}`, uid: `uid-${name}-${pod}`, resourceVersion: "1" },
    spec: { accessModes: ["ReadWriteOnce"], storageClassName, resources: { requests: { storage } } },
  }));
  const volumes = claims.map(({ metadata }) => ({
    name: metadata.name,
    persistentVolumeClaim: { claimName: metadata.name },
  }));
  const containers = [{ name: "db", resources: { requests: { cpu: "4", memory: "16Gi" } } }];
  return { claims, pod: { metadata: { namespace, name: pod, uid: `uid-${pod}` }, spec: { containers, volumes } } };
}

/** The feasible node with the best score; of equal ones the first by name. */
function best(answer) {
  const scored = answer.nodes.toArray().map((name) => ({ name, score: answer.plan(name).score ?? 0 }));
  return scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))[0]?.name;
}

/** Places one replica after another, each seeing those before it. */
export function place(matcher, replicas = REPLICAS) {
  const overlay = matcher.overlay();
  const placed = [];
  const left = [];
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const { claims, pod } = replica(ordinal);
    for (const claim of claims) overlay.persistentVolumeClaims.upsert(claim);
    const answer = overlay.evaluatePod(pod);
    const node = best(answer);
    if (node === undefined) left.push({ pod: answer.pod, message: answer.message });
    else placed.push(overlay.assume(pod, node));
  }
  const result = { placed: placed.map(({ node, patches, pod }) => ({ pod, node, patches })), left };
  overlay.drop();
  return result;
}

export async function cluster(options = {}) {
  const matcher = await createMatcher({ filters: "all", ...options });
  for (const [set, list] of Object.entries(objects())) matcher[set].replace(list);
  return matcher;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { left, placed } = place(await cluster());
  for (const { node, patches, pod } of placed) {
    console.log(`${pod} -> ${node}`);
    for (const patch of patches) console.log(`  ${JSON.stringify(patch)}`);
  }
  for (const { message, pod } of left) console.log(`${pod} stays Pending: ${message}`);
}
