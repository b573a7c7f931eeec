// What the provisioner asks of drivers: topology, the volume that comes of it, and capacity objects.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { fnv1, spreadOf } from "../../../lib/controllers/provisioner/claim-hash.js";
import { createMatcherSync } from "../../../lib/index.js";
import type { AttemptMemory, CreatedVolume } from "../../../lib/provisioner.js";
import { createProvisioner } from "../../../lib/provisioner.js";
import { CLASSES } from "./class-cases.js";
import { HANDED_OVER, HASHES, OFFSETS } from "./hash-vectors.js";
import { claimOf, classOf, DRIVER, nodesOf, place, printed, SELECTED, told, zonal } from "./objects.js";
import { SELECTED_NODES } from "./topology-cases.js";

for (const { title, ...of } of [...SELECTED_NODES, ...CLASSES]) {
  test(title, () => {
    const provisioner = createProvisioner({ ...nodesOf(of.places), storageClasses: [classOf(of.class)] }, of.options);
    const question = of.node === undefined ? {} : { node: of.node };
    const { accessibilityRequirements: asked, refusal } = provisioner.provisioning(claimOf(of.claim), question);
    assert.is(refusal && told(refusal), of.refusal);
    assert.is(printed(asked?.requisite), of.requisite ?? "");
    assert.is(asked === undefined, (of.requisite ?? "") === "");
    assert.is(printed(asked?.preferred), of.preferred ?? of.requisite ?? "");
  });
}

test("R-TOP-13: the hash vectors", () => {
  for (const [text, hash] of Object.entries(HASHES)) assert.is(fnv1(text), hash, text);
  for (const [name, offsets] of Object.entries(OFFSETS)) {
    for (const [i, offset] of offsets.entries()) assert.is(spreadOf(name) % (i + 2), offset, `${name} of ${i + 2}`);
  }
});

for (const [title, provisioner, annotations, attempted] of HANDED_OVER) {
  test(`T-369 R-TOP-1: ${title}`, () => {
    const storageClasses = [classOf({ provisioner })];
    const claim = claimOf({ annotations: annotations as { readonly [key: string]: string } });
    const refusal = createProvisioner({ storageClasses }).attemptRefusal(claim);
    assert.is(refusal === undefined, attempted, refusal?.reason);
  });
}

test("T-369 R-TOP-1: a volume of the claim's is there, a class is missing, a class waits for a pod", () => {
  const annotations = { "volume.kubernetes.io/storage-provisioner": DRIVER };
  const later = classOf({ name: "later", mode: "WaitForFirstConsumer" });
  const volume = { metadata: { name: "pvc-uid-pvc" } };
  const provisioner = createProvisioner({ storageClasses: [classOf(), later], persistentVolumes: [volume] });
  const toldOf = (of: Parameters<typeof claimOf>[0]) => {
    const refusal = provisioner.attemptRefusal(claimOf({ ...of, annotations: { ...annotations, ...of?.annotations } }));
    return refusal && told(refusal);
  };
  assert.is(toldOf({}), "R-TOP-1 NotAttempted: volume pvc-uid-pvc is there already");
  assert.is(toldOf({ name: "b" }), undefined);
  assert.is(toldOf({ name: "b", class: "none" }), `R-TOP-1 NoChange: storageClass "none" not found`);
  assert.match(toldOf({ name: "b", class: "later" }) ?? "", /waits for a node/);
  const alpha = { "volume.alpha.kubernetes.io/selected-node": "n1" };
  // The older annotation is honoured, and does not end the waiting.
  assert.match(toldOf({ name: "b", class: "later", annotations: alpha }) ?? "", /waits for a node/);
  const empty = { ...alpha, "volume.kubernetes.io/selected-node": "" };
  assert.match(toldOf({ name: "b", class: "later", annotations: empty }) ?? "", /waits for a node/);
  assert.is(toldOf({ name: "b", class: "later", annotations: { ...alpha, [SELECTED]: "n1" } }), undefined);
  assert.is(toldOf({ name: "b", class: null }), `R-TOP-1 NoChange: storageClass "" not found`);
  const unasked = provisioner.attemptRefusal(claimOf({ name: "b", class: "none" }));
  assert.match(unasked?.reason ?? "", /no annotation .* hands the claim to a provisioner/);
});

