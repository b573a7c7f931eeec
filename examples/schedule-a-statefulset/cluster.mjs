// The cluster: 35 nodes in each of three zones, a local disk on each; prepared volumes in the zones; a driver that says
// how much room it has in each zone.

const ZONES = ["zone-a", "zone-b", "zone-c"];
const NODES = 35;
const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const delayed = { volumeBindingMode: "WaitForFirstConsumer" };

const required = (key, value) => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "In", values: [value] }] }] },
});

function volume(name, storageClassName, storage, nodeAffinity) {
  return {
    metadata: { name, resourceVersion: "1" },
    spec: { storageClassName, capacity: { storage }, accessModes: ["ReadWriteOnce"], nodeAffinity },
    status: { phase: "Available" },
  };
}

export function objects() {
  const hosts = ZONES.flatMap((zone) => {
    return Array.from({ length: NODES }, (_, i) => ({ zone, name: `${zone}-${String(i).padStart(2, "0")}` }));
  });
  const allocatable = { cpu: "6", memory: "24Gi", pods: "110" };
  return {
    nodes: hosts.map(({ name, zone }) => ({
      metadata: { name, labels: { [HOST]: name, [ZONE]: zone } },
      status: { allocatable },
    })),
    storageClasses: [
      { metadata: { name: "local-nvme" }, provisioner: "kubernetes.io/no-provisioner", ...delayed },
      { metadata: { name: "prepared" }, provisioner: "kubernetes.io/no-provisioner", ...delayed },
      { metadata: { name: "zonal-disk" }, provisioner: "disk.csi.example.com", ...delayed },
    ],
    csiDrivers: [{ metadata: { name: "disk.csi.example.com" }, spec: { storageCapacity: true } }],
    csiNodes: hosts.map(({ name }) => ({
      metadata: { name },
      spec: {
        drivers: [{ name: "disk.csi.example.com", nodeID: name, topologyKeys: [ZONE], allocatable: { count: 4 } }],
      },
    })),
    csiStorageCapacities: ZONES.map((zone, i) => ({
      metadata: { namespace: "default", name: `room-${zone}` },
      storageClassName: "zonal-disk",
      nodeTopology: { matchLabels: { [ZONE]: zone } },
      capacity: `${(i + 1) * 100}Gi`,
    })),
    persistentVolumes: [
      // Some disks are larger than others, and two are too small.
      ...hosts.map(({ name }, i) =>
        volume(`nvme-${name}`, "local-nvme", i % 50 === 7 ? "300Gi" : `${400 + (i % 3) * 100}Gi`, required(HOST, name)),
      ),
      ...ZONES.flatMap((zone) => {
        const [more, storage] = [34, "1Ti"];
        return Array.from({ length: more }, (_, i) =>
          volume(`archive-${zone}-${i}`, "prepared", storage, required(ZONE, zone)),
        );
      }),
    ],
  };
}
