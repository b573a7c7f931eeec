// report: the picture as a part of the page: its size, its scrolling, the pointer and the keyboard on it.

import { Offsets } from "../offsets.js";
import { element } from "./dom.js";
import type { Frame, Scene } from "./painter.js";
import { Painter, SECTION } from "./painter.js";
import type { Place, State } from "./state.js";
import type { Colours } from "./theme.js";
import { colours } from "./theme.js";

const SIZES = [3, 5, 7, 9, 13, 18, 24, 32] as const;
/** At first cells are no smaller than this place of SIZES, even if not all columns are in view then. */
const READABLE = 4;
/** Where not all rows can be in view, they are no higher than this. */
const LINE = 18;
const GROUP = 28;
/** Columns that are wide enough for a word, where all of them have the room; and as wide as they ever are. */
const WIDE = 128;
const WIDEST = 200;
/** Between the columns that fit no node and the others. */
const GAP = 12;

export interface PictureEvents {
  /** The pointer is over another cell, or over none; `at` is where, in the page. */
  readonly pointed: (place: Place | undefined, at: { readonly x: number; readonly y: number }) => void;
  /** How high the picture is as a whole. */
  readonly resized: (height: number) => void;
  /** Another cell was chosen. */
  readonly chosen: (place: Place | undefined) => void;
}

export class Picture {
  readonly element: HTMLElement;
  readonly canvas = element("canvas", { tabindex: 0, role: "application", "aria-describedby": "spoken" });
  readonly #space = element("div", { class: "space" });
  readonly #painter: Painter;
  readonly #context: CanvasRenderingContext2D;
  #colours: Colours = colours();
  #size: number = READABLE;
  /** A person has said how large cells are to be. */
  #isChosen = false;
  #rows = new Offsets([]);
  #columns = new Offsets([]);
  #pointed: Place | undefined;
  #active: Place | undefined;
  #isDue = false;

