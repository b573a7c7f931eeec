// Whether claims can be filled from their sources, in which order that is checked, and the way to a restore.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync } from "../../../lib/index.js";
import type { DriverCapability, ObjectLists } from "../../../lib/provisioner.js";
import { createProvisioner, TopologyError } from "../../../lib/provisioner.js";
import { CLONES, FROM_AFAR } from "./clone-cases.js";
import type { ClaimSpec, ClassSpec } from "./objects.js";
import { claimOf, classOf, DRIVER, nodesOf, SNAPSHOTS, statusOf, told, zonal } from "./objects.js";
import { RESTORES } from "./restore-cases.js";
import { content, disk, listsOf, snapshot, source } from "./source-objects.js";

for (const of of [...RESTORES, ...CLONES, ...FROM_AFAR]) {
  test(of.title, () => {
    assert.is(statusOf(claimOf(of.claim), listsOf(of), of.options), of.expected);
    // The attempt says the same, for nothing else is wrong.
    const provisioner = createProvisioner(listsOf(of), { ...of.options, immediateTopology: false });
    const { refusal } = provisioner.provisioning(claimOf(of.claim));
    assert.is(refusal === undefined ? "ready" : told(refusal), of.expected);
  });
}

/** Everything is wrong with this claim; each check in turn is mended. */
const WRONG_SPEC = {
  dataSource: { apiGroup: "x", kind: "VolumeSnapshot", name: "snap" },
  selector: {},
  accessModes: ["Sometimes"],
  volumeAttributesClassName: "gold",
};
const FS = { fstype: "ext4", "csi.storage.k8s.io/fstype": "xfs", "csi.storage.k8s.io/unknown": "" };

