// Claims that end a pod's cycle at PreFilter, one of each kind.

import { addBoundClaim, addClaim, BIND_COMPLETED, type Owner, ownedBy, wantedFrom } from "./claims.js";
import { homeOf } from "./nodes.js";
import { BETA_CLASS } from "./volumes.js";
import type { Json, World } from "./world.js";

const ODD_NAMES = [
  'quo"ted',
  "back\\slash",
  "tab\there",
  "é",
  "\u200b",
  "\u007f",
  "\u{1f600}",
  "\u{e0001}",
  "\u00a0",
  "\u0001",
];
const DELETED = "2026-11-01T10:00:00Z";

export function faultyVolume(world: World, pod: Owner): Json {
  return world.random.branch<Json>([
    [2, () => missingClaim(world)],
    [1, () => claimElsewhere(world, pod)],
    [3, () => ({ name: world.nextName("v"), ephemeral: { volumeClaimTemplate: { spec: {} } } })],
    [2, () => notOwned(world, pod)],
    [3, () => lost(world, pod)],
    [3, () => deleting(world, pod)],
    [3, () => immediate(world, pod)],
    [3, () => ofClass(world, pod, world.classes.modeless)],
  ]);
}

function missingClaim(world: World): Json {
  const { random } = world;
  const claimName = random.weighted<Json>([
    [5, "no-such-claim"],
    [2, random.pick(ODD_NAMES)],
    [0.5, ""],
    [0.5, null],
  ]);
  return { name: world.nextName("v"), persistentVolumeClaim: { claimName } };
}

function claimElsewhere(world: World, pod: Owner): Json {
  const { random, namespaces } = world;
  const namespace = random.pick(namespaces.filter((other) => other !== pod.namespace));
  const { claim } = addBoundClaim(world, { ...pod, namespace }, homeOf(world));
  return { name: world.nextName("v"), persistentVolumeClaim: { claimName: claim.metadata.name } };
}

function notOwned(world: World, pod: Owner): Json {
  const { random } = world;
  const name = world.nextName("v");
  const mine = ownedBy(pod);
  const theirs = ownedBy({ name: "another", uid: "another-uid" });
  const ownerReferences = random.pick<Json>([
    undefined,
    null,
    [],
    [theirs],
    [theirs, mine],
    [{ ...mine, controller: false }],
    [{ ...mine, controller: null }],
    [{ apiVersion: "v1", kind: "Pod", name: pod.name, uid: pod.uid }],
  ]);
  const use = addBoundClaim(world, pod, homeOf(world));
  use.claim.metadata.name = `${pod.name}-${name}`;
  use.claim.metadata.ownerReferences = ownerReferences;
  return { name, ephemeral: {} };
}

function lost(world: World, pod: Owner): Json {
  const { random } = world;
  const { claim, volume } = addBoundClaim(world, pod, homeOf(world));
  claim.status = { phase: "Lost" };
  if (random.chance(0.3)) claim.metadata.deletionTimestamp = DELETED;
  claim.spec.volumeName = random.weighted<Json>([
    [4, "pv-lost"],
    [1, ""],
    [1, null],
    [2, random.pick(ODD_NAMES)],
  ]);
  return volume;
}

function deleting(world: World, pod: Owner): Json {
  const { random, classes } = world;
  const use = random.chance(0.6)
    ? addBoundClaim(world, pod, homeOf(world))
    : addClaim(world, pod, wantedFrom(world, random.pick(classes.provisioned)));
  use.claim.metadata.deletionTimestamp = random.pick([DELETED, "2026-11-01T10:00:00+02:00"]);
  return use.volume;
}

function immediate(world: World, pod: Owner): Json {
  const { random, classes } = world;
  const delayed = random.pick([...classes.fixed, ...classes.provisioned]);
  return random.branch<Json>([
    [4, () => ofClass(world, pod, random.pick(classes.immediate))],
    [2, () => ofClass(world, pod, "")],
    [2, () => ofClass(world, pod, "missing-class")],
    [1, () => ofClass(world, pod, delayed, { metadata: { annotations: { [BETA_CLASS]: "" } } })],
    // Named by its user or left half done by the controller: only a completed claim is bound.
    [2, () => ofClass(world, pod, delayed, { spec: { volumeName: random.pick(["pv-1", "pv-gone"]) } })],
    [1, () => ofClass(world, pod, random.pick(classes.immediate), { spec: { volumeName: "pv-2" } })],
    [1, () => ofClass(world, pod, "", { metadata: { annotations: { [BIND_COMPLETED]: "yes" } } })],
  ]);
}

function ofClass(world: World, pod: Owner, className: string, fields: Json = {}): Json {
  const { claim, volume } = addClaim(world, pod, wantedFrom(world, className), fields);
  // An annotation that the fault needs must outlast a class put into the same annotation.
  Object.assign(claim.metadata, fields.metadata);
  return volume;
}
