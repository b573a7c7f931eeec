// report: how a cell is drawn: its colour, and the mark that says the same without colour.

import type { VerdictKind } from "../kinds.js";
import { KIND_TEXTS } from "../kinds.js";
import type { Colours } from "./theme.js";
import { FONT } from "./theme.js";

/** Smaller cells have no mark, and still smaller ones no gap between them. */
const MARKED = 12;
const APART = 6;
const PALE = 0.26;
const SMALL = 0.6;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cells that are as wide have a word as well. */
const WORDED = 80;

/** A cell of one verdict. */
export function drawCell(context: CanvasRenderingContext2D, box: Box, kind: VerdictKind, colours: Colours): void {
  drawGround(context, box, kind, colours);
  if (Math.min(box.width, box.height) < MARKED) return;
  if (box.width < WORDED) drawMark(context, box, kind, colours);
  else {
    drawMark(context, { ...box, width: box.height }, kind, colours);
    drawWord(context, box, KIND_TEXTS[kind].word, kind === "fits" ? colours.onFits : colours.ink);
  }
}

function drawWord(context: CanvasRenderingContext2D, box: Box, word: string, colour: string): void {
  context.fillStyle = colour;
  context.font = `12px ${FONT}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(word, box.x + box.height + 2, box.y + box.height / 2);
}

/** How many nodes of a group there are, how many fit, and why most of the others do not. */
export interface Share {
  readonly nodes: number;
  readonly fits: number;
  readonly kind: VerdictKind;
}

/** A cell of a group: as much of it is filled as of the nodes fit. */
export function drawShare(
  context: CanvasRenderingContext2D,
  box: Box,
  { fits, kind, nodes }: Share,
  colours: Colours,
): void {
  if (fits === nodes || fits === 0) {
    drawCell(context, box, fits > 0 ? "fits" : kind, colours);
    return;
  }
  const share = fits / nodes;
  drawGround(context, box, kind, colours);
  if (box.width >= WORDED) {
    context.fillStyle = colours.kinds.fits;
    context.fillRect(box.x + 1, box.y + box.height - 5, Math.max(3, (box.width - 2) * share), 4);
    const words = `${fits.toLocaleString("en")} of ${nodes.toLocaleString("en")}`;
    drawWord(context, { ...box, height: box.height - 4 }, words, colours.ink);
    return;
  }
  const gap = box.width >= APART ? 1 : 0;
  const height = Math.max(3, (box.height - 2 * gap) * share);
  context.fillStyle = colours.kinds.fits;
  context.fillRect(box.x + gap, box.y + box.height - gap - height, box.width - 2 * gap, height);
}

function drawGround(context: CanvasRenderingContext2D, box: Box, kind: VerdictKind, colours: Colours): void {
  const size = Math.min(box.width, box.height);
  context.fillStyle = colours.kinds[kind];
  if (kind !== "fits") context.globalAlpha = size < MARKED ? SMALL : PALE;
  if (size < APART) context.fillRect(box.x, box.y, box.width, box.height);
  else if (size < MARKED) context.fillRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  else {
    context.beginPath();
    context.roundRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2, 3);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** The marks of KIND_TEXTS, as strokes, so that they look alike on every system. */
function drawMark(context: CanvasRenderingContext2D, box: Box, kind: VerdictKind, colours: Colours): void {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const r = Math.min(7, Math.min(box.width, box.height) * 0.2);
  context.strokeStyle = kind === "fits" ? colours.onFits : colours.kinds[kind];
  context.fillStyle = context.strokeStyle;
  context.lineWidth = Math.max(1.5, r * 0.42);
  context.lineCap = "round";
  context.beginPath();
  switch (kind) {
    case "fits":
      context.arc(x, y, r * 0.8, 0, 2 * Math.PI);
      context.fill();
      return;
    case "place":
      context.moveTo(x - r, y - r);
      context.lineTo(x + r, y + r);
      context.moveTo(x + r, y - r);
      context.lineTo(x - r, y + r);
      break;
    case "room":
      context.moveTo(x - r, y);
      context.lineTo(x + r, y);
      break;
    case "node":
      context.moveTo(x - r * 0.6, y + r);
      context.lineTo(x + r * 0.6, y - r);
      break;
    case "claim":
      context.moveTo(x, y - r * 1.2);
      context.lineTo(x, y + r * 0.2);
      context.moveTo(x, y + r * 1.1);
      context.lineTo(x, y + r * 1.1);
      break;
    default:
      context.arc(x, y - r * 0.45, r * 0.65, Math.PI, Math.PI * 2.35);
      context.lineTo(x, y + r * 0.45);
      context.moveTo(x, y + r * 1.2);
      context.lineTo(x, y + r * 1.2);
  }
  context.stroke();
}
