// explain: nodes that NodeVolumeLimits rejected -> the driver with too many volumes, or the driver that is not there.

import type { Mask } from "../evaluate/mask.js";
import { NO_NODES } from "../evaluate/mask.js";
import { EVERYWHERE, WHERE_MIGRATED, WITH_CSI_NODE } from "../filters/node-volume-limits/attachable.js";
import type { LimitsStep } from "../filters/node-volume-limits/limits-step.js";
import { wanted } from "../filters/node-volume-limits/wanted.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { CSINodeLike } from "../objects/types.js";
import type { Examination, Finding } from "./examination.js";
import { firstOf, textOf, without } from "./examination.js";
import { claimFaults } from "./pre-filter.js";

/** O(nodes) for each driver that is full somewhere. */
export function limitFindings(x: Examination, { entries, limits }: LimitsStep, nodes: Mask): Finding[] {
  const { cluster } = x.context;
  const findings: Finding[] = [];
  if (entries.some(({ missing }) => missing !== undefined)) {
    return claimFaults(x).map((cause) => ({ cause, nodes }));
  }
  const present = limits.none ? NO_NODES : limits.withCsiNode(nodes, false);
  const migrated = present === NO_NODES ? NO_NODES : limits.withCsiNode(present, true);
  const sorts = [
    [EVERYWHERE, without(x, nodes, present)],
    [WITH_CSI_NODE, without(x, present, migrated)],
    [WHERE_MIGRATED, migrated],
  ] as const;
  const drivers = new Map<string, { readonly cause: Finding["cause"]; nodes: Mask }>();
  for (const [met, some] of sorts) {
    if (some === NO_NODES) continue;
    for (const [driver, volumes] of wanted(entries, met).volumes ?? []) {
      const name = textOf(cluster, driver);
      const lacking = limits.isRequired(driver) ? without(x, some, limits.listing(driver, some)) : NO_NODES;
      if (lacking !== NO_NODES) {
        const object = { kind: "CSINode", name: cluster.nodes.keyOf(firstOf(x, lacking)) };
        const cause = { code: "DriverMissing", object, path: "spec.drivers", driver: name } as const;
        put(x, drivers, `missing ${name}`, cause, lacking);
      }
      if (limits.none) continue;
      const full = without(x, without(x, some, lacking), limits.withRoom(driver, volumes.length, some));
      if (full !== NO_NODES) put(x, drivers, name, fullCause(x, limits, driver, volumes.length, full), full);
    }
  }
  for (const { cause, nodes: there } of drivers.values()) findings.push({ cause, nodes: there });
  return findings;
}

function put(
  { context: { masks } }: Examination,
  into: Map<string, { readonly cause: Finding["cause"]; nodes: Mask }>,
  key: string,
  cause: Finding["cause"],
  nodes: Mask,
): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, { cause, nodes });
  else known.nodes = masks.or(known.nodes, nodes);
}

function fullCause(
  x: Examination,
  { attached, csiNodes }: LimitsStep["limits"],
  driver: number,
  volumes: number,
  nodes: Mask,
): Finding["cause"] {
  const { cluster, masks } = x.context;
  const table = cluster.nodes;
  const { places } = x.index.order;
  let nearest = { node: -1, limit: 0, attached: 0 };
  for (const node of masks.ids(nodes).slice()) {
    const id = table.get(node, table.NAME);
    const limit = csiNodes.limitOf(id, driver) ?? 0;
    const count = attached.count(id, driver);
    const difference = nearest.node < 0 ? 1 : limit - count - (nearest.limit - nearest.attached);
    if (difference < 0 || (difference === 0 && places[nearest.node] < places[node])) continue;
    nearest = { node, limit, attached: count };
  }
  const node = table.keyOf(nearest.node);
  const name = textOf(cluster, driver);
  const row = cluster.csiNodes.find(EMPTY_TEXT, table.get(nearest.node, table.NAME));
  const drivers = row < 0 ? [] : ((cluster.csiNodes.read(row) as CSINodeLike).spec?.drivers ?? []);
  const place = drivers.findIndex((one) => one.name === name);
  return {
    code: "AttachLimit",
    object: { kind: "CSINode", name: node },
    path: `spec.drivers[${place}].allocatable.count`,
    driver: name,
    wanted: volumes,
    nearest: { ...nearest, node },
  };
}
