// Manifests mode: hand-written objects are settled first, as the API server and the controllers would.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { topomatch } from "./support.js";

const NODES =
  "kind: Node\nmetadata: {name: a, labels: {zone: a}}\n---\nkind: Node\nmetadata: {name: b, labels: {zone: b}}\n---\n";

async function settled(yaml: string) {
  const { status, stderr, stdout } = await topomatch(
    ["check", "-f", "FOLDER/x.yaml", "--mode", "manifests", "--print-objects", "-o", "yaml"],
    { "x.yaml": yaml },
  );
  assert.is(status, 0, stderr);
  return { items: parse(stdout).items, stderr };
}

async function feasible(yaml: string, ...options: string[]): Promise<Record<string, string[]>> {
  const args = ["check", "-f", "FOLDER/x.yaml", "--mode", "manifests", "-o", "json", ...options];
  const { stderr, stdout } = await topomatch(args, { "x.yaml": yaml });
  assert.not.equal(stdout, "", stderr);
  const { pods } = JSON.parse(stdout) as { pods: { pod: string; feasible: string[] }[] };
  return Object.fromEntries(pods.map((pod) => [pod.pod, pod.feasible]));
}

test("the API server's defaults are filled in", async () => {
  const { items } = await settled(`
kind: StorageClass
metadata: {name: plain}
provisioner: kubernetes.io/no-provisioner
---
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: csi.example.com
volumeBindingMode: WaitForFirstConsumer
---
kind: PersistentVolume
metadata: {name: pv}
spec: {capacity: {storage: 1Gi}, storageClassName: other}
---
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {resources: {requests: {storage: 1Gi}}}
`);
  const [plain, , volume, claim] = items;
  assert.is(plain.volumeBindingMode, "Immediate");
  assert.is(volume.status.phase, "Available");
  assert.is(volume.spec.volumeMode, "Filesystem");
  assert.equal(
    [claim.spec.storageClassName, claim.spec.volumeMode, claim.status.phase],
    ["standard", "Filesystem", "Pending"],
  );
});

test("a StatefulSet becomes its pods and claims, by ordinal", async () => {
  const { items } = await settled(`
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 2
  ordinals: {start: 3}
  template: {spec: {volumes: [{name: data, emptyDir: {}}, {name: tmp, emptyDir: {}}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: s}}]
`);
  const names = items.map(
    ({ kind, metadata }: { kind: string; metadata: { name: string } }) => `${kind} ${metadata.name}`,
  );
  assert.equal([...names].sort(), [
    "PersistentVolumeClaim data-web-3",
    "PersistentVolumeClaim data-web-4",
    "Pod web-3",
    "Pod web-4",
  ]);
  const pod = items.find(({ kind }: { kind: string }) => kind === "Pod");
  assert.equal(
    pod.spec.volumes.map(({ name }: { name: string }) => name),
    ["data", "tmp"],
  );
  assert.is(pod.spec.volumes[0].persistentVolumeClaim.claimName, "data-web-3");
});

test("an immediate claim is bound to the smallest volume that fits it, and the pod follows", async () => {
  const volume = (name: string, zone: string, size: string): string => `kind: PersistentVolume
metadata: {name: ${name}}
spec:
  capacity: {storage: ${size}}
  accessModes: [ReadWriteOnce]
  storageClassName: manual
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [${zone}]}]}]}}
---
`;
  const yaml = `${NODES}${volume("large", "a", "20Gi")}${volume("small", "b", "10Gi")}
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {storageClassName: manual, accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
---
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}
`;
  assert.equal(await feasible(yaml), { "default/p": ["b"] });
  const { items } = await settled(yaml);
  const claim = items.find(({ kind }: { kind: string }) => kind === "PersistentVolumeClaim");
  assert.is(claim.spec.volumeName, "small");
  assert.ok("pv.kubernetes.io/bind-completed" in claim.metadata.annotations);
  assert.is(claim.status.phase, "Bound");
});

test("a claim that names its volume is completed, and live mode leaves it alone", async () => {
  const yaml = `${NODES}kind: PersistentVolume
metadata: {name: pv}
spec:
  capacity: {storage: 5Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a]}]}]}}
---
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {storageClassName: "", volumeName: pv, accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
---
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}
`;
  assert.equal(await feasible(yaml), { "default/p": ["a"] });
  const live = await topomatch(["check", "-f", "FOLDER/x.yaml", "-o", "json"], { "x.yaml": yaml });
  const [pod] = JSON.parse(live.stdout).pods;
  assert.equal(pod.preFilter.reasons, ["pod has unbound immediate PersistentVolumeClaims"]);
});

const UNBOUND: readonly (readonly [title: string, claim: string, sentence: string])[] = [
  [
    "a provisioner",
    "storageClassName: cloud",
    "of class cloud stays unbound: the class binds immediately, and its provisioner csi.example.com does not run here",
  ],
  ["a class that is missing", "storageClassName: gone", "of class gone stays unbound: the input has no such class"],
  ["a volume", "storageClassName: local", "of class local stays unbound: no free volume fits"],
  ["a default class", "{}", "without a class stays unbound: no free volume fits, and the input has no default class"],
  ["a volume without a class", 'storageClassName: ""', "without a class stays unbound: no free volume fits"],
  [
    "the volume that it names",
    "{storageClassName: later, volumeName: pv}",
    "of class later stays unbound: volume pv, which it names, is not in the input",
  ],
];

