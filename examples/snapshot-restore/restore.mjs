// Walks the road from a disk to a claim that is restored from its snapshot: what is there, what is made, what is missing.
// Run: node examples/snapshot-restore/restore.mjs

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

const CLAIM = "default/restored-pvc";
const WORKERS = ["worker-b", "worker-c"];
const STAGES = [
  ["Nothing is taken yet", ["cluster.yaml", "disk.yaml", "restored.yaml"]],
  ["The snapshot is asked for", ["cluster.yaml", "disk.yaml", "snapshot.yaml", "restored.yaml"]],
  ["The driver has taken it", ["cluster.yaml", "disk.yaml", "snapshot-taken.yaml", "restored.yaml"]],
];
const SETS = {
  Node: "nodes",
  CSINode: "csiNodes",
  StorageClass: "storageClasses",
  PersistentVolume: "persistentVolumes",
  PersistentVolumeClaim: "persistentVolumeClaims",
  VolumeSnapshot: "volumeSnapshots",
  VolumeSnapshotClass: "volumeSnapshotClasses",
  VolumeSnapshotContent: "volumeSnapshotContents",
};

/** The objects of some files, a list a kind. */
function objectsOf(files) {
  const lists = {};
  for (const file of files) {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    for (const object of parseAllDocuments(text).map((document) => document.toJS())) {
      const set = SETS[object.kind];
      if (set !== undefined) lists[set] = [...(lists[set] ?? []), object];
    }
  }
  return lists;
}

/** The lines of one stage. */
function linesOf(provisioner) {
  const { driver, passable, steps } = provisioner.restorePath(CLAIM);
  const lines = steps.map(({ kind, name, note, state }) => {
    const about = [kind, name].filter((text) => text !== "").join(" ");
    return `  ${state.padEnd(7)}  ${about}${note === "" ? "" : `: ${note}`}`;
  });
  lines.push(`  ${passable ? `so it will be restored by ${driver}` : "so it cannot be restored as things stand"}`);
  const status = provisioner.dataSourceStatus(CLAIM);
  if (!status.ready)
    return [...lines, `  refused now (${status.rule}): ${status.reason.split(": ").slice(1).join(": ")}`];
  for (const node of WORKERS) {
    const { accessibilityRequirements } = provisioner.provisioning(CLAIM, { node });
    const [first] = accessibilityRequirements.preferred;
    lines.push(`  on ${node} the driver is asked for ${Object.values(first.segments).join()} first`);
    const warning = provisioner.sourceWarning(CLAIM, node);
    if (warning !== undefined) lines.push(`    ${warning}`);
  }
  return lines;
}

/** What is printed. `createProvisioner` is that of `topomatch/provisioner`. */
export function road(createProvisioner) {
  return STAGES.flatMap(([title, files]) => [title, ...linesOf(createProvisioner(objectsOf(files)))]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { createProvisioner } = await import("topomatch/provisioner");
  console.log(road(createProvisioner).join("\n"));
}
