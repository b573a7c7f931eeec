// report: what is in view -> the canvas: cells, the headings that stay in place, and where the pointer and the keyboard are.

import type { VerdictKind } from "../kinds.js";
import type { Offsets } from "../offsets.js";
import { counted } from "../words.js";
import { Labels } from "./labels.js";
import type { Share } from "./marks.js";
import { drawCell, drawShare } from "./marks.js";
import type { Place, State } from "./state.js";
import type { Colours } from "./theme.js";
import { FONT } from "./theme.js";

/** How wide the headings of rows are, how high those of columns, and what a section of columns says above them. */
export interface Frame {
  readonly side: number;
  readonly top: number;
  /** How high a cell is, and how wide. */
  readonly cell: number;
  readonly wide: number;
}

export interface Scene {
  readonly state: State;
  readonly frame: Frame;
  readonly rows: Offsets;
  readonly columns: Offsets;
  readonly left: number;
  readonly above: number;
  readonly width: number;
  readonly height: number;
  readonly pointed: Place | undefined;
  readonly active: Place | undefined;
  readonly hasFocus: boolean;
}

export const SECTION = 22;
/** Smaller cells have no names beside them. */
const NAMED = 9;
/** Narrower headings have numbers without words. */
const WORDED = 160;

export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #labels: Labels;

  constructor(context: CanvasRenderingContext2D, state: State) {
    this.#context = context;
    this.#labels = new Labels(context, state.report);
  }

  paint(scene: Scene, colours: Colours): void {
    const { above, frame, height, left, width } = scene;
    const context = this.#context;
    context.clearRect(0, 0, width, height);
    const rows = scene.rows.between(above, above + height - frame.top);
    const columns = scene.columns.between(left, left + width - frame.side);
    this.#clipped(frame.side, frame.top, width, height, () => {
      this.#cross(scene, colours);
      for (let row = rows[0]; row < rows[1]; row++) this.#row(scene, colours, row, columns);
    });
    this.#clipped(0, frame.top, frame.side, height, () => {
      for (let row = rows[0]; row < rows[1]; row++) this.#rowHeading(scene, colours, row);
    });
    this.#clipped(frame.side, 0, width, frame.top, () => {
      for (let column = columns[0]; column < columns[1]; column++) this.#columnHeading(scene, colours, column);
      this.#sections(scene, colours);
    });
    context.fillStyle = colours.line;
    context.fillRect(0, frame.top - 1, width, 1);
    context.fillRect(frame.side - 1, 0, 1, height);
    this.#clipped(0, 0, width, height, () => {
      if (scene.active !== undefined) this.#outline(scene, colours, scene.active);
    });
  }

  #clipped(x: number, y: number, right: number, bottom: number, draw: () => void): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(x, y, right - x, bottom - y);
    context.clip();
    draw();
    context.restore();
  }

  /** A pale band along the row and the column that are pointed at. */
  #cross({ active, columns, frame, height, left, above, pointed, rows, width }: Scene, colours: Colours): void {
    const place = pointed ?? active;
    if (place === undefined) return;
    const context = this.#context;
    context.fillStyle = colours.heading;
    if (place.row >= 0) {
      const y = frame.top - above + rows.starts[place.row];
      context.fillRect(0, y, width, rows.starts[place.row + 1] - rows.starts[place.row]);
    }
    if (place.column >= 0) {
      context.fillRect(frame.side - left + columns.starts[place.column], 0, frame.wide, height);
    }
  }

  #row({ above, columns, frame, left, rows, state }: Scene, colours: Colours, row: number, [from, to]: Range): void {
    const { columns: shown, cells, report } = state;
    const { group, row: one } = state.rows[row];
    const y = frame.top - above + rows.starts[row];
    const height = rows.starts[row + 1] - rows.starts[row];
    for (let i = from; i < to; i++) {
      const box = { x: frame.side - left + columns.starts[i], y, width: frame.wide, height };
      if (one !== undefined) {
        drawCell(this.#context, box, cells.part(shown[i], one.class).kind, colours);
        continue;
      }
      const counts = cells.counts(shown[i], group);
      const { parts } = report.columns[shown[i]];
      drawShare(this.#context, { ...box, y: y + 3, height: height - 6 }, shareOf(parts, counts, group.nodes), colours);
    }
  }

  #rowHeading({ above, frame, pointed, active, rows, state }: Scene, colours: Colours, row: number): void {
    const context = this.#context;
    const { group, row: one } = state.rows[row];
    const y = frame.top - above + rows.starts[row];
    const height = rows.starts[row + 1] - rows.starts[row];
    const isLit = (pointed ?? active)?.row === row;
    context.textBaseline = "middle";
    context.textAlign = "left";
    if (one === undefined) {
      context.fillStyle = colours.heading;
      context.fillRect(0, y, frame.side - 1, height);
      context.fillStyle = colours.ink;
      context.font = `600 12.5px ${FONT}`;
      const count = frame.side < WORDED ? group.nodes.toLocaleString("en") : counted(group.nodes, "node");
      const room = frame.side - 38 - count.length * 6.5;
      context.fillText(state.isOpen(group) ? "\u25be" : "\u25b8", 10, y + height / 2);
      context.fillText(this.#labels.group(group, room), 24, y + height / 2);
      context.fillStyle = colours.muted;
      context.font = `11.5px ${FONT}`;
      context.textAlign = "right";
      context.fillText(count, frame.side - 9, y + height / 2);
    } else if (frame.cell >= NAMED) {
      context.fillStyle = isLit ? colours.ink : colours.muted;
      context.font = `${Math.min(12, frame.cell)}px ${FONT}`;
      context.fillText(this.#labels.row(one, frame.side - 32), 24, y + height / 2);
    }
  }

  #columnHeading({ active, columns, frame, left, pointed, state }: Scene, colours: Colours, column: number): void {
    if (frame.cell < NAMED) return;
    const context = this.#context;
    const isLit = (pointed ?? active)?.column === column;
    const shown = state.columns[column];
    const { members } = state.report.columns[shown];
    const isUpright = frame.wide === frame.cell;
    context.save();
    context.translate(frame.side - left + columns.starts[column] + (isUpright ? frame.wide / 2 : 6), frame.top - 8);
    if (isUpright) context.rotate(-Math.PI / 2);
    context.textBaseline = isUpright ? "middle" : "bottom";
    context.textAlign = "left";
    context.font = `${isLit || !isUpright ? "600 " : ""}${Math.min(12, frame.cell)}px ${FONT}`;
    context.fillStyle = isLit ? colours.ink : colours.muted;
    const room = isUpright ? frame.top - SECTION - 14 : frame.wide - 12;
    context.fillText(this.#labels.column(members, state.memberOf(shown), room), 0, 0);
    context.restore();
  }

  /** Above the columns: which of them fit no node. */
  #sections({ columns, frame, left, state, width }: Scene, colours: Colours): void {
    const { columns: shown, report } = state;
    const firstPlaced = shown.findIndex((i) => report.columns[i].fits > 0);
    const cut = firstPlaced < 0 ? shown.length : firstPlaced;
    const sections = [
      { from: 0, to: cut, text: "no node", colour: colours.kinds.claim },
      { from: cut, to: shown.length, text: "some", colour: colours.kinds.fits },
    ];
    const context = this.#context;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.font = `600 11px ${FONT}`;
    for (const { colour, from, text, to } of sections) {
      if (from === to) continue;
      const x = Math.max(frame.side, frame.side - left + columns.starts[from]);
      const right = Math.min(width, frame.side - left + columns.starts[to - 1] + frame.wide);
      if (right <= x) continue;
      context.fillStyle = colour;
      context.fillRect(x + 1, SECTION - 3, right - x - 2, 3);
      const members = this.#members(state, from, to);
      const count = members.toLocaleString("en");
      const room = (to === shown.length ? width : right + 8) - x;
      const words = [`${count} ${members === 1 ? "fits" : "fit"} ${text}`, `${count} ${text}`, count].find(
        (one) => context.measureText(one).width < room,
      );
      context.fillStyle = colours.ink;
      if (words !== undefined) context.fillText(words, x + 2, SECTION / 2 - 2);
    }
  }

  #members({ columns, report }: State, from: number, to: number): number {
    let count = 0;
    for (let i = from; i < to; i++) count += report.columns[columns[i]].members.length;
    return count;
  }

  #outline({ above, columns, frame, hasFocus, left, rows }: Scene, colours: Colours, { column, row }: Place): void {
    const context = this.#context;
    const x = column < 0 ? 1 : frame.side - left + columns.starts[column];
    const y = row < 0 ? SECTION : frame.top - above + rows.starts[row];
    const width = column < 0 ? frame.side - 3 : frame.wide;
    const height = row < 0 ? frame.top - SECTION - 2 : rows.starts[row + 1] - rows.starts[row];
    if ((column >= 0 && x < frame.side - width) || (row >= 0 && y < frame.top - height)) return;
    context.strokeStyle = colours.accent;
    context.lineWidth = hasFocus ? 2.5 : 1.5;
    context.strokeRect(x, y, width, height);
  }
}

type Range = readonly [from: number, to: number];

function shareOf(parts: readonly { readonly kind: VerdictKind }[], counts: Uint32Array, nodes: number): Share {
  let fits = 0;
  let most = -1;
  for (const [i, { kind }] of parts.entries()) {
    if (kind === "fits") fits += counts[i];
    else if (counts[i] > 0 && (most < 0 || counts[i] > counts[most])) most = i;
  }
  return { nodes, fits, kind: most < 0 ? "fits" : parts[most].kind };
}
