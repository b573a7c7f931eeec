// controllers: what callers give with their questions to the provisioner, and sentences where it cannot be used.

import { badArgument, checkText, givenName, itemsOf } from "../../objects/arguments.js";
import type { AvailableCapacity, CreatedVolume, ProvisioningQuestion, Topology } from "./types.js";

/** @throws TopologyError `BadArgument` for a node that is no text, and a memory that is no Map. */
export function checkQuestion({ memory, node }: ProvisioningQuestion): void {
  if (node !== undefined) checkText(node, "node", "provisioning");
  if (memory === undefined || memory instanceof Map) return;
  throw badArgument("memory", `provisioning: memory must be a Map, but is ${givenName(memory)}`);
}

/** @throws TopologyError `BadArgument` for what is no list of topologies. */
export function checkPlaces(places: readonly Topology[], call: string): void {
  for (const [index, place] of itemsOf(places, "accessibleTopology", call).entries()) {
    if (typeof place === "object" && place !== null) continue;
    const path = `accessibleTopology[${index}]`;
    throw badArgument(path, `${call}: ${path} must be an object with segments, but is ${givenName(place)}`);
  }
}

/** @throws TopologyError `BadArgument` for what no driver can answer. */
export function checkCreated(created: CreatedVolume): void {
  if (typeof created !== "object" || created === null) {
    throw badArgument("created", `volumeFrom takes what the driver has answered, but was given ${givenName(created)}`);
  }
  const { accessibleTopology, capacityBytes } = created;
  if (capacityBytes !== undefined) bytesOf(capacityBytes, "capacityBytes", "volumeFrom");
  if (accessibleTopology !== undefined) checkPlaces(accessibleTopology, "volumeFrom");
}

/** @throws TopologyError `BadArgument` for what is no function. */
export function checkAvailable(available: AvailableCapacity): void {
  if (typeof available === "function") return;
  throw badArgument("available", `takes: available must be a function, but is ${givenName(available)}`);
}

/** Bytes as a caller gives them. @throws TopologyError `BadArgument` for what is no whole number. */
export function bytesOf(bytes: number | bigint, path: string, call: string): bigint {
  if (typeof bytes === "bigint" || Number.isInteger(bytes)) return BigInt(bytes);
  const given = typeof bytes === "number" ? String(bytes) : givenName(bytes);
  throw badArgument(path, `${call}: ${path} must be a whole number of bytes, but is ${given}`);
}
