// report: what is said of a place, as elements: in the panel beside the picture, or short, in the tip at the pointer.

import type { Description, Verdict } from "../describe.js";
import type { VerdictKind } from "../kinds.js";
import { KIND_TEXTS } from "../kinds.js";
import type { Help, Told } from "../types.js";
import { counted } from "../words.js";
import { button, element } from "./dom.js";

/** So many causes, and names of others, are told at once. */
const CAUSES = 8;
const CAUSES_IN_TIP = 2;
const ALIKE = 60;

export function mark(kind: VerdictKind): HTMLElement {
  return element("span", { class: `mark ${kind}`, "aria-hidden": true }, KIND_TEXTS[kind].mark);
}

export function tipOf({ title, verdicts }: Description): HTMLElement[] {
  return [
    element("strong", {}, title),
    ...verdicts.map((verdict) => verdictElement(verdict, verdicts.length > 1, CAUSES_IN_TIP)),
  ];
}

/** `noun`: what `alike` are. */
export function detailsOf(description: Description, noun: string): HTMLElement[] {
  const { afterwards, alike, messages, remedies, title, verdicts } = description;
  const parts: HTMLElement[] = [element("h2", {}, title)];
  for (const message of messages) parts.push(element("p", { class: "message" }, message));
  for (const verdict of verdicts) parts.push(verdictElement(verdict, verdicts.length > 1, CAUSES));
  if (afterwards.length > 0) {
    parts.push(
      element("h3", {}, "The scheduler fits it, but then"),
      ...afterwards.map((one) => causeElement(one, false)),
    );
  }
  if (remedies.length > 0) parts.push(element("h3", {}, "What would help"), ...remedies.map(helpElement));
  if (alike.length > 0) {
    const names = alike.slice(0, ALIKE).join(", ");
    const more = alike.length > ALIKE ? ` and ${(alike.length - ALIKE).toLocaleString("en")} more` : "";
    const what = verdicts.length === 0 ? noun : `The same holds for ${counted(alike.length, noun)}`;
    parts.push(element("h3", {}, what), element("p", { class: "names" }, `${names}${more}`));
  }
  return parts;
}

function verdictElement(
  { causes, kind, nodes, scheduler, text }: Verdict,
  isCounted: boolean,
  most: number,
): HTMLElement {
  const said = kind === "fits" || isCounted ? text : `does not fit: ${text}`;
  const head = element("p", { class: "verdict" }, mark(kind), isCounted ? `${counted(nodes, "node")}: ${said}` : said);
  const told = causes.slice(0, most).map((cause) => causeElement(cause, true));
  const more =
    causes.length > most
      ? element("p", { class: "place" }, `and ${counted(causes.length - most, "more cause")}`)
      : undefined;
  const words = scheduler === "" ? undefined : element("p", { class: "scheduler" }, scheduler);
  return element("div", { class: "part" }, head, ...told, more, words);
}

function causeElement({ place, text }: Told, isCause: boolean): HTMLElement {
  return element(
    "div",
    { class: isCause ? "cause" : "cause after" },
    element("p", {}, text),
    element("p", { class: "place" }, place),
  );
}

function helpElement({ command, opens, text }: Help): HTMLElement {
  const gain = opens === 0 ? undefined : element("span", { class: "gain" }, `+${counted(opens, "node")}`);
  const made = element("div", { class: "help" }, element("p", {}, gain, text));
  if (command !== undefined) {
    const copy = button("Copy", { class: "quiet copy", title: "Copy the command" }, () => {
      navigator.clipboard?.writeText(command).then(
        () => {
          copy.textContent = "Copied";
        },
        () => {},
      );
    });
    made.append(element("pre", { tabindex: 0 }, command), copy);
  }
  return made;
}
