// The VolumeRestrictions plugin (R-RST).

import { type Cluster, keyOf } from "./cluster.js";
import { decided } from "./decided.js";
import { goQuote } from "./go-text.js";
import type { Pod, PodVolume } from "./kinds.js";
import { podsOn } from "./placed-pods.js";
import { type Filtered, type Plugin, rejected, SUCCESS, UNS } from "./plugin.js";
import { items } from "./selectors.js";

const DISK = "node(s) had no available disk";
const IN_USE =
  "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod";
const IN_USE_BEFORE_34 = "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";

export const volumeRestrictions: Plugin = {
  name: "VolumeRestrictions",
  preFilter: ({ pod, cluster, settings }) => {
    const exclusive = new Set<string>();
    for (const name of namedClaims(pod)) {
      decided("R-RST-1");
      const claim = cluster.claims.get(keyOf(pod.metadata.namespace, name));
      if (!claim) return rejected(`persistentvolumeclaim ${goQuote(name)} not found`);
      if (claim.spec?.accessModes?.includes("ReadWriteOncePod")) exclusive.add(name);
    }
    const conflicts = [...exclusive].filter((name) => isUsed(name, pod, cluster)).length;
    const raw = items(pod.spec?.volumes).filter(isRaw);
    if (raw.length === 0 && conflicts === 0) decided("R-RST-3");
    if (raw.length === 0 && conflicts === 0) return "skip";
    return {
      filter: (node) => {
        const others = podsOn(cluster, node.metadata.name, pod).flatMap(({ spec }) => items(spec?.volumes));
        decided("R-RST-4");
        if (raw.some((disk) => others.some((other) => conflict(disk, other)))) return unschedulable(DISK);
        if (conflicts > 0) decided("R-RST-5");
        return conflicts > 0 ? unschedulable(settings.minor >= 34 ? IN_USE : IN_USE_BEFORE_34) : SUCCESS;
      },
    };
  },
};

function unschedulable(reason: string): Filtered {
  return { code: UNS, reasons: [reason] };
}

function namedClaims(pod: Pod): string[] {
  return items(pod.spec?.volumes).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName ?? ""] : [],
  );
}

function isUsed(name: string, pod: Pod, cluster: Cluster): boolean {
  decided("R-RST-2");
  const others = cluster.nodes.flatMap(({ metadata }) => podsOn(cluster, metadata.name, pod));
  return others.some(
    (other) => other.metadata.namespace === pod.metadata.namespace && namedClaims(other).includes(name),
  );
}

function isRaw({ awsElasticBlockStore, gcePersistentDisk, iscsi, rbd }: PodVolume): boolean {
  return Boolean(awsElasticBlockStore || gcePersistentDisk || iscsi || rbd);
}

function conflict(ours: PodVolume, theirs: PodVolume): boolean {
  const [gce, otherGce] = [ours.gcePersistentDisk, theirs.gcePersistentDisk];
  if (gce && otherGce && same(gce.pdName, otherGce.pdName) && !(gce.readOnly && otherGce.readOnly)) return true;
  const [ebs, otherEbs] = [ours.awsElasticBlockStore, theirs.awsElasticBlockStore];
  if (ebs && otherEbs && same(ebs.volumeID, otherEbs.volumeID)) return true;
  const [iscsi, otherIscsi] = [ours.iscsi, theirs.iscsi];
  if (iscsi && otherIscsi && same(iscsi.iqn, otherIscsi.iqn) && !(iscsi.readOnly && otherIscsi.readOnly)) return true;
  const [rbd, otherRbd] = [ours.rbd, theirs.rbd];
  if (!rbd || !otherRbd || (rbd.readOnly && otherRbd.readOnly)) return false;
  const monitors = (otherRbd.monitors ?? []).map((monitor) => monitor ?? "");
  const shared = (rbd.monitors ?? []).some((monitor) => monitors.includes(monitor ?? ""));
  return shared && same(rbd.pool, otherRbd.pool) && same(rbd.image, otherRbd.image);
}

function same(a: string | null | undefined, b: string | null | undefined): boolean {
  return (a ?? "") === (b ?? "");
}
