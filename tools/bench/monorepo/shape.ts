/** The shape of a monorepo: who depends on whom. Pure and repeatable: the same numbers give the same shape. */

export interface Shape {
  /** Packages by number; `dependencies` holds numbers of packages that stand in lower layers, in order. */
  readonly packages: readonly { readonly layer: number; readonly dependencies: readonly number[] }[];
  readonly edges: number;
}

export interface ShapeRequest {
  readonly packages: number;
  /** Packages on the longest chain. */
  readonly depth: number;
  /** Edges per package, over all packages. */
  readonly density: number;
  /** How many packages at the bottom share about half of all edges: the few that everybody uses. */
  readonly cores: number;
}

/** What large Python monorepos look like; measured rows use this unless they say otherwise. */
export function usualShape(packages: number): ShapeRequest {
  return { packages, depth: 8, density: 2.5, cores: Math.max(2, Math.round(packages / 100)) };
}

/**
 * Layer 0 holds the cores; every other package depends on one of the layer right below, so that the longest chain has `depth` packages.
 * Further edges go to a core or to any lower package, by turns of a seeded coin, until `density` is reached or no pair is left.
 */
export function drawShape({ packages, depth, density, cores }: ShapeRequest): Shape {
  const random = seeded(packages);
  const layers = layersOf(packages, depth, cores);
  const dependencies = layers.map(() => new Set<number>());
  const firstOf = (layer: number): number => layers.indexOf(layer);
  const below = layers.map((layer) => firstOf(layer));
  layers.forEach((layer, index) => {
    if (layer === 0) return;
    const start = firstOf(layer - 1);
    dependencies[index]?.add(pick(random, start, below[index] ?? 0));
  });
  let edges = packages - below.filter((count) => count === 0).length;
  const target = Math.min(Math.round(packages * density), sum(below));
  while (edges < target) {
    const from = pick(random, below.lastIndexOf(0) + 1, packages);
    const limit = below[from] ?? 0;
    const to = random() < 0.6 ? pick(random, 0, Math.min(cores, limit)) : pick(random, 0, limit);
    const own = dependencies[from];
    if (own === undefined || own.has(to)) continue;
    own.add(to);
    edges += 1;
  }
  return {
    packages: layers.map((layer, index) => ({
      layer,
      dependencies: [...(dependencies[index] ?? [])].toSorted((a, b) => a - b),
    })),
    edges,
  };
}

/** Cores first, the rest spread evenly over the other layers, ascending. */
function layersOf(packages: number, depth: number, cores: number): readonly number[] {
  const rest = packages - cores;
  return Array.from({ length: packages }, (_, index) =>
    index < cores ? 0 : 1 + Math.min(depth - 2, Math.floor(((index - cores) * (depth - 1)) / rest)),
  );
}

function pick(random: () => number, start: number, end: number): number {
  return start + Math.floor(random() * (end - start));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Numbers in [0, 1): a linear congruential generator with the constants of Numerical Recipes (2nd edition, section 7.1). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