test("T-294 R-TOP-17: the order of all checks", () => {
  let claim: ClaimSpec = { spec: WRONG_SPEC };
  let of: ClassSpec = { parameters: FS };
  let lists: ObjectLists = {
    ...nodesOf([zonal("n", "a")]),
    volumeAttributesClasses: [{ metadata: { name: "gold" }, driverName: "other" }],
  };
  let capabilities: DriverCapability[] = [];
  const says = (node: string): string => {
    const provisioner = createProvisioner({ ...lists, storageClasses: [classOf(of)] }, { capabilities });
    const { refusal } = provisioner.provisioning(claimOf(claim), { node });
    return refusal === undefined ? "made" : `${refusal.rule}: ${refusal.reason}`;
  };
  const mend = (spec: object): void => {
    claim = { spec: { ...claim.spec, ...spec } };
  };
  assert.match(says("gone"), /does not belong to the right APIGroup/);
  mend({ dataSource: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap" } });
  for (const [capability, text] of [
    ["CONTROLLER_SERVICE", "dynamic provisioning: plugin CONTROLLER_SERVICE"],
    ["CREATE_DELETE_VOLUME", "dynamic provisioning: controller CREATE_DELETE_VOLUME"],
    ["CREATE_DELETE_SNAPSHOT", "snapshot restore: controller CREATE_DELETE_SNAPSHOT"],
    ["MODIFY_VOLUME", "VolumeAttributesClass: controller MODIFY_VOLUME"],
  ] as const) {
    assert.is(says("gone"), `R-TOP-3: CSI driver does not support ${text} capability is not reported`);
    capabilities = [...capabilities, capability];
  }
  capabilities = [...capabilities, "VOLUME_ACCESSIBILITY_CONSTRAINTS"];
  assert.is(says("gone"), "R-TOP-2: claim Selector is not supported");
  mend({ selector: null });
  assert.is(
    says("gone"),
    `R-TOP-17: fstype specified in parameters with both "fstype" and "csi.storage.k8s.io/fstype" keys`,
  );
  of = { parameters: { "csi.storage.k8s.io/unknown": "", FsType: "ext4" } };
  assert.is(says("gone"), "R-TOP-17: unsupported AccessMode combination: [Sometimes]");
  mend({ accessModes: ["ReadWriteOncePod", "ReadOnlyMany"] });
  assert.match(says("gone"), /^R-SNP-1:/);
  lists = { ...lists, volumeSnapshots: [snapshot()], volumeSnapshotContents: [content()] };
  assert.match(says("gone"), /^R-TOP-5: failed to get selected CSINode gone/);
  assert.is(
    says("n"),
    `R-TOP-17: failed to strip CSI Parameters of prefixed keys: found unknown parameter key "csi.storage.k8s.io/unknown" with reserved namespace csi.storage.k8s.io/`,
  );
  const stage = "csi.storage.k8s.io/node-stage-secret-name";
  of = { parameters: { [stage]: "s", [`${stage}space`]: "ns" } };
  assert.is(
    says("n"),
    `R-TOP-4: VAC gold referenced in PVC is for driver other which does not match driver name ${DRIVER}`,
  );
  lists = { ...lists, volumeAttributesClasses: [] };
  assert.is(says("n"), `R-TOP-4: volumeattributesclasses.storage.k8s.io "gold" not found`);
  lists = { ...lists, volumeAttributesClasses: [{ metadata: { name: "gold" }, driverName: DRIVER }] };
  assert.is(says("n"), "made");
  mend({ dataSource: { kind: "PersistentVolumeClaim", name: "src" } });
  assert.is(
    says("n"),
    "R-TOP-3: CSI driver does not support clone operations: controller CLONE_VOLUME capability is not reported",
  );
});

test("R-TOP-17: a source that may not be used is told before a class that does not translate", () => {
  const zoned = { provisioner: "kubernetes.io/gce-pd", parameters: { zone: "a" }, allowed: [[["x", ["y"]]]] } as const;
  const provisioner = createProvisioner({ storageClasses: [classOf(zoned)] });
  const ref = { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "", namespace: "far" };
  assert.is(provisioner.provisioning(claimOf({ spec: { dataSourceRef: ref } })).refusal?.rule, "R-DS-2");
  // And a class that does not translate before a source without name.
  const unnamed = claimOf({ spec: { dataSource: { kind: "VolumeSnapshot" } } });
  assert.match(provisioner.provisioning(unnamed).refusal?.reason ?? "", /^failed to translate storage class/);
});

test("T-372 R-TOP-15: a driver that names no content source", () => {
  const made = (spec: object, crossNamespaceDataSources = false, namespace = "default") => {
    const volumeSnapshotRef = { namespace, name: "snap", uid: "uid-snap" };
    const lists = {
      volumeSnapshots: [snapshot({}, { namespace })],
      volumeSnapshotContents: [content({ volumeSnapshotRef })],
      storageClasses: [classOf()],
      referenceGrants: [
        {
          metadata: { namespace: "far", name: "g" },
          spec: {
            from: [{ group: "", kind: "PersistentVolumeClaim", namespace: "default" }],
            to: [{ group: SNAPSHOTS, kind: "VolumeSnapshot" }],
          },
        },
      ],
      ...nodesOf([zonal("n", "a")]),
    };
    const { volumeFrom } = createProvisioner(lists, { crossNamespaceDataSources }).provisioning(claimOf({ spec }));
    const { refusal } = volumeFrom({ hasContentSource: false });
    return refusal === undefined ? "made" : told(refusal);
  };
  const ref = { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap" };
  const missing = "R-TOP-15 InBackground: volume content source missing";
  assert.is(made({ dataSource: ref }), missing);
  assert.is(made({ dataSourceRef: ref }), "made");
  assert.is(made({ dataSourceRef: { ...ref, namespace: "far" } }, true, "far"), missing);
  assert.is(made({}), "made");
});

const DISK = [zonal("n1", "a"), zonal("n2", "b")];
const SNAPSHOT_CLASS = { metadata: { name: "snaps" }, driver: DRIVER };
const within = (zone: string) => ({
  nodeAffinity: {
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: [zone] }] }] },
  },
});
const planned = (more: ObjectLists = {}): ObjectLists => ({
  ...nodesOf(DISK),
  storageClasses: [classOf({ mode: "WaitForFirstConsumer" })],
  persistentVolumeClaims: [source()],
  persistentVolumes: [disk(within("a"))],
  volumeSnapshotClasses: [SNAPSHOT_CLASS],
  volumeSnapshots: [
    {
      metadata: { name: "snap" },
      spec: { source: { persistentVolumeClaimName: "src" }, volumeSnapshotClassName: "snaps" },
    },
  ],
  ...more,
});
const RESTORED = claimOf({ spec: { dataSource: { apiGroup: SNAPSHOTS, kind: "VolumeSnapshot", name: "snap" } } });

function steps(lists: ObjectLists, claim = RESTORED): readonly string[] {
  const path = createProvisioner(lists).restorePath(claim);
  return (path?.steps ?? []).map(({ kind, name, note, state }) => `${state} ${kind} ${name}: ${note}`);
}

