// report: the page's program: reads the data and puts the parts of the page together.

import { describe, spoken } from "../describe.js";
import { KIND_TEXTS, VERDICT_KINDS } from "../kinds.js";
import type { ReportData } from "../types.js";
import { counted, countsOf } from "../words.js";
import { dataOf } from "./data.js";
import { detailsOf, mark, tipOf } from "./details.js";
import { button, element } from "./dom.js";
import { Picture } from "./picture.js";
import { findingList, unplacedList } from "./sidebar.js";
import type { Place } from "./state.js";
import { State } from "./state.js";
import { themeSwitch } from "./theme.js";

const root = document.getElementById("report")!;
const report = await dataOf(document.getElementById("data")!);
show(report);

function show(report: ReportData): void {
  const state = new State(report);
  const one = report.subject.slice(0, -1);
  const details = element("section", { class: "details", "aria-label": "What is said of the chosen cell" });
  const tip = element("div", { class: "tip", hidden: true });
  const live = element("p", { id: "spoken", class: "unseen", role: "status", "aria-live": "polite" });
  const descriptionOf = ({ column, row }: Place) => {
    const there = column < 0 ? undefined : state.columns[column];
    const member = there === undefined ? 0 : state.memberOf(there);
    return describe(report, state.cells, state.rows[row], there, member);
  };
  const nothing = element(
    "p",
    { class: "nothing", hidden: true },
    "Nothing here has these words in its name or its causes.",
  );
  const stage = element("div", { class: "stage" });
  const picture = new Picture(state, {
    resized: (height) => {
      stage.style.flexBasis = `${Math.max(height, 160)}px`;
    },
    pointed: (place, at) => showTip(tip, place === undefined ? [] : tipOf(descriptionOf(place)), at),
    chosen: (place) => {
      const description = place === undefined ? undefined : descriptionOf(place);
      const noun = place?.column === -1 ? "node" : one;
      details.replaceChildren(...(description === undefined ? hint(one) : detailsOf(description, noun)));
      details.classList.toggle("empty", description === undefined);
      live.textContent = description === undefined ? "" : spoken(description);
    },
  });
  const choose = (column: number): void => {
    const place = { row: -1, column: state.columns.indexOf(column) };
    if (place.column >= 0) picture.choose(place);
  };
  const filter = element("input", {
    type: "search",
    placeholder: `Filter ${report.subject}, nodes, causes`,
    "aria-label": `Filter ${report.subject}, nodes and causes`,
    spellcheck: false,
    autocomplete: "off",
  });
  filter.addEventListener("input", () => state.filter(filter.value));
  state.onChange(() => {
    nothing.hidden = state.columns.length > 0 && state.rows.length > 0;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target === filter) return;
    event.preventDefault();
    filter.focus();
  });
  stage.append(picture.element, nothing);
  details.replaceChildren(...hint(one));
  details.classList.add("empty");
  root.replaceChildren(
    header(
      report,
      themeSwitch(() => picture.recolour()),
    ),
    element("main", {}, toolbar(state, picture, filter), stage, legend(report)),
    element("aside", {}, details, unplacedList(report, choose), findingList(report)),
    tip,
    live,
  );
  picture.fit();
  // What people come for: why the first one waits.
  if (report.columns[0]?.fits === 0) picture.choose({ row: -1, column: 0 });
  root.dataset.ready = "true";
}

function hint(one: string): HTMLElement[] {
  return [
    element(
      "p",
      { class: "hint" },
      `Choose a cell, a ${one} or a node to read what is known of it. Arrow keys go from cell to cell, / goes to the filter.`,
    ),
  ];
}

function header(report: ReportData, theme: HTMLElement): HTMLElement {
  const { kubernetes, made, nodes, version } = report;
  const { all, nowhere } = countsOf(report);
  const one = report.subject.slice(0, -1);
  const fact = (value: number, text: string, kind = ""): HTMLElement =>
    element("div", { class: `fact ${kind}` }, element("b", {}, value.toLocaleString("en")), element("span", {}, text));
  return element(
    "header",
    {},
    element("h1", {}, "topomatch ", element("small", {}, version)),
    element(
      "div",
      { class: "facts" },
      fact(nodes.length, nodes.length === 1 ? "node" : "nodes"),
      fact(all, all === 1 ? one : report.subject),
      fact(all - nowhere, all - nowhere === 1 ? "fits some node" : "fit some node", "fits"),
      fact(nowhere, nowhere === 1 ? "fits no node" : "fit no node", nowhere > 0 ? "claim" : ""),
    ),
    element("p", { class: "made" }, `kube-scheduler ${kubernetes}${made === undefined ? "" : `, ${made}`}`),
    theme,
  );
}

function toolbar(state: State, picture: Picture, filter: HTMLElement): HTMLElement {
  const { keys } = state.report;
  const parts: HTMLElement[] = [filter];
  if (keys.length > 0) {
    const options = [...keys.map(({ key }) => key), "nothing"].map((text, i) => {
      const value = i < keys.length ? i : -1;
      return element("option", { value, selected: value === state.groupBy }, text);
    });
    const select = element("select", {}, ...options);
    select.addEventListener("change", () => state.group(Number(select.value)));
    parts.push(element("label", { class: "group-by" }, "Group by ", select));
  }
  const only = element("input", { type: "checkbox" });
  only.addEventListener("change", () => {
    state.onlyUnplaced = only.checked;
  });
  if (countsOf(state.report).nowhere > 0) parts.push(element("label", { class: "only" }, only, "without a node"));
  const all = button("", {}, () => state.toggleAll());
  const label = (): void => {
    all.textContent = state.isAllOpen ? "Close groups" : "Open groups";
  };
  state.onChange(label);
  label();
  const smaller = button("\u2212", { "aria-label": "Smaller cells", title: "Smaller cells (-)" }, () =>
    picture.zoom(-1),
  );
  const larger = button("+", { "aria-label": "Larger cells", title: "Larger cells (+)" }, () => picture.zoom(1));
  parts.push(all, element("span", { class: "zoom" }, smaller, larger));
  return element("div", { class: "toolbar" }, ...parts);
}

/** The verdicts that there are. */
function legend({ columns }: ReportData): HTMLElement {
  const there = new Set(columns.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
  const items = VERDICT_KINDS.filter((kind) => there.has(kind)).map((kind) =>
    element("span", { class: "key" }, mark(kind), KIND_TEXTS[kind].text),
  );
  const grouped = columns.reduce((sum, { members }) => sum + members.length, 0) - columns.length;
  const note =
    grouped > 0
      ? element(
          "span",
          { class: "key alike" },
          `${counted(columns.length, "column")}: those with the same answers share one`,
        )
      : undefined;
  return element("div", { class: "legend" }, ...items, note);
}

const TIP_GAP = 14;

function showTip(
  tip: HTMLElement,
  content: readonly HTMLElement[],
  { x, y }: { readonly x: number; readonly y: number },
): void {
  tip.hidden = content.length === 0;
  if (tip.hidden) return;
  tip.replaceChildren(...content);
  const { offsetHeight, offsetWidth } = tip;
  const left = x + TIP_GAP + offsetWidth < innerWidth ? x + TIP_GAP : x - TIP_GAP - offsetWidth;
  const top = y + TIP_GAP + offsetHeight < innerHeight ? y + TIP_GAP : y - TIP_GAP - offsetHeight;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}
