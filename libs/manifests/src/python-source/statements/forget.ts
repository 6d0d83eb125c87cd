import type { SyntaxNode } from '@lezer/common';

import { assignmentParts } from '../find-assignment.ts';
import { computed } from '../frame.ts';
import type { Frame } from '../frame.ts';
import { children, textOf } from '../syntax.ts';

/** After a statement that is not followed, the names that it may change are computed; lists and dictionaries keep what they had. */
export function forget(statement: SyntaxNode, frame: Frame, reason: string): void {
  const why = computed(frame, statement, reason);
  for (const name of changedNames(statement, frame)) {
    const before = frame.scope.names.get(name);
    if (before?.kind === 'list' || before?.kind === 'dict') frame.scope.names.set(name, { ...before, rest: why });
    else frame.scope.names.set(name, why);
  }
}

const MUTATION = /^(?<name>\w+)\s*(?:\[[^\]]*\]\s*)?\.\s*(?:append|extend|insert|update|add|remove|pop|clear)\s*$/;

const DEFINITIONS = new Set(['FunctionDefinition', 'ClassDefinition']);

function changedNames(statement: SyntaxNode, frame: Frame): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: SyntaxNode | null): void => {
    const name = node === null ? undefined : nameOf(node, frame);
    if (name !== undefined) names.add(name);
  };
  statement.cursor().iterate(({ node }) => {
    if (DEFINITIONS.has(node.name)) {
      add(node.getChild('VariableName'));
      return false;
    }
    if (node.name === 'AssignStatement') assignmentParts(node).slice(0, -1).flat().forEach(add);
    if (node.name === 'UpdateStatement') add(node.firstChild);
    if (node.name === 'CallExpression' && node.firstChild !== null) {
      const mutated = MUTATION.exec(textOf(frame.document, node.firstChild))?.groups?.['name'];
      if (mutated !== undefined) names.add(mutated);
    }
    return true;
  });
  return names;
}

/** The name of `name` or `name[key]`; attributes of things are of no interest. */
function nameOf(target: SyntaxNode, frame: Frame): string | undefined {
  if (target.name === 'VariableName') return textOf(frame.document, target);
  const [object, bracket] = target.name === 'MemberExpression' ? children(target) : [];
  return object !== undefined && bracket?.name === '[' ? nameOf(object, frame) : undefined;
}
