import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesPackage } from '@nx-pypi/release';
import { checkOptions } from '../options/check/check-options.ts';
import { optionsSchema } from '../options/check/schema.ts';
import { isThisPlugin, pluginEntry, type NxJsonWithPlugins } from '../options/plugin-entry.ts';
import type { Routes } from '../compose/registries/route.ts';
import { finding, type Finding } from './finding.ts';

const topic = 'options';

/** Whether nx.json has an entry for this plugin, and whether its options are options. */
export function examineOptions(root: string): readonly Finding[] {
  const text = readText(join(root, 'nx.json'));
  if (text === null) return [finding(topic, 'note', 'there is no nx.json here: all options have their defaults')];
  const nxJson = parsed(text);
  if (nxJson === null) return [finding(topic, 'wrong', 'nx.json is no JSON', 'mend nx.json: Nx refuses it too')];
  if (!usesPlugin(nxJson)) {
    return [
      finding(topic, 'warning', 'nx.json does not use nx-pypi', 'add it to "plugins" in nx.json: npx nx add nx-pypi'),
    ];
  }
  const { options } = pluginEntry(nxJson);
  const faults = checkOptions(options, optionsSchema());
  if (faults.length === 0) {
    const count = Object.keys(options).length;
    return [finding(topic, 'ok', count === 0 ? 'none set in nx.json' : `${count} set in nx.json, all of them known`)];
  }
  return faults.map(({ path, message, hint }) =>
    finding(topic, 'wrong', `${path === '' ? 'nx-pypi' : path} ${message}`, hint),
  );
}

/** Entries of `registries` that take no package. */
export function examineRoutes(
  routes: Routes,
  packages: readonly string[],
  tags: ReadonlyMap<string, readonly string[]>,
): readonly Finding[] {
  return Object.entries(routes).flatMap(([registry, { packages: patterns }]) =>
    patterns
      .filter((pattern) => !packages.some((name) => matchesPackage(pattern, name, tags.get(name) ?? [])))
      .map((pattern) =>
        finding(
          topic,
          'warning',
          `'${pattern}' of the registry ${registry} fits no package`,
          'correct it, or remove it',
        ),
      ),
  );
}

function usesPlugin({ plugins }: NxJsonWithPlugins): boolean {
  if (!Array.isArray(plugins)) return false;
  return plugins.some((one) => isThisPlugin(typeof one === 'string' ? one : one.plugin));
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parsed(text: string): NxJsonWithPlugins | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
