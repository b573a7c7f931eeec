// A curve or several in logarithmic scales as an SVG of its own.

export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const WIDTH = 640;
const HEIGHT = 400;
const MARGIN = { left: 76, right: 190, top: 36, bottom: 48 };
const COLOURS = ["#0b62a4", "#c23b22", "#2f7d32", "#7b3fa0", "#a36a00"];

/** Powers of ten around values. */
function decades(values: readonly number[]): [number, number] {
  const logarithms = values.filter((value) => value > 0).map(Math.log10);
  const low = Math.floor(Math.min(...logarithms) + 1e-9);
  return [low, Math.max(low + 1, Math.ceil(Math.max(...logarithms) - 1e-9))];
}

function tick(power: number): string {
  if (power < 0 || power > 6) return `1e${power}`;
  return ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"][power];
}

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

export function plot(title: string, xLabel: string, yLabel: string, curves: readonly Curve[]): string {
  const [x0, x1] = decades(curves.flatMap(({ x }) => x));
  const [y0, y1] = decades(curves.flatMap(({ y }) => y));
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const px = (value: number): number => MARGIN.left + ((Math.log10(value) - x0) / (x1 - x0)) * (right - MARGIN.left);
  const py = (value: number): number => bottom - ((Math.log10(value) - y0) / (y1 - y0)) * (bottom - MARGIN.top);
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="20" font-size="14">${escaped(title)}</text>`,
  ];
  const line = (xa: number, ya: number, xb: number, yb: number): string =>
    `<line x1="${xa.toFixed(1)}" y1="${ya.toFixed(1)}" x2="${xb.toFixed(1)}" y2="${yb.toFixed(1)}" stroke="#ddd"/>`;
  for (let power = x0; power <= x1; power++) {
    const at = px(10 ** power);
    parts.push(line(at, MARGIN.top, at, bottom));
    parts.push(`<text x="${at.toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${tick(power)}</text>`);
  }
  for (let power = y0; power <= y1; power++) {
    const at = py(10 ** power);
    parts.push(line(MARGIN.left, at, right, at));
    parts.push(`<text x="${MARGIN.left - 6}" y="${(at + 4).toFixed(1)}" text-anchor="end">${tick(power)}</text>`);
  }
  parts.push(
    `<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(xLabel)}</text>`,
  );
  const middle = (MARGIN.top + bottom) / 2;
  parts.push(
    `<text x="16" y="${middle}" text-anchor="middle" transform="rotate(-90 16 ${middle})">${escaped(yLabel)}</text>`,
  );
  curves.forEach(({ name, x, y }, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const points = x.map((value, j) => `${px(value).toFixed(1)},${py(y[j]).toFixed(1)}`);
    parts.push(`<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const point of points) {
      const [cx, cy] = point.split(",");
      parts.push(`<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`);
    }
    const at = MARGIN.top + 14 + i * 18;
    parts.push(`<rect x="${right + 12}" y="${at - 9}" width="10" height="10" fill="${colour}"/>`);
    parts.push(`<text x="${right + 28}" y="${at}">${escaped(name)}</text>`);
  });
  return `${parts.join("\n")}\n</svg>\n`;
}
