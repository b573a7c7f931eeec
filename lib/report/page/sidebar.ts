// report: what stands beside the picture: the pods that fit nowhere, and the findings of lint.

import type { Column, FindingGroup, ReportData } from "../types.js";
import { counted } from "../words.js";
import { button, element } from "./dom.js";

/** So many of each are listed; the filter finds the others. */
const LISTED = 80;
const NAMED = 3;
const SEVERITY_MARKS = { error: "!", warning: "\u25b3", info: "i" } as const;

/** `choose` is given the place of a column in the report. */
export function unplacedList(report: ReportData, choose: (column: number) => void): HTMLElement | undefined {
  const unplaced = report.columns.flatMap((column, i) => (column.fits === 0 ? [{ column, i }] : []));
  if (unplaced.length === 0) return undefined;
  const items = unplaced.slice(0, LISTED).map(({ column, i }) =>
    element(
      "li",
      {},
      columnButton(column, () => choose(i)),
    ),
  );
  const more =
    unplaced.length > LISTED
      ? element("p", { class: "more" }, `and ${counted(unplaced.length - LISTED, "more column")} in the picture`)
      : undefined;
  const count = unplaced.reduce((sum, { column }) => sum + column.members.length, 0);
  return section(
    `${count.toLocaleString("en")} ${count === 1 ? "fits" : "fit"} no node`,
    true,
    element("ul", { class: "unplaced" }, ...items),
    more,
  );
}

function columnButton({ members: [first, ...others] }: Column, press: () => void): HTMLElement {
  const made = button("", { class: "entry" }, press);
  const more =
    others.length > 0 ? element("span", { class: "count" }, ` +${others.length.toLocaleString("en")}`) : undefined;
  const cause = first.causes[0]?.text ?? first.message ?? "";
  made.append(element("span", { class: "name" }, first.name, more), element("span", { class: "why" }, cause));
  return made;
}

export function findingList({ findings }: ReportData): HTMLElement {
  if (findings.length === 0) return section("Lint: nothing found", false, undefined, undefined);
  const items = findings.slice(0, LISTED).map((finding) => element("li", {}, findingElement(finding)));
  const count = findings.reduce((sum, { more, names }) => sum + names.length + more, 0);
  const more =
    findings.length > LISTED
      ? element(
          "p",
          { class: "more" },
          `and ${counted(findings.length - LISTED, "more kind")}; topomatch lint tells all`,
        )
      : undefined;
  return section(
    `Lint: ${counted(count, "finding")}`,
    findings.length <= 12,
    element("ul", { class: "findings" }, ...items),
    more,
  );
}

function findingElement({ field, id, kind, more, names, remedy, sentence, severity }: FindingGroup): HTMLElement {
  const beyond = names.length - NAMED + more;
  const objects = `${kind} ${names.slice(0, NAMED).join(", ")}${beyond > 0 ? ` and ${beyond.toLocaleString("en")} more` : ""}`;
  return element(
    "div",
    { class: `finding ${severity}` },
    element(
      "p",
      { class: "head" },
      element("span", { class: "severity" }, `${SEVERITY_MARKS[severity]} ${severity}`),
      element("span", { class: "object" }, objects),
    ),
    element("p", {}, sentence),
    element("p", { class: "place" }, field),
    element("p", { class: "remedy" }, `What helps: ${remedy}`),
    element("p", { class: "rule" }, id),
  );
}

function section(title: string, open: boolean, ...children: readonly (HTMLElement | undefined)[]): HTMLElement {
  return element("details", { class: "section", open }, element("summary", {}, title), ...children);
}