  constructor(
    readonly state: State,
    readonly events: PictureEvents,
  ) {
    const { report } = state;
    this.canvas.setAttribute(
      "aria-label",
      `Nodes by ${report.subject}. Arrow keys go from cell to cell, Enter opens a group.`,
    );
    this.element = element("div", { class: "picture" }, this.canvas, this.#space);
    this.#context = this.canvas.getContext("2d")!;
    this.#painter = new Painter(this.#context, state);
    this.element.addEventListener("scroll", () => this.#due(), { passive: true });
    new ResizeObserver(() => this.#changed()).observe(this.element);
    state.onChange(() => (this.#isChosen ? this.#changed() : this.fit()));
    this.canvas.addEventListener("pointermove", (event) => this.#move(event));
    this.canvas.addEventListener("pointerleave", () => this.#point(undefined, 0, 0));
    this.canvas.addEventListener("click", (event) => this.#click(event));
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
    this.canvas.addEventListener("blur", () => this.#due());
    this.canvas.addEventListener("focus", () => this.#focused());
  }

  /** Chooses the largest cells with which all columns are in view, and all rows where they can be. */
  fit(): void {
    const { side, top } = this.#frame;
    const room = this.element.parentElement ?? this.element;
    const [width, height] = [room.clientWidth - side - 20, Math.max(room.clientHeight, innerHeight / 2) - top - 20];
    const headings = this.state.groups.length * GROUP;
    const lines = Math.max(1, this.state.rows.length - this.state.groups.length);
    const fits = (size: number): boolean =>
      size * this.state.columns.length + GAP <= width && (size * lines + headings <= height || size <= LINE);
    const largest = SIZES.findLastIndex((size) => fits(size));
    this.#size = Math.max(READABLE, largest);
    this.#changed();
  }

  zoom(by: 1 | -1): void {
    this.#isChosen = true;
    this.#size = Math.min(SIZES.length - 1, Math.max(0, this.#size + by));
    this.#changed();
  }

  recolour(): void {
    this.#colours = colours();
    this.#due();
  }

  get active(): Place | undefined {
    return this.#active;
  }

  choose(place: Place | undefined): void {
    this.#active = place;
    if (place !== undefined) this.#reveal(place);
    this.events.chosen(place);
    this.#due();
  }

  get #frame(): Frame {
    const { clientWidth } = this.element;
    const isNarrow = clientWidth < 520;
    const side = isNarrow ? 128 : 236;
    const share = Math.floor((clientWidth - side - 2 * GAP) / Math.max(1, this.state.columns.length));
    const isWide = this.#size === SIZES.length - 1 && share >= WIDE;
    const cell = SIZES[this.#size];
    return { side, top: isWide ? 64 : isNarrow ? 112 : 156, cell, wide: isWide ? Math.min(share, WIDEST) : cell };
  }

  #changed(): void {
    const { columns, report, rows } = this.state;
    const { cell, side, top, wide } = this.#frame;
    const isLastUnplaced = (i: number): boolean =>
      i + 1 < columns.length && report.columns[columns[i]].fits === 0 && report.columns[columns[i + 1]].fits > 0;
    this.#columns = new Offsets(columns.map((_, i) => wide + (isLastUnplaced(i) ? GAP : 0)));
    this.#rows = new Offsets(rows.map(({ row }) => (row === undefined ? GROUP : cell)));
    this.#space.style.width = `${side + this.#columns.end + 12}px`;
    this.#space.style.height = `${top + this.#rows.end + 12}px`;
    this.events.resized(top + this.#rows.end + 14);
    this.#pointed = undefined;
    const isGone =
      this.#active !== undefined && (this.#active.row >= rows.length || this.#active.column >= columns.length);
    if (isGone) this.choose(undefined);
    this.#due();
  }

  #due(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#paint();
    });
  }

  #paint(): void {
    const { clientHeight: height, clientWidth: width, scrollLeft: left, scrollTop: above } = this.element;
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const hasFocus = document.activeElement === this.canvas;
    const places = { pointed: this.#pointed, active: this.#active, hasFocus };
    const scene: Scene = {
      state: this.state,
      frame: this.#frame,
      rows: this.#rows,
      columns: this.#columns,
      left,
      above,
      width,
      height,
      ...places,
    };
    this.#painter.paint(scene, this.#colours);
  }

  /** What is under a point of the window. */
  #placeAt(clientX: number, clientY: number): Place | undefined {
    const { side, top } = this.#frame;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [clientX - box.left, clientY - box.top];
    if (x < side && y < top) return undefined;
    const column = x < side ? -1 : this.#columns.at(x - side + this.element.scrollLeft);
    const row = y < top ? -1 : this.#rows.at(y - top + this.element.scrollTop);
    const isOutside = (x >= side && column < 0) || (y >= top && row < 0) || y < SECTION;
    return isOutside ? undefined : { row, column };
  }

  #move({ clientX, clientY, pointerType }: PointerEvent): void {
    if (pointerType === "touch") return;
    this.#point(this.#placeAt(clientX, clientY), clientX, clientY);
  }

  #point(place: Place | undefined, x: number, y: number): void {
    if (place?.row !== this.#pointed?.row || place?.column !== this.#pointed?.column) this.#due();
    this.#pointed = place;
    this.events.pointed(place, { x, y });
  }

  /** Who comes by keyboard finds a cell chosen. */
  #focused(): void {
    const isByKey = this.canvas.matches(":focus-visible");
    if (isByKey && this.#active === undefined && this.state.rows.length > 0) this.choose({ row: 0, column: -1 });
    this.#due();
  }

  #click({ clientX, clientY }: MouseEvent): void {
    const place = this.#placeAt(clientX, clientY);
    this.choose(place);
    const row = place === undefined ? undefined : this.state.rows[place.row];
    if (place?.column === -1 && row !== undefined && row.row === undefined) this.state.toggle(row.group);
  }

  #key(event: KeyboardEvent): void {
    const { active, state } = this;
    const [lastRow, lastColumn] = [state.rows.length - 1, state.columns.length - 1];
    const page = Math.max(1, Math.floor((this.element.clientHeight - this.#frame.top) / this.#frame.cell) - 1);
    const { column, row } = active ?? { row: -1, column: -1 };
    const steps: { readonly [key: string]: Place } = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - page, column },
      PageDown: { row: row + page, column },
      Home: { row, column: event.ctrlKey ? -1 : 0 },
      End: { row: event.ctrlKey ? lastRow : row, column: lastColumn },
    };
    const step = steps[event.key];
    if (step !== undefined) {
      const to = { row: clamp(step.row, -1, lastRow), column: clamp(step.column, -1, lastColumn) };
      // There is nothing in the corner.
      this.choose(to.row < 0 && to.column < 0 ? { row: Math.min(0, lastRow), column: Math.min(0, lastColumn) } : to);
    } else if (
      (event.key === "Enter" || event.key === " ") &&
      active !== undefined &&
      state.rows[active.row] !== undefined
    ) {
      if (state.rows[active.row].row === undefined) state.toggle(state.rows[active.row].group);
    } else if (event.key === "Escape") this.choose(undefined);
    else if (event.key === "+" || event.key === "=") this.zoom(1);
    else if (event.key === "-") this.zoom(-1);
    else return;
    event.preventDefault();
  }

  /** Scrolls so that a cell is in view. */
  #reveal({ column, row }: Place): void {
    const { side, top, wide } = this.#frame;
    const { clientHeight, clientWidth } = this.element;
    if (column >= 0) {
      const x = this.#columns.starts[column];
      this.element.scrollLeft = clamp(this.element.scrollLeft, x + wide + 12 - (clientWidth - side), x);
    }
    if (row >= 0) {
      const [y, end] = [this.#rows.starts[row], this.#rows.starts[row + 1]];
      this.element.scrollTop = clamp(this.element.scrollTop, end + 12 - (clientHeight - top), y);
    }
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(Math.min(value, most), Math.min(least, most));
}
