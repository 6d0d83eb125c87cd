import { growthExponent, type Point } from './exponent.ts';

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

const width = 760;
const height = 460;
const margin = { left: 80, right: 270, top: 20, bottom: 50 };
const colours = ['#0b6e99', '#c2410c', '#4d7c0f', '#7e22ce', '#b91c1c', '#0f766e', '#a16207', '#1d4ed8', '#be185d'];
const labelHeight = 16;

/** An SVG with doubly logarithmic axes: packages across, processor time up; a straight line is a power, the dashed one is linear. */
export function drawGrowth(curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points);
  if (all.length === 0) return '<svg xmlns="http://www.w3.org/2000/svg"/>\n';
  const sizes = decades(all.map(({ size }) => size));
  const costs = decades(all.map(({ cost }) => cost));
  const place = ({ size, cost }: Point): Spot => ({
    x: at(size, sizes, [margin.left, width - margin.right]),
    y: at(cost, costs, [height - margin.bottom, margin.top]),
  });
  const [low = 1] = sizes;
  const [floor = 1] = costs;
  const high = sizes.at(-1) ?? 1;
  const ceiling = Math.min(costs.at(-1) ?? 1, (floor * high) / low);
  const dashed = [
    { size: low, cost: floor },
    { size: (low * ceiling) / floor, cost: ceiling },
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...sizes.map((size) => label(moved(place({ size, cost: floor }), 0, 18), String(size), 'middle')),
    ...costs.map((cost) => label(moved(place({ size: low, cost }), -8, 4), timeText(cost), 'end')),
    ...costs.map((cost) => line([place({ size: low, cost }), place({ size: high, cost })], '#ddd', '')),
    line(dashed.map(place), '#999', '5 4'),
    ...drawCurves(curves.map(({ name, points }) => ({ name, points, spots: points.map(place) }))),
    label({ x: (margin.left + width - margin.right) / 2, y: height - 12 }, 'packages', 'middle'),
    '</svg>\n',
  ].join('\n');
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Drawn extends Curve {
  readonly spots: readonly Spot[];
}

/** Names stand beside the last points, far enough from each other to be read. */
function drawCurves(curves: readonly Drawn[]): readonly string[] {
  const fromTop = curves.toSorted((a, b) => (a.spots.at(-1)?.y ?? 0) - (b.spots.at(-1)?.y ?? 0));
  let free = margin.top;
  return fromTop.flatMap(({ name, points, spots }, index) => {
    const colour = colours[index % colours.length] ?? '';
    const last = spots.at(-1) ?? { x: 0, y: 0 };
    const spot = { x: width - margin.right + 24, y: Math.max(free, last.y + 4) };
    free = spot.y + labelHeight;
    const text = `${name}: n^${growthExponent(points).toFixed(2)}`;
    return [
      line(spots, colour, ''),
      ...spots.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`),
      line([moved(last, 6, 0), moved(spot, -4, -4)], colour, '1 3'),
      label(spot, text, 'start', colour),
    ];
  });
}

function moved({ x, y }: Spot, right: number, down: number): Spot {
  return { x: x + right, y: y + down };
}

function line(spots: readonly Spot[], colour: string, dashes: string): string {
  const points = spots.map(({ x, y }) => `${x},${y}`).join(' ');
  return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-dasharray="${dashes}"/>`;
}

function label({ x, y }: Spot, text: string, anchor: string, colour = 'black'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${text}</text>`;
}

function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;
}

/** The powers of ten from the one at or below the smallest value to the one at or above the largest. */
function decades(values: readonly number[]): readonly number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

function at(value: number, scale: readonly number[], [from, to]: readonly [number, number]): number {
  const [low = 1] = scale;
  const share = Math.log(value / low) / Math.log((scale.at(-1) ?? 10) / low);
  return Math.round((from + share * (to - from)) * 10) / 10;
}