const AB = [zonal("n1", "a"), zonal("n2", "b")];

test("R-TOP-1: the older annotation counts where the newer one is not there, though that be empty", () => {
  const provisioner = createProvisioner({ ...nodesOf(AB), storageClasses: [classOf()] });
  const preferred = (annotations: { readonly [key: string]: string }) =>
    printed(provisioner.provisioning(claimOf({ annotations })).accessibilityRequirements?.preferred);
  const alpha = { "volume.alpha.kubernetes.io/selected-node": "n2" };
  assert.is(preferred(alpha), "zone=b zone=a");
  assert.is(preferred({ ...alpha, [SELECTED]: "" }), "zone=a zone=b");
});

function volumeOf(created: CreatedVolume, of: Parameters<typeof claimOf>[0] = {}, provisioner = DRIVER) {
  const lists = { ...nodesOf(AB), storageClasses: [classOf({ provisioner, allowed: [[["x", ["y"]]]] })] };
  return createProvisioner(lists).provisioning(claimOf(of)).volumeFrom(created);
}

test("T-215 R-TOP-14: the volume's node affinity", () => {
  const { nodeAffinityOf } = createProvisioner(nodesOf(AB)).provisioning(claimOf());
  const within = (key: string, value: string) => ({ key, operator: "In", values: [value] });
  assert.is(nodeAffinityOf([]), undefined);
  assert.equal(nodeAffinityOf([{ segments: {} }]), { required: { nodeSelectorTerms: [] } });
  assert.equal(nodeAffinityOf([{ segments: { zone: "a", rack: "1" } }, { segments: {} }, { segments: { zone: "" } }]), {
    required: {
      nodeSelectorTerms: [
        { matchExpressions: [within("rack", "1"), within("zone", "a")] },
        { matchExpressions: [within("zone", "")] },
      ],
    },
  });
});

test("R-TOP-15: the other fields of the volume", () => {
  const spec = { volumeMode: "Block", volumeAttributesClassName: "", accessModes: ["ReadWriteOnce", "ReadOnlyMany"] };
  assert.equal(volumeOf({ accessibleTopology: [{ segments: { zone: "a" } }], volumeHandle: "h" }, { spec }).volume, {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "pvc-uid-pvc", annotations: { "pv.kubernetes.io/provisioned-by": DRIVER } },
    spec: {
      capacity: { storage: "5Gi" },
      accessModes: ["ReadWriteOnce", "ReadOnlyMany"],
      storageClassName: "fast",
      volumeMode: "Block",
      claimRef: { namespace: "default", name: "pvc", uid: "uid-pvc" },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a"] }] }] },
      },
      csi: { driver: DRIVER, volumeHandle: "h" },
    },
  });
});

test("R-TOP-15: sizes and content sources that a driver reports", () => {
  const size = (capacityBytes: number, asked = "1500") => {
    const { refusal, volume } = volumeOf({ capacityBytes }, { size: asked });
    return refusal === undefined ? volume?.spec.capacity.storage : told(refusal);
  };
  assert.is(size(0), "1500");
  assert.is(size(2048), "2Ki");
  assert.is(size(1000, "1"), "1k");
  assert.is(size(2 ** 30 + 1), "1073741825");
  assert.is(size(1499), "R-TOP-15 InBackground: created volume capacity 1499 less than requested capacity 1500");
  assert.is(size(3 * 2 ** 40), "3Ti");
});

