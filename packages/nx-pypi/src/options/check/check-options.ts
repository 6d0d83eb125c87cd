import { nearest } from './nearest.ts';
import type { Schema } from './schema.ts';

/** What does not fit the schema. */
export interface OptionFault {
  /** `registries.shop.packages[0]`; empty for the options as a whole. */
  readonly path: string;
  /** What is wrong, with the value: `has no option 'regstry'`. */
  readonly message: string;
  readonly hint: string;
}

/** Everything in a value that a schema does not allow; `root` holds the definitions. */
export function checkOptions(value: unknown, schema: Schema, root: Schema = schema, path = ''): readonly OptionFault[] {
  if (schema.$ref !== undefined) return checkOptions(value, definition(schema.$ref, root), root, path);
  if (schema.oneOf !== undefined) return checkOneOf(value, schema.oneOf, root, path);
  const asked = askedFor(value, schema);
  if (asked !== null) return [wrong(path, value, `give ${asked}`)];
  if (Array.isArray(value)) return checkList(value, schema, root, path);
  return isObject(value) ? checkObject(value, schema, root, path) : [];
}

/** What the schema asks for in place of a value, whatever is in it; null where the value is that. */
function askedFor(value: unknown, schema: Schema): string | null {
  if (schema.const !== undefined && value !== schema.const) return text(schema.const);
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) return types.map(named).join(' or ');
  if (schema.enum !== undefined && !schema.enum.includes(value)) return schema.enum.map(text).join(', ');
  if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum)
    return `${schema.minimum} or more`;
  return null;
}

function checkList(value: readonly unknown[], schema: Schema, root: Schema, path: string): readonly OptionFault[] {
  if (value.length < (schema.minItems ?? 0))
    return [wrong(path, value, `give ${schema.minItems ?? 0} or more entries`)];
  const { items } = schema;
  return items === undefined ? [] : value.flatMap((item, at) => checkOptions(item, items, root, `${path}[${at}]`));
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  root: Schema,
  path: string,
): readonly OptionFault[] {
  const { properties = {}, additionalProperties = true, required = [] } = schema;
  const inner = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const missing = required
    .filter((key) => !(key in value))
    .map((key) => ({ path, message: `has no '${key}'`, hint: `add "${key}"` }));
  const present = Object.entries(value).flatMap(([key, one]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (own !== undefined) return checkOptions(one, own, root, inner(key));
    if (additionalProperties === true) return [];
    if (additionalProperties !== false) return checkOptions(one, additionalProperties, root, inner(key));
    return [unknownOption(path, key, Object.keys(properties))];
  });
  return [...missing, ...present];
}

/** The faults of the branch that was most likely meant: the one that knows most of its keys. */
function checkOneOf(value: unknown, branches: readonly Schema[], root: Schema, path: string): readonly OptionFault[] {
  const resolved = branches.map((branch) => (branch.$ref === undefined ? branch : definition(branch.$ref, root)));
  const results = resolved.map((branch) => ({ branch, faults: checkOptions(value, branch, root, path) }));
  if (results.some(({ faults }) => faults.length === 0)) return [];
  const alike = results.filter(({ branch }) => branch.type !== undefined && isOfType(value, String(branch.type)));
  const [likely] = alike.toSorted(
    (a, b) => knownKeys(value, b.branch) - knownKeys(value, a.branch) || a.faults.length - b.faults.length,
  );
  return likely?.faults ?? [wrong(path, value, 'see options.schema.json for what it can be')];
}

function knownKeys(value: unknown, { properties = {} }: Schema): number {
  return isObject(value) ? Object.keys(value).filter((key) => Object.hasOwn(properties, key)).length : 0;
}

function unknownOption(path: string, key: string, known: readonly string[]): OptionFault {
  const meant = nearest(key, known);
  const hint = meant === null ? `there are ${known.join(', ')}` : `did you mean '${meant}'?`;
  return { path, message: `has no option '${key}'`, hint };
}

function wrong(path: string, value: unknown, hint: string): OptionFault {
  return { path, message: `can't be ${text(value)}`, hint };
}

function definition(reference: string, root: Schema): Schema {
  const found = root.definitions?.[reference.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`options.schema.json has no ${reference}`);
  return found;
}

function typesOf({ type }: Schema): readonly string[] {
  return typeof type === 'string' ? [type] : (type ?? []);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function named(type: string): string {
  if (type === 'array') return 'a list';
  if (type === 'boolean') return 'true or false';
  return type === 'string' ? 'a text' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** JSON on one line, of bounded length. */
function text(value: unknown): string {
  const json = JSON.stringify(value) ?? 'undefined';
  return json.length > 80 ? `${json.slice(0, 79)}…` : json;
}