const CLASSES = `kind: StorageClass
metadata: {name: cloud}
provisioner: csi.example.com
---
kind: StorageClass
metadata: {name: local}
provisioner: kubernetes.io/no-provisioner
---
kind: StorageClass
metadata: {name: later}
provisioner: csi.example.com
volumeBindingMode: WaitForFirstConsumer
---
`;

for (const [title, spec, sentence] of UNBOUND) {
  test(`a line says that a claim stays unbound for want of ${title}`, async () => {
    const written = `kind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: ${spec.startsWith("{") ? spec : `{${spec}}`}\n`;
    const { stderr } = await settled(`${CLASSES}${written}`);
    assert.is(stderr, `topomatch: claim default/c ${sentence}\n`);
  });
}

test("claims that stay unbound for one cause share a line, and one that waits for its pod has none", async () => {
  const claims = [..."abcdefg"].map(
    (name) => `kind: PersistentVolumeClaim\nmetadata: {name: ${name}}\nspec: {storageClassName: gone}\n---\n`,
  );
  const waiting = "kind: PersistentVolumeClaim\nmetadata: {name: w}\nspec: {storageClassName: later}\n";
  const { stderr } = await settled(`${CLASSES}${claims.join("")}${waiting}`);
  const named = "default/a, default/b, default/c, default/d, default/e and 2 more";
  assert.is(stderr, `topomatch: claims ${named} of class gone stay unbound: the input has no such class\n`);
});

const RELEASED = (mode: string) => `${NODES}kind: StorageClass
metadata: {name: local-ssd}
provisioner: ${mode === "Immediate" ? "nfs.example.com" : "kubernetes.io/no-provisioner"}
volumeBindingMode: ${mode}
---
kind: PersistentVolume
metadata: {name: pv}
spec:
  accessModes: [ReadWriteOnce]
  capacity: {storage: 100Gi}
  claimRef: {name: data, namespace: default, uid: 0c1d2e3f-1111-4222-8333-444455556666}
  storageClassName: local-ssd
status: {phase: Released}
---
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: local-ssd, resources: {requests: {storage: 100Gi}}}
---
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]}
`;

test("a claim without uid is not that of a Released volume, whatever its name", async () => {
  assert.equal(await feasible(RELEASED("WaitForFirstConsumer")), { "default/p": [] });
  assert.equal(await feasible(RELEASED("Immediate")), { "default/p": [] });
  const { items, stderr } = await settled(RELEASED("Immediate"));
  assert.is(items.find(({ kind }: { kind: string }) => kind === "PersistentVolume").status.phase, "Released");
  assert.match(stderr, "; volume pv is Released: it is that of an earlier claim of this name\n");
});

test("a volume that is too small is named with the bytes that it lacks", async () => {
  const { stderr } = await settled(`kind: PersistentVolume
metadata: {name: task-pv}
spec: {storageClassName: manual, capacity: {storage: 10Gi}, accessModes: [ReadWriteOnce]}
---
kind: PersistentVolumeClaim
metadata: {name: task}
spec: {storageClassName: manual, accessModes: [ReadWriteOnce], resources: {requests: {storage: 30Gi}}}
`);
  const because = "volume task-pv is too small by 21,474,836,480 bytes: 30Gi is asked for, and the volume has 10Gi";
  assert.is(stderr, `topomatch: claim default/task of class manual stays unbound: no free volume fits: ${because}\n`);
});

test("--assume-provisioned gives claims their volumes and classes their room, and says so", async () => {
  const yaml = `${NODES}kind: CSIDriver
metadata: {name: csi.example.com}
spec: {storageCapacity: true}
---
kind: StorageClass
metadata: {name: now}
provisioner: csi.example.com
allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [b]}]}]
---
kind: StorageClass
metadata: {name: later}
provisioner: csi.example.com
volumeBindingMode: WaitForFirstConsumer
---
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {storageClassName: now, resources: {requests: {storage: 1Gi}}}
---
kind: PersistentVolumeClaim
metadata: {name: d}
spec: {storageClassName: later, resources: {requests: {storage: 1Gi}}}
---
kind: Pod
metadata: {name: p}
spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]}
---
kind: Pod
metadata: {name: q}
spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]}
`;
  assert.equal(await feasible(yaml), { "default/p": [], "default/q": [] });
  const { stderr } = await settled(yaml);
  assert.match(stderr, "exist only at run time (--assume-provisioned takes room for granted)\n");
  assert.equal(await feasible(yaml, "--assume-provisioned"), { "default/p": ["b"], "default/q": ["a", "b"] });
});

test("a fault that only the settled objects show names the file", async () => {
  const { status, stderr } = await topomatch(["check", "-f", "FOLDER/x.yaml", "--mode", "manifests"], {
    "x.yaml":
      "kind: Node\nmetadata: {name: node-a}\n---\nkind: Job\nmetadata: {name: j}\nspec: {parallelism: 200000}\n",
  });
  assert.is(status, 2);
  const sentence = "Job default/j: spec.parallelism of 200000 makes more than 150,000 pods in all";
  assert.is(stderr, `topomatch: FOLDER/x.yaml: document 2: ${sentence}\n`);
});

test.run();