test("R-TOP-14a: what is stored of a volume of a migrated class", () => {
  const stored = (provisioner: string, ...places: { readonly [key: string]: string }[]) => {
    const accessibleTopology = places.map((segments) => ({ segments }));
    const { refusal, volume } = volumeOf({ accessibleTopology }, {}, provisioner);
    if (refusal !== undefined) return told(refusal);
    const terms = volume?.spec.nodeAffinity?.required.nodeSelectorTerms?.map(({ matchExpressions }) =>
      matchExpressions?.map(({ key, values }) => `${key}=${values?.join()}`).join(" and "),
    );
    return { terms, labels: volume?.metadata.labels ?? {} };
  };
  const [zone, region] = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region"];
  const ebs = "topology.ebs.csi.aws.com/zone";
  assert.equal(stored("kubernetes.io/aws-ebs", { [ebs]: "eu-west-1b" }, { [ebs]: "eu-west-1a" }), {
    terms: [`${zone}=eu-west-1b and ${region}=eu-west-1`, `${zone}=eu-west-1a and ${region}=eu-west-1`],
    labels: { [zone]: "eu-west-1a__eu-west-1b", [region]: "eu-west-1" },
  });
  assert.equal(stored("kubernetes.io/aws-ebs", { [ebs]: "us-gov-east-1a" }, { [ebs]: "eu-west-1a" }), {
    terms: [`${zone}=us-gov-east-1a and ${region}=us-gov-east-1`, `${zone}=eu-west-1a and ${region}=eu-west-1`],
    labels: { [zone]: "eu-west-1a__us-gov-east-1a" },
  });
  assert.equal(stored("kubernetes.io/aws-ebs", { [ebs]: "us-east-1-wl1-bos-wlz-1", [region]: "moon" }), {
    terms: [`${zone}=us-east-1-wl1-bos-wlz-1 and ${region}=moon`],
    labels: { [zone]: "us-east-1-wl1-bos-wlz-1", [region]: "moon" },
  });
  assert.is(
    stored("kubernetes.io/aws-ebs", { [ebs]: "moon" }),
    "R-TOP-14a InBackground: Failed to handle region topology. error: Unexpected zone format: moon is not a valid AWS zone",
  );
  assert.is(
    stored("kubernetes.io/gce-pd", { rack: "1" }),
    "R-TOP-14a InBackground: Failed to handle region topology. error: no zones specified",
  );
  const [vZone, vRegion] = ["topology.csi.vmware.com/zone", "topology.csi.vmware.com/region"];
  assert.equal(stored("kubernetes.io/vsphere-volume", { [vZone]: "z", [vRegion]: "r" }), {
    terms: [`${region}=r and ${zone}=z`],
    labels: { [zone]: "z", [region]: "r" },
  });
  const azure = "topology.disk.csi.azure.com/zone";
  assert.equal(stored("kubernetes.io/azure-disk", { [azure]: "z" }), { terms: [`${azure}=z`], labels: {} });
  const cinder = "topology.cinder.csi.openstack.org/zone";
  assert.equal(stored("kubernetes.io/cinder", { [cinder]: "z" }), { terms: [`${zone}=z`], labels: { [zone]: "z" } });
});

