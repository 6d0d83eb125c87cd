import { normalizeName } from '../names/name.ts';
import { parseSpecifierSet } from '../specifiers/parse-specifiers.ts';
import { specifierAllows } from '../specifiers/specifier-allows.ts';
import { parseVersion } from '../versions/parse-version.ts';
import type { Marker, MarkerComparison, MarkerOperand, MarkerOperator, MarkerVariable } from './marker.ts';

/** What is known of an environment; `extras` and `dependency_groups` are lists (PEP 751), all others texts. */
export type MarkerEnvironment = Readonly<Partial<Record<MarkerVariable, string | readonly string[]>>>;

type MarkerValue = string | readonly string[];

/** Compared as versions where the right side makes a specifier (dependency specifiers, "Environment markers"). */
const VERSION_VARIABLES: ReadonlySet<MarkerVariable> = new Set([
  'python_version',
  'python_full_version',
  'implementation_version',
  'platform_release',
]);
const NAME_VARIABLES: ReadonlySet<MarkerVariable> = new Set(['extra', 'extras', 'dependency_groups']);

/**
 * Whether `marker` holds in `environment`; null when that hangs on a variable that the environment does not tell, or on a
 * comparison that the standard does not define. `and` and `or` come to a result in spite of such a part wherever they can.
 */
export function evaluateMarker(marker: Marker, environment: MarkerEnvironment): boolean | null {
  if (marker.kind === 'compare') return evaluateComparison(marker, environment);
  const decisive = marker.kind === 'or';
  const results = new Set(marker.terms.map((term) => evaluateMarker(term, environment)));
  if (results.has(decisive)) return decisive;
  return results.has(null) ? null : !decisive;
}

function evaluateComparison(comparison: MarkerComparison, environment: MarkerEnvironment): boolean | null {
  const { left, operator, right } = comparison;
  const variable = variableOf(left) ?? variableOf(right);
  const isName = variable !== null && NAME_VARIABLES.has(variable);
  const leftValue = valueOf(left, environment, isName);
  const rightValue = valueOf(right, environment, isName);
  if (leftValue === null || rightValue === null || typeof leftValue !== 'string') return null;
  if (typeof rightValue !== 'string') return contains(operator, rightValue.includes(leftValue));
  const asVersions =
    variable !== null && VERSION_VARIABLES.has(variable) ? compareAsVersions(leftValue, operator, rightValue) : null;
  return asVersions ?? compareAsTexts(leftValue, operator, rightValue);
}

function variableOf(operand: MarkerOperand): MarkerVariable | null {
  return operand.kind === 'variable' ? operand.name : null;
}

/** Names of extras and groups are compared normalised (PEP 685, PEP 735). */
function valueOf(operand: MarkerOperand, environment: MarkerEnvironment, isName: boolean): MarkerValue | null {
  const value = operand.kind === 'literal' ? operand.value : (environment[operand.name] ?? null);
  if (value === null || !isName) return value;
  return typeof value === 'string' ? normalizeName(value) : value.map(normalizeName);
}

/** Null where the right side makes no specifier, and the comparison is one of texts. */
function compareAsVersions(left: string, operator: MarkerOperator, right: string): boolean | null {
  const set = parseSpecifierSet(`${operator}${right}`);
  if (set?.clauses.length !== 1) return null;
  const version = parseVersion(left);
  return version !== null && specifierAllows(set, version, 'always');
}

/** Texts have no order: `<` and `>` never hold, `<=` and `>=` are equality. */
function compareAsTexts(left: string, operator: MarkerOperator, right: string): boolean | null {
  if (operator === '<' || operator === '>') return false;
  if (operator === '==' || operator === '<=' || operator === '>=') return left === right;
  return operator === '!=' ? left !== right : contains(operator, right.includes(left));
}

function contains(operator: MarkerOperator, isContained: boolean): boolean | null {
  if (operator === 'in') return isContained;
  return operator === 'not in' ? !isContained : null;
}
