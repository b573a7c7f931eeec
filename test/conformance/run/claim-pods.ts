// Pods that use one claim alone, for the oracle's answer to what the library is asked about the claim itself.

import { Random } from "../../reference/generator/random.js";
import type { KubeObject } from "../../reference/generator/world.js";

const PREFIX = "pod-of-claim-";
const MOST = 3;
/** With so many nodes or volumes a pod costs the judge too much for more than one. */
const MANY_NODES = 200;
const MANY_VOLUMES = 150;

/** The objects and up to three such pods behind them. */
export function withClaimPods(objects: readonly KubeObject[], seed: number): KubeObject[] {
  const random = new Random(seed ^ 0x0c1a1f);
  const claims = objects.filter(({ kind }) => kind === "PersistentVolumeClaim");
  const countOf = (wanted: string): number => objects.filter(({ kind }) => kind === wanted).length;
  const most = countOf("Node") > MANY_NODES || countOf("PersistentVolume") > MANY_VOLUMES ? 1 : MOST;
  const pods = random.some(claims, 1, most).map(({ metadata: { name, namespace = "default" } }, index): KubeObject => {
    const volumes = [{ name: "data", persistentVolumeClaim: { claimName: name } }];
    const metadata = { name: `${PREFIX}${index}`, namespace, uid: `uid-${PREFIX}${index}` };
    return { apiVersion: "v1", kind: "Pod", metadata, spec: { volumes, containers: [] } };
  });
  return [...objects, ...pods];
}

/** The key of the claim whose pod this is, or undefined. */
export function claimOf({ metadata, spec }: KubeObject): string | undefined {
  if (!String(metadata.name).startsWith(PREFIX)) return undefined;
  return `${metadata.namespace}/${spec.volumes[0].persistentVolumeClaim.claimName}`;
}
