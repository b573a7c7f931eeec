// cli: claims that bind immediately but found no volume -> one line for each cause.

import type { KubeObject } from "../fields.js";
import { dig, textAt } from "../fields.js";
import type { Notices } from "../notices.js";
import { classOf } from "./volume-facts.js";

const NO_PROVISIONER = "kubernetes.io/no-provisioner";
const SHOWN = 5;

interface Cause {
  readonly claims: string[];
  readonly ofClass: string;
  readonly sentence: string;
}

export class Unbound {
  readonly #causes = new Map<string, Cause>();

  /** `storageClass` is the claim's, where there is one of that name. */
  add(key: string, claim: KubeObject, storageClass: KubeObject | undefined): void {
    const name = classOf(claim);
    const ofClass = name === "" ? "without a class" : `of class ${name}`;
    const sentence = whyUnbound(claim, name, storageClass);
    const id = `${ofClass}: ${sentence}`;
    const known = this.#causes.get(id);
    if (known === undefined) this.#causes.set(id, { claims: [key], ofClass, sentence });
    else known.claims.push(key);
  }

  tell(notices: Notices): void {
    for (const { claims, ofClass, sentence } of this.#causes.values()) {
      const [noun, verb] = claims.length === 1 ? ["claim", "stays"] : ["claims", "stay"];
      notices.add(`${noun} ${listed(claims)} ${ofClass} ${verb} unbound: ${sentence}`);
    }
  }
}

function whyUnbound(claim: KubeObject, className: string, storageClass: KubeObject | undefined): string {
  const volume = textAt(claim, "spec", "volumeName");
  if (volume !== "") return `volume ${volume}, which it names, is missing, taken or does not fit`;
  if (className !== "" && storageClass === undefined) return "the input has no such class";
  const provisioner = textAt(storageClass, "provisioner");
  if (provisioner !== "" && provisioner !== NO_PROVISIONER) {
    return `the class binds immediately, and its provisioner ${provisioner} does not run here`;
  }
  const isOpen = className === "" && dig(claim, "spec", "storageClassName") === undefined;
  return `no free volume fits${isOpen ? ", and the input has no default class" : ""}`;
}

function listed(claims: readonly string[]): string {
  const shown = claims.slice(0, SHOWN).join(", ");
  const more = claims.length - SHOWN;
  return more > 0 ? `${shown} and ${more.toLocaleString("en")} more` : shown;
}
