// controllers: claims that got no volume -> one note a cause, which names the volume and what is against it.

import { dig } from "../../objects/fields.js";
import { listed } from "../../objects/sentence.js";
import { NearMisses, reservationOf } from "../persistent-volume/near-miss.js";
import type { Obstacle } from "../persistent-volume/obstacle.js";
import type { ClaimOutcome } from "../persistent-volume/outcome.js";
import type { ControllerState } from "../persistent-volume/state.js";
import type { ClaimsUnboundNote, UnboundCause } from "./notes.js";
import { NO_PROVISIONER } from "./provisioners.js";

/** Why one claim got no volume. */
interface Reason {
  readonly cause: UnboundCause;
  readonly sentence: string;
  readonly volume?: string;
  readonly obstacles?: readonly Obstacle[];
}

export class Unbound {
  readonly #near: NearMisses;
  readonly #causes = new Map<
    string,
    { readonly claims: string[]; readonly storageClass: string; readonly reason: Reason }
  >();

  constructor(readonly state: ControllerState) {
    this.#near = new NearMisses(state);
  }

  /** Takes note of a claim unless it is bound or waits for its pod. */
  add(claim: number, outcome: ClaimOutcome): void {
    const reason = this.#reasonFor(claim, outcome);
    if (reason === undefined) return;
    const key = this.state.cluster.claims.keyOf(claim);
    const storageClass = this.state.className(claim);
    const id = JSON.stringify([storageClass, reason.sentence]);
    const known = this.#causes.get(id);
    if (known === undefined) this.#causes.set(id, { claims: [key], storageClass, reason });
    else known.claims.push(key);
  }

  notes(): ClaimsUnboundNote[] {
    return [...this.#causes.values()].map(({ claims, reason, storageClass }) => {
      const [noun, verb] = claims.length === 1 ? ["claim", "stays"] : ["claims", "stay"];
      const ofClass = storageClass === "" ? "without a class" : `of class ${storageClass}`;
      const { sentence, ...rest } = reason;
      const message = `${noun} ${listed(claims)} ${ofClass} ${verb} unbound: ${sentence}`;
      return { code: "ClaimsUnbound", message, claims, storageClass, ...rest };
    });
  }

  #reasonFor(claim: number, outcome: ClaimOutcome): Reason | undefined {
    switch (outcome.kind) {
      case "unserved":
        return this.#unserved(claim);
      case "error":
        return { cause: "Error", sentence: outcome.error };
      case "volumeMissing": {
        const volume = this.state.volumeNameOf(claim);
        return { cause: "VolumeMissing", volume, sentence: `volume ${volume}, which it names, is not in the input` };
      }
      case "volumeTaken": {
        const obstacle = reservationOf(this.state, outcome.volume);
        return this.#named("VolumeTaken", claim, outcome.volume, [obstacle]);
      }
      case "volumeMismatch":
        return this.#named("VolumeMismatch", claim, outcome.volume, outcome.failed);
      default:
        return undefined;
    }
  }

  #named(cause: UnboundCause, claim: number, row: number, obstacles: readonly Obstacle[]): Reason {
    const volume = this.state.cluster.volumes.keyOf(row);
    const phrases = obstacles.map((obstacle) => this.#phrase(obstacle, claim, row)).join("; ");
    return { cause, volume, obstacles, sentence: `volume ${volume}, which it names, ${phrases}` };
  }

  #unserved(claim: number): Reason {
    const { state } = this;
    const near = this.#near.of(claim);
    const nearby =
      near === undefined ? {} : { volume: state.cluster.volumes.keyOf(near.volume), obstacles: [near.obstacle] };
    const phrase =
      near === undefined ? "" : `volume ${nearby.volume} ${this.#phrase(near.obstacle, claim, near.volume)}`;
    const storageClass = state.classOf(claim);
    const provisioner = state.provisionerOf(storageClass);
    if (provisioner !== "" && provisioner !== NO_PROVISIONER) {
      if (dig(state.claim(claim), "spec", "selector") !== undefined) {
        const sentence = `its provisioner ${provisioner} makes no volume for a claim with a selector`;
        return { cause: "Selector", sentence: phrase === "" ? sentence : `${sentence}; ${phrase}`, ...nearby };
      }
      const isOfClass = near !== undefined && near.obstacle.test !== "class";
      const sentence = `the class binds immediately, and its provisioner ${provisioner} does not run here`;
      if (!isOfClass) return { cause: "Provisioner", sentence };
      return { cause: "Provisioner", sentence: `${sentence}; ${phrase}`, ...nearby };
    }
    const isMissing = storageClass < 0 && state.className(claim) !== "";
    const cause = isMissing ? "NoClass" : "NoVolume";
    if (near !== undefined) return { cause, sentence: `no free volume fits: ${phrase}`, ...nearby };
    if (isMissing) return { cause, sentence: "the input has no such class" };
    return {
      cause,
      sentence: `no free volume fits${state.namesClass(claim) ? "" : ", and the input has no default class"}`,
    };
  }

  #phrase({ found, missingBytes, test, wanted }: Obstacle, claim: number, volume: number): string {
    const differs = `${JSON.stringify(wanted)} is asked for, and the volume has ${JSON.stringify(found)}`;
    switch (test) {
      case "deletion":
        return "is being deleted";
      case "size":
        return `is too small by ${(missingBytes ?? 0n).toLocaleString("en")} bytes: ${wanted} is asked for, and the volume has ${found}`;
      case "class":
        return `differs in class: ${differs}`;
      case "attributesClass":
        return `differs in volumeAttributesClassName: ${differs}`;
      case "volumeMode":
        return `differs in volumeMode: ${differs}`;
      case "accessModes":
        return `lacks access modes: ${differs}`;
      case "selector":
        return "has labels that the claim's selector does not select";
      case "phase":
        return `is ${found || "in no phase"}`;
      default: {
        const phase = this.state.phaseOf(volume);
        const state = phase === "Released" || phase === "Failed" ? `is ${phase}: ` : "";
        if (found !== this.state.cluster.claims.keyOf(claim)) return `${state || "is taken: "}it is claim ${found}'s`;
        return `${state || "is taken: "}it is that of an earlier claim of this name`;
      }
    }
  }
}
