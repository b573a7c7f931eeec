// assume: a pod that was placed on a node: what is reserved for it, what to write, whether it is done, and the way back.

import type { Context } from "../evaluate/context.js";
import type { BoundVolumes } from "../filters/volume-binding/bound-volumes.js";
import type { Table } from "../intern/table.js";
import type { Key } from "../layers/amendment.js";
import type { View } from "../layers/views.js";
import { badArgument, givenName } from "../objects/arguments.js";
import type { ObjectLike } from "../objects/types.js";
import { INSPECT } from "../result/inspect.js";
import { bindingStatus } from "./binding-status.js";
import { patchesOf } from "./patches.js";
import type { Reservation } from "./reservation.js";
import type { Assumption, BindingStatus, BindPatch } from "./types.js";

export class LiveAssumption implements Assumption {
  readonly pod: string;
  readonly node: string;
  readonly allBound: boolean;
  #reservation: Reservation | undefined;

  constructor(
    readonly context: Context,
    readonly boundVolumes: BoundVolumes | undefined,
    readonly view: View,
    reservation: Reservation,
    allBound: boolean,
  ) {
    const { strings } = context.cluster;
    this.pod = nameOf(context.cluster.pods, reservation.pod);
    this.node = strings.get(reservation.node);
    this.allBound = allBound;
    this.#reservation = reservation;
  }

  get active(): boolean {
    return this.#reservation !== undefined;
  }

  get staticBindings(): readonly { readonly claim: string; readonly volume: string }[] {
    const { claims, volumes } = this.context.cluster;
    const bindings = this.#reservation?.bindings ?? [];
    return bindings.map(({ claim, volume }) => ({ claim: nameOf(claims, claim), volume: nameOf(volumes, volume) }));
  }

  get dynamicProvisions(): readonly string[] {
    return (this.#reservation?.provisions ?? []).map((claim) => nameOf(this.context.cluster.claims, claim));
  }

  get patches(): readonly BindPatch[] {
    return this.#reservation === undefined ? [] : patchesOf(this.#reservation);
  }

  written(patch: BindPatch, answer: ObjectLike): void {
    if (Object(patch) !== patch) {
      throw badArgument("patch", `written takes one of the assumption's patches, but was given ${givenName(patch)}`);
    }
    if (Object(answer) !== answer) {
      throw badArgument("answer", `written takes the object that was answered, but was given ${givenName(answer)}`);
    }
    this.view.enter();
    this.#reservation?.written(patch, answer.metadata?.resourceVersion ?? undefined);
  }

  status(): BindingStatus {
    if (this.#reservation === undefined) return { state: "reverted" };
    // kube: R-BND-1 where all was bound before, nothing is written and nothing waited for.
    if (this.allBound) return { state: "bound" };
    this.view.enter();
    const { context } = this;
    const reservation = this.#reservation;
    context.derivations.mend();
    return context.derivations.guard(() => bindingStatus(context, this.boundVolumes, reservation));
  }

  revert(): void {
    const reservation = this.#reservation;
    if (reservation === undefined) return;
    // With a dropped overlay, what was assumed in it is gone already.
    if (!this.view.layer.ended) {
      this.view.enter();
      reservation.revert();
    }
    this.#reservation = undefined;
  }

  [INSPECT](): string {
    return `Assumption of ${this.pod} on ${this.node}${this.active ? "" : " (reverted)"}`;
  }
}

function nameOf(table: Table, { name, namespace }: Key): string {
  const { strings } = table.codec;
  return table.type.namespaced ? `${strings.get(namespace)}/${strings.get(name)}` : strings.get(name);
}
