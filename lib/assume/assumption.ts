// assume: a pod that was placed on a node: what is reserved for it, what to write, whether it is done, and the way back.

import type { Context } from "../evaluate/context.js";
import type { BoundVolumes } from "../filters/volume-binding/bound-volumes.js";
import type { Table } from "../intern/table.js";
import type { Key } from "../layers/amendment.js";
import type { View } from "../layers/views.js";
import { badArgument, detached, givenName } from "../objects/arguments.js";
import type { ObjectLike } from "../objects/types.js";
import { INSPECT } from "../result/inspect.js";
import { bindingStatus } from "./binding-status.js";
import { patchesOf } from "./patches.js";
import type { Reservation } from "./reservation.js";
import type { Assumption, AssumptionReport, BindingStatus, BindPatch } from "./types.js";

export class LiveAssumption implements Assumption {
  readonly pod: string;
  readonly node: string;
  readonly allBound: boolean;
  readonly #context: Context;
  readonly #boundVolumes: BoundVolumes | undefined;
  readonly #view: View;
  #reservation: Reservation | undefined;

  constructor(
    context: Context,
    boundVolumes: BoundVolumes | undefined,
    view: View,
    reservation: Reservation,
    allBound: boolean,
  ) {
    const { strings } = context.cluster;
    this.#context = context;
    this.#boundVolumes = boundVolumes;
    this.#view = view;
    this.pod = nameOf(context.cluster.pods, reservation.pod);
    this.node = strings.get(reservation.node);
    this.allBound = allBound;
    this.#reservation = reservation;
  }

  get active(): boolean {
    return this.#reservation !== undefined;
  }

  get staticBindings(): readonly { readonly claim: string; readonly volume: string }[] {
    const { claims, volumes } = this.#context.cluster;
    const bindings = this.#reservation?.bindings ?? [];
    return bindings.map(({ claim, volume }) => ({ claim: nameOf(claims, claim), volume: nameOf(volumes, volume) }));
  }

  get dynamicProvisions(): readonly string[] {
    return (this.#reservation?.provisions ?? []).map((claim) => nameOf(this.#context.cluster.claims, claim));
  }

  get patches(): readonly BindPatch[] {
    return this.#reservation === undefined ? [] : patchesOf(this.#reservation);
  }

  written(patch: BindPatch, answer: ObjectLike): void {
    const { reservation, view } = LiveAssumption.#of(this, "written");
    if (Object(patch) !== patch) {
      throw badArgument("patch", `written takes one of the assumption's patches, but was given ${givenName(patch)}`);
    }
    if (Object(answer) !== answer) {
      throw badArgument("answer", `written takes the object that was answered, but was given ${givenName(answer)}`);
    }
    view.enter();
    reservation?.written(patch, answer.metadata?.resourceVersion ?? undefined);
  }

  status(): BindingStatus {
    const { boundVolumes, context, reservation, view } = LiveAssumption.#of(this, "status");
    if (reservation === undefined) return { state: "reverted" };
    // kube: R-BND-1 where all was bound before, nothing is written and nothing waited for.
    if (this.allBound) return { state: "bound" };
    view.enter();
    context.derivations.mend();
    return context.derivations.guard(() => bindingStatus(context, boundVolumes, reservation));
  }

  revert(): void {
    const { reservation, view } = LiveAssumption.#of(this, "revert");
    if (reservation === undefined) return;
    // With a dropped overlay, what was assumed in it is gone already.
    if (!view.layer.ended) {
      view.enter();
      reservation.revert();
    }
    this.#reservation = undefined;
  }

  toJSON(): AssumptionReport {
    const { active, allBound, dynamicProvisions, node, patches, pod, staticBindings } = this;
    return { pod, node, active, allBound, staticBindings, dynamicProvisions, patches };
  }

  [INSPECT](): string {
    return `Assumption of ${this.pod} on ${this.node}${this.active ? "" : " (reverted)"}`;
  }

  /** What the assumption holds on which a method was called. */
  static #of(assumption: unknown, method: string) {
    if (typeof assumption !== "object" || assumption === null || !(#reservation in assumption)) {
      throw detached(`assumption.${method}`);
    }
    return {
      boundVolumes: assumption.#boundVolumes,
      context: assumption.#context,
      reservation: assumption.#reservation,
      view: assumption.#view,
    };
  }
}

function nameOf(table: Table, { name, namespace }: Key): string {
  const { strings } = table.codec;
  return table.type.namespaced ? `${strings.get(namespace)}/${strings.get(name)}` : strings.get(name);
}
