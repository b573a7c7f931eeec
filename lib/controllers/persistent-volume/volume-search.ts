// controllers: a claim that names no volume -> the volume that the PV controller binds it to.

import { claimShape } from "../../filters/volume-binding/claims-to-bind.js";
import type { ClaimShape } from "../../filters/volume-binding/free-volumes.js";
import { suits } from "../../filters/volume-binding/free-volumes.js";
import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { AccessModes } from "./access-modes.js";
import { FreeBySize } from "./free-by-size.js";
import type { ControllerState } from "./state.js";

export class VolumeSearch {
  readonly #modes: AccessModes;
  readonly #free: FreeBySize;
  /** How many volumes each group of access modes has. Neither volumes nor their modes change. */
  #groups: Map<number, number> | undefined;

  constructor(readonly state: ControllerState) {
    this.#modes = new AccessModes(state.cluster.blocks, state.cluster.strings);
    this.#free = new FreeBySize(state, this.#modes);
  }

  /** The volume (a row) for a claim, -1 for none, or the text of an error. `delayed`: only what is reserved for it. */
  find(claim: number, delayed: boolean): number | string {
    const { amounts, cluster } = this.state;
    const groups = this.#modes
      .groupsWith(cluster.claims.get(claim, CLAIM.accessModes))
      .filter((group) => this.#volumesIn(group) > 0);
    if (groups.length === 0) return -1;
    const asked = claimShape(this.state, claim);
    if (typeof asked === "string") return asked;
    // The group has the modes.
    const shape = { ...asked, accessModes: 0 };
    const request = amounts.nanos(cluster.requestOf(claim));
    const reserved = this.#reservedFor(claim, shape, request);
    for (const group of groups) {
      // kube: R-MAT-4 a volume reserved for the claim is taken before any other of its group.
      const volume = reserved.find((row) => this.#groupOf(row) === group) ?? -1;
      if (volume >= 0) return volume;
      const free = delayed ? -1 : this.#free.smallest(shape, group, request);
      if (free >= 0) return free;
    }
    return -1;
  }

  /** Volumes of any class whose claimRef is this claim, and that suit it, by name. */
  #reservedFor(claim: number, shape: ClaimShape, request: bigint): number[] {
    const { amounts, cluster } = this.state;
    const { claims, strings, volumes, volumesByClaim } = cluster;
    const rows: number[] = [];
    let row = volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name));
    for (; row >= 0; row = volumesByClaim.next(row)) {
      if (!cluster.claimRefAllows(row, claim)) continue;
      // kube: R-MAT-3 what rules a volume out, reserved or not.
      if (suits(cluster, shape, row) && amounts.nanos(cluster.capacityOf(row)) >= request) rows.push(row);
    }
    return rows.sort((a, b) => strings.compare(volumes.get(a, VOLUME.name), volumes.get(b, VOLUME.name)));
  }

  #groupOf(volume: number): number {
    return this.#modes.groupOf(this.state.cluster.volumes.get(volume, VOLUME.accessModes));
  }

  #volumesIn(group: number): number {
    if (this.#groups === undefined) {
      this.#groups = new Map();
      const { volumes } = this.state.cluster;
      for (let row = 0; row < volumes.limit; row++) {
        const of = this.#groupOf(row);
        this.#groups.set(of, (this.#groups.get(of) ?? 0) + 1);
      }
    }
    return this.#groups.get(group) ?? 0;
  }
}
