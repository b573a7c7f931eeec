// report: names beside the picture, shortened in the middle to the room that they have.

import type { ClassRow, NodeGroup } from "../rows.js";
import type { Column, ReportData } from "../types.js";

const MOST = 4096;
/** So many nodes are named in a row at most. */
const NAMED = 6;

export class Labels {
  readonly #context: CanvasRenderingContext2D;
  readonly #report: ReportData;
  /** All pods are of one namespace, which then goes without saying. */
  readonly #bare: boolean;
  readonly #known = new Map<string, string>();

  constructor(context: CanvasRenderingContext2D, report: ReportData) {
    this.#context = context;
    this.#report = report;
    const namespaces = new Set(report.columns.flatMap(({ members }) => members.map(({ name }) => name.split("/")[0])));
    this.#bare = namespaces.size === 1;
  }

  column(members: Column["members"], member: number, room: number): string {
    const { name } = members[member];
    return this.#counted(this.#bare ? name.slice(name.indexOf("/") + 1) : name, members.length - 1, room);
  }

  /** As many names as there is room for, and how many more there are. */
  row({ nodes }: ClassRow, room: number): string {
    const named = nodes.slice(0, NAMED).map((node) => this.#report.nodes[node]);
    const all = named.join(", ");
    if (nodes.length === named.length && this.#fits(all, room)) return all;
    return this.#counted(this.#report.nodes[nodes[0]], nodes.length - 1, room);
  }

  group({ name }: NodeGroup, room: number): string {
    return this.#fitted(name, room);
  }

  #counted(name: string, more: number, room: number): string {
    const rest = more > 0 ? ` +${more.toLocaleString("en")}` : "";
    return this.#fitted(name, room - rest.length * 7) + rest;
  }

  #fitted(text: string, room: number): string {
    const key = `${this.#context.font} ${Math.round(room)} ${text}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.#shortened(text, room);
      if (this.#known.size > MOST) this.#known.clear();
      this.#known.set(key, known);
    }
    return known;
  }

  #fits(text: string, room: number): boolean {
    return this.#context.measureText(text).width <= room;
  }

  #shortened(text: string, room: number): string {
    if (this.#fits(text, room)) return text;
    let [low, high] = [1, text.length - 1];
    const cut = (kept: number): string =>
      `${text.slice(0, Math.ceil(kept / 2))}\u2026${text.slice(text.length - Math.floor(kept / 2))}`;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#fits(cut(middle), room)) low = middle;
      else high = middle - 1;
    }
    return cut(low);
  }
}
