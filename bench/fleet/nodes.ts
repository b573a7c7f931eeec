// bench: nodes of a large cluster, as the text of an API server's answer (without managedFields, as listers keep them).

import { hash, time, uid } from "./hash.js";

export const ZONES = 12;
export const POOLS = 24;
export const TYPES = 40;
const RACKS = 64;
const ROLES = ["worker", "ingress", "storage", "batch", "build", "database", "search", "cache"];

export const zoneOf = (node: number): string => zoneName(hash(node, 1) % ZONES);
export const zoneName = (zone: number): string => `eu-${"abcd"[Math.floor(zone / 3)]}-1${"abc"[zone % 3]}`;
export const poolOf = (node: number): string => poolName(hash(node, 2) % POOLS);
export const poolName = (pool: number): string => `pool-${pool}`;
export const typeOf = (node: number): string => typeName(hash(node, 3) % TYPES);
export const typeName = (type: number): string => `m${5 + (type % 4)}.${1 + Math.floor(type / 4)}xlarge`;
export const coresOf = (node: number): number => 4 << (hash(node, 4) % 6);

export function nodeName(node: number): string {
  const address = node + 0x0a00_0100;
  return `ip-${address >>> 24}-${(address >>> 16) & 255}-${(address >>> 8) & 255}-${address & 255}.eu.compute.internal`;
}

/** The 20 labels of a node. */
export function nodeLabels(node: number): Record<string, string> {
  const zone = zoneOf(node);
  const region = zone.slice(0, -1);
  const type = typeOf(node);
  return {
    "beta.kubernetes.io/arch": "amd64",
    "beta.kubernetes.io/instance-type": type,
    "beta.kubernetes.io/os": "linux",
    "failure-domain.beta.kubernetes.io/region": region,
    "failure-domain.beta.kubernetes.io/zone": zone,
    "k8s.io/cloud-provider-aws": "d41d8cd98f00b204e9800998ecf8427e",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": nodeName(node),
    "kubernetes.io/os": "linux",
    "node.kubernetes.io/instance-type": type,
    "topology.kubernetes.io/region": region,
    "topology.kubernetes.io/zone": zone,
    "topology.ebs.csi.aws.com/zone": zone,
    "topology.lvm.example.com/node": nodeName(node),
    "example.com/pool": poolOf(node),
    "example.com/rack": `${zone}-r${hash(node, 5) % RACKS}`,
    "example.com/capacity-type": hash(node, 6) % 5 === 0 ? "spot" : "on-demand",
    "example.com/cores": String(coresOf(node)),
    // Pools mark their nodes in their own ways, so that not all nodes have the same keys.
    [`node-role.kubernetes.io/${ROLES[(hash(node, 2) % POOLS) % ROLES.length]}`]: "",
    ...(hash(node, 9) % 8 === 0 ? { "example.com/gpu": "a100" } : { "example.com/generation": "3" }),
  };
}

/** A node with what rules read. */
export function leanNode(node: number): string {
  return `{"metadata":{"name":"${nodeName(node)}","labels":${JSON.stringify(nodeLabels(node))}}}`;
}

export function fullNode(node: number): string {
  const name = nodeName(node);
  const zone = zoneOf(node);
  const cores = coresOf(node);
  const ip = `10.${(node >>> 14) & 255}.${(node >>> 6) & 255}.${(node & 63) * 4}`;
  const instance = `i-0${uid(node, 10).replaceAll("-", "").slice(0, 16)}`;
  const condition = (type: string, status: string, reason: string, message: string): string =>
    `{"type":"${type}","status":"${status}","lastHeartbeatTime":"${time(node, 11)}",` +
    `"lastTransitionTime":"${time(node, 12)}","reason":"${reason}","message":"${message}"}`;
  return (
    `{"metadata":{"name":"${name}","uid":"${uid(node, 13)}","resourceVersion":"${1e8 + (hash(node, 14) % 9e8)}",` +
    `"creationTimestamp":"${time(node, 15)}","labels":${JSON.stringify(nodeLabels(node))},` +
    `"annotations":{"alpha.kubernetes.io/provided-node-ip":"${ip}",` +
    `"csi.volume.kubernetes.io/nodeid":"{\\"ebs.csi.aws.com\\":\\"${instance}\\"}",` +
    `"node.alpha.kubernetes.io/ttl":"0","volumes.kubernetes.io/controller-managed-attach-detach":"true"}},` +
    `"spec":{"providerID":"aws:///${zone}/${instance}"},` +
    `"status":{"capacity":${resources(cores, 0)},"allocatable":${resources(cores, 1)},"conditions":[` +
    `${condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available")},` +
    `${condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure")},` +
    `${condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available")},` +
    `${condition("Ready", "True", "KubeletReady", "kubelet is posting ready status")}],` +
    `"addresses":[{"type":"InternalIP","address":"${ip}"},{"type":"InternalDNS","address":"${name}"},` +
    `{"type":"Hostname","address":"${name}"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},` +
    `"nodeInfo":{"machineID":"${uid(node, 16).replaceAll("-", "")}","systemUUID":"${uid(node, 17)}",` +
    `"bootID":"${uid(node, 18)}","kernelVersion":"6.12.40-64.114.amzn2023.x86_64",` +
    `"osImage":"Amazon Linux 2023.8.20250818","containerRuntimeVersion":"containerd://1.7.27",` +
    `"kubeletVersion":"v1.37.2","kubeProxyVersion":"","operatingSystem":"linux","architecture":"amd64"}}}`
  );
}

function resources(cores: number, reserved: number): string {
  const memory = cores * 4_194_304 - 250_000 - reserved * 1_048_576;
  const cpu = reserved === 0 ? cores : `${cores * 1000 - 80}m`;
  const disk = reserved === 0 ? "104779756Ki" : "95491281146";
  return (
    `{"cpu":"${cpu}","ephemeral-storage":"${disk}","hugepages-1Gi":"0","hugepages-2Mi":"0",` +
    `"memory":"${memory}Ki","pods":"110"}`
  );
}
