import type { RowReport } from '../report.ts';
import { growthExponent, type Point } from './exponent.ts';

const width = 720;
const height = 420;
const margin = { left: 70, right: 230, top: 20, bottom: 50 };
const colours = ['#0b6e99', '#c2410c', '#4d7c0f', '#7e22ce', '#b91c1c'];

/** An SVG with doubly logarithmic axes: packages across, processor time up; a straight line is a power, the dashed one is linear. */
export function drawGrowth(reports: readonly RowReport[]): string {
  const curves = reports.map(({ name, summaries }) => ({
    name,
    points: summaries.map(({ side, cpu }) => ({ size: Number.parseInt(side, 10), cost: cpu })),
  }));
  const all = curves.flatMap(({ points }) => points);
  if (all.length === 0) return '<svg xmlns="http://www.w3.org/2000/svg"/>\n';
  const sizes = decades(all.map(({ size }) => size));
  const costs = decades(all.map(({ cost }) => cost));
  const place = ({ size, cost }: Point): string =>
    `${at(size, sizes, [margin.left, width - margin.right])},${at(cost, costs, [height - margin.bottom, margin.top])}`;
  const [low = 1] = sizes;
  const [floor = 1] = costs;
  const high = sizes.at(-1) ?? 1;
  const dashed = [
    { size: low, cost: floor },
    { size: high, cost: (floor * high) / low },
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...sizes.map((size) => label(place({ size, cost: floor }), String(size), 'middle', [0, 18])),
    ...costs.map((cost) => label(place({ size: low, cost }), `${cost} ms`, 'end', [-8, 4])),
    ...costs.map((cost) => line([place({ size: low, cost }), place({ size: high, cost })], '#ddd', '')),
    line(dashed.map(place), '#999', '5 4'),
    ...curves.flatMap(({ name, points }, index) => curve(name, points, { colour: colours[index % 5] ?? '', place })),
    label(`${(margin.left + width - margin.right) / 2},${height - 12}`, 'packages', 'middle', [0, 0]),
    '</svg>\n',
  ].join('\n');
}

interface Pen {
  readonly colour: string;
  readonly place: (point: Point) => string;
}

function curve(name: string, points: readonly Point[], { colour, place }: Pen): readonly string[] {
  const spots = points.map(place);
  const text = `${name}: ${growthExponent(points).toFixed(2)}`;
  return [
    line(spots, colour, ''),
    ...spots.map((spot) => `<circle cx="${spot.replace(',', '" cy="')}" r="3" fill="${colour}"/>`),
    label(spots.at(-1) ?? '0,0', text, 'start', [8, 4]),
  ];
}

function line(spots: readonly string[], colour: string, dashes: string): string {
  return `<polyline points="${spots.join(' ')}" fill="none" stroke="${colour}" stroke-dasharray="${dashes}"/>`;
}

function label(spot: string, text: string, anchor: string, [right, down]: readonly [number, number]): string {
  const [x = 0, y = 0] = spot.split(',').map(Number);
  return `<text x="${x + right}" y="${y + down}" text-anchor="${anchor}">${text}</text>`;
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