test("a plan from a disk to a restored claim, nothing of it there yet but the disk", () => {
  assert.equal(steps(planned()), [
    "there PersistentVolumeClaim default/src: ",
    `there PersistentVolume pv: made by ${DRIVER}`,
    "there VolumeSnapshot default/snap: not ready to use yet",
    `there VolumeSnapshotClass snaps: of the driver ${DRIVER}`,
    `made VolumeSnapshotContent : ${DRIVER} takes the snapshot`,
    `made PersistentVolumeClaim default/pvc: restored by ${DRIVER} once the snapshot is ready`,
  ]);
  const path = createProvisioner(planned()).restorePath(RESTORED);
  assert.is(path?.passable, true);
  assert.is(path?.driver, DRIVER);
  assert.equal(path?.topology, [{ segments: { zone: "a" } }, { segments: { zone: "b" } }]);
  assert.is(createProvisioner(planned()).restorePath(claimOf()), undefined);
});

test("what is missing on the way", () => {
  const missing = (more: ObjectLists, claim = RESTORED) => {
    const path = createProvisioner(planned(more)).restorePath(claim);
    assert.is(path?.passable, false);
    return path?.steps.filter(({ state }) => state === "missing").map(({ kind, note }) => `${kind}: ${note}`);
  };
  const of = (spec: object) => ({ volumeSnapshots: [{ metadata: { name: "snap" }, spec }] });
  const gone = /VolumeSnapshot: it is not there/;
  assert.match(missing({ volumeSnapshots: [] })?.join() ?? "", gone);
  assert.equal(missing({ persistentVolumeClaims: [] }), ["PersistentVolumeClaim: it is not there"]);
  assert.equal(missing({ persistentVolumeClaims: [source({ phase: "Pending" })] }), [
    "PersistentVolumeClaim: it is not bound to a volume yet, and no snapshot is taken before",
  ]);
  assert.equal(missing({ volumeSnapshotClasses: [] }), ["VolumeSnapshotClass: it is not there"]);
  assert.equal(missing({ volumeSnapshotClasses: [{ metadata: { name: "snaps" } }] }), [
    "VolumeSnapshotClass: it names no driver",
  ]);
  assert.equal(missing({ volumeSnapshotClasses: [{ ...SNAPSHOT_CLASS, driver: "x" }] }), [
    `VolumeSnapshotClass: it is of the driver x, and the volume of ${DRIVER}`,
    `PersistentVolumeClaim: its storage class fast is of ${DRIVER}, which cannot restore what x takes`,
  ]);
  assert.equal(missing(of({ source: { persistentVolumeClaimName: "src" } })), [
    `VolumeSnapshotClass: the snapshot names no class, and none is the default of ${DRIVER}`,
  ]);
  assert.equal(missing(of({ source: {}, volumeSnapshotClassName: "snaps" })), [
    "VolumeSnapshot: its spec.source names neither a claim nor a content",
  ]);
  assert.equal(missing(of({ source: { volumeSnapshotContentName: "c" } })), ["VolumeSnapshotContent: it is not there"]);
  assert.equal(missing({ persistentVolumes: [disk({ csi: null })] }), [
    "PersistentVolume: it is no volume of a CSI driver, and only those have snapshots",
  ]);
  const block = claimOf({ spec: { ...RESTORED.spec, volumeMode: "Block" } });
  assert.equal(missing({ persistentVolumes: [disk({ volumeMode: "Filesystem" })] }, block), [
    "PersistentVolumeClaim: it asks for volume mode Block, and the snapshot is of a volume of mode Filesystem",
  ]);
  const selecting = claimOf({ spec: { ...RESTORED.spec, selector: {} } });
  assert.equal(missing({}, selecting), ["PersistentVolumeClaim: claim Selector is not supported"]);
});

test("R-SNP-11: a snapshot that was taken outlives its disk and its class", () => {
  const taken = {
    ...snapshot(),
    spec: { source: { persistentVolumeClaimName: "src" }, volumeSnapshotClassName: "snaps" },
  };
  const gone = { persistentVolumeClaims: [], persistentVolumes: [], volumeSnapshotClasses: [] };
  const lists = planned({ volumeSnapshots: [taken], volumeSnapshotContents: [content()], ...gone });
  assert.equal(steps(lists), [
    "there VolumeSnapshot default/snap: ready to use",
    `there VolumeSnapshotContent content: taken by ${DRIVER}`,
    `made PersistentVolumeClaim default/pvc: restored by ${DRIVER}`,
  ]);
  assert.is(createProvisioner(lists).restorePath(RESTORED)?.passable, true);
});