test("R-TOP-5: what becomes of the claim after an error of the driver", () => {
  const provisioner = createProvisioner({ ...nodesOf(AB), storageClasses: [classOf()] });
  const after = (code: string, node: string) => provisioner.provisioning(claimOf(), { node }).afterError(code);
  assert.is(after("RESOURCE_EXHAUSTED", "n1"), "Reschedule");
  assert.is(after("RESOURCE_EXHAUSTED", ""), "Finished");
  for (const code of ["CANCELED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "ABORTED"]) {
    assert.is(after(code, "n1"), "InBackground", code);
  }
  for (const code of ["INTERNAL", "INVALID_ARGUMENT", "OUT_OF_RANGE"]) assert.is(after(code, "n1"), "Finished", code);
});

test("T-371 R-TOP-18: a retry uses what the first attempt read, until the driver has given a final answer", () => {
  const memory: AttemptMemory = new Map();
  const vac = { spec: { volumeAttributesClassName: "gold" } };
  const first = { ...nodesOf(AB), storageClasses: [classOf()] };
  const later = { ...nodesOf([zonal("n1", "c")]), storageClasses: [classOf()] };
  const attempt = (lists: typeof first, node: string, of: Parameters<typeof claimOf>[0] = {}) =>
    createProvisioner(lists).provisioning(claimOf(of), { node, memory });
  const requisite = (lists: typeof first, node: string) =>
    printed(attempt(lists, node).accessibilityRequirements?.preferred);
  assert.is(
    told(attempt(first, "n2", vac).refusal!),
    `R-TOP-4 NoChange: volumeattributesclasses.storage.k8s.io "gold" not found`,
  );
  assert.is(requisite(later, "n1"), "zone=b zone=a");
  assert.is(attempt(later, "n1").afterError("UNAVAILABLE"), "InBackground");
  assert.is(requisite(later, "gone"), "zone=b zone=a");
  attempt(later, "n1").afterError("INTERNAL");
  assert.is(requisite(later, "n1"), "zone=c");
  attempt(first, "n1").afterError("RESOURCE_EXHAUSTED");
  assert.is(requisite(first, "n1"), "zone=a zone=b");
  attempt(first, "n1").volumeFrom({});
  assert.is(requisite(later, "n1"), "zone=c");
});

test("R-TOP-16: a volume that is made elsewhere than on the selected node decides where the pod can run", () => {
  const matcher = createMatcherSync();
  const { csiNodes = [], nodes = [] } = nodesOf(AB);
  matcher.nodes.replace(nodes);
  matcher.csiNodes.replace(csiNodes);
  matcher.storageClasses.upsert(classOf({ mode: "WaitForFirstConsumer" }));
  const claim = claimOf();
  matcher.persistentVolumeClaims.upsert(claim);
  const pod = { metadata: { name: "p" }, spec: { volumes: [{ persistentVolumeClaim: { claimName: "pvc" } }] } };
  assert.equal([...matcher.evaluatePod(pod).nodes].sort(), ["n1", "n2"]);
  const asked = createProvisioner(matcher).provisioning("default/pvc", { node: "n1" });
  assert.is(printed(asked.accessibilityRequirements?.preferred), "zone=a zone=b");
  const { volume } = asked.volumeFrom({ accessibleTopology: [{ segments: { zone: "b" } }] });
  assert.ok(volume);
  matcher.persistentVolumes.upsert(volume);
  matcher.persistentVolumeClaims.upsert({
    ...claim,
    metadata: { ...claim.metadata, annotations: { "pv.kubernetes.io/bind-completed": "yes" } },
    spec: { ...claim.spec, volumeName: volume.metadata.name },
  });
  const after = matcher.evaluatePod(pod);
  assert.equal([...after.nodes], ["n2"]);
  assert.equal(after.rejected[0].reasons, ["node(s) didn't match PersistentVolume's node affinity"]);
});

test("T-216 R-CPR: the capacity objects of a driver", () => {
  const lists = {
    ...nodesOf([
      ...AB,
      zonal("n3", "a"),
      place("unlabelled", {}, ["zone"]),
      place("keyless", { zone: "x" }, []),
      place("elsewhere", { zone: "y" }),
      place("fine", { zone: "a", rack: "1" }, ["zone", "rack"]),
      { name: "gone", keys: ["zone"], gone: true },
    ]),
    storageClasses: [
      classOf({ name: "now" }),
      classOf({ name: "later", mode: "WaitForFirstConsumer" }),
      { metadata: { name: "odd" }, provisioner: DRIVER },
      classOf({ name: "old", mode: "WaitForFirstConsumer", provisioner: "kubernetes.io/cinder" }),
    ],
  };
  const provisioner = createProvisioner(lists);
  const of = (driver: string, options?: object) =>
    provisioner
      .capacityObjects(driver, options)
      .map(({ nodeTopology, storageClassName }) => `${storageClassName} ${JSON.stringify(nodeTopology)}`);
  const places = [
    "{}",
    '{"matchLabels":{"zone":"a"}}',
    '{"matchLabels":{"zone":"b"}}',
    '{"matchLabels":{"rack":"1","zone":"a"}}',
  ];
  assert.equal(of(DRIVER), [...places.map((at) => `later ${at}`), ...places.map((at) => `odd ${at}`)]);
  assert.is(of(DRIVER, { immediate: true }).length, 12);
  assert.equal(of("cinder.csi.openstack.org"), []);
});

test.run();