test("the default class of the volume's driver is taken where the snapshot names none", () => {
  const isDefault = { "snapshot.storage.kubernetes.io/is-default-class": "true" };
  const classes = (...drivers: string[]) => ({
    volumeSnapshots: [{ metadata: { name: "snap" }, spec: { source: { persistentVolumeClaimName: "src" } } }],
    volumeSnapshotClasses: drivers.map((driver, i) => ({
      metadata: { name: `c${i}`, annotations: isDefault },
      driver,
    })),
  });
  assert.is(createProvisioner(planned(classes("x", DRIVER))).restorePath(RESTORED)?.passable, true);
  assert.match(steps(planned(classes(DRIVER, DRIVER))).join(), /2 are the default of csi.example.com/);
});

test("T-242 R-SNP-13 R-SNP-16: the source's place changes no topology, and is warned of", () => {
  const taken = { ...snapshot(), spec: { source: { persistentVolumeClaimName: "src" } } };
  const provisioner = createProvisioner(planned({ volumeSnapshots: [taken], volumeSnapshotContents: [content()] }));
  const { accessibilityRequirements } = provisioner.provisioning(RESTORED, { node: "n2" });
  assert.equal(accessibilityRequirements?.preferred[0], { segments: { zone: "b" } });
  assert.is(provisioner.sourceWarning(RESTORED, "n1"), undefined);
  assert.match(provisioner.sourceWarning(RESTORED, "n2") ?? "", /volume pv cannot be used on node n2/);
  assert.is(provisioner.sourceWarning(RESTORED, "unknown"), undefined);
  assert.is(provisioner.sourceWarning(claimOf(), "n2"), undefined);
  const clone = claimOf({ spec: { dataSource: { kind: "PersistentVolumeClaim", name: "src" } } });
  assert.match(provisioner.sourceWarning(clone, "n2") ?? "", /volume pv cannot be used on node n2/);
});

test("a matcher's objects are read as they are when it is asked, an overlay's too", () => {
  const matcher = createMatcherSync();
  const { csiNodes = [], nodes = [] } = nodesOf(DISK);
  matcher.nodes.replace(nodes);
  matcher.csiNodes.replace(csiNodes);
  matcher.storageClasses.upsert(classOf());
  matcher.persistentVolumeClaims.upsert(claimOf());
  const places = (provisioner: ReturnType<typeof createProvisioner>) =>
    provisioner.provisioning("default/pvc").accessibilityRequirements?.requisite.map(({ segments }) => segments.zone);
  const overlay = matcher.overlay();
  const [below, above] = [createProvisioner(matcher), createProvisioner(overlay)];
  assert.equal(places(below), ["a", "b"]);
  overlay.nodes.upsert({ metadata: { name: "n1", labels: { zone: "c" } } });
  assert.equal(places(above), ["b", "c"]);
  assert.equal(places(below), ["a", "b"]);
  matcher.nodes.delete("n2");
  assert.equal(places(below), ["a"]);
  assert.equal(places(above), ["c"]);
  matcher.csiNodes.delete("n1");
  assert.equal(places(below), undefined);
});

test("what is handed over wrongly is told", () => {
  const provisioner = createProvisioner({});
  const fault = (code: string, path: string) => (error: unknown) =>
    error instanceof TopologyError && error.code === code && error.path === path;
  assert.throws(() => createProvisioner(undefined as never), fault("BadArgument", "source"));
  assert.throws(() => createProvisioner({ nodes: "n" as never }), fault("BadArgument", "nodes"));
  assert.throws(() => createProvisioner({}, { strict: true } as never), fault("BadOption", "strict"));
  assert.throws(() => createProvisioner({}, { capabilities: ["X" as never] }), fault("BadOption", "capabilities"));
  assert.throws(
    () => createProvisioner({ storageClasses: [{ provisioner: "x" }] }),
    fault("MissingName", "metadata.name"),
  );
  assert.throws(() => provisioner.provisioning("default/none"), fault("UnknownClaim", "claim"));
  assert.throws(() => provisioner.provisioning(3 as never), fault("BadArgument", "object"));
  assert.throws(() => provisioner.provisioning(claimOf(), { nodes: "x" } as never), fault("BadOption", "nodes"));
  const odd = { metadata: { name: "c" }, spec: { dataSource: { name: 3 } } };
  assert.throws(() => provisioner.provisioning(odd as never), fault("Malformed", "spec.dataSource.name"));
});

test.run();
