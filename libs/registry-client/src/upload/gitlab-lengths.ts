import type { FormField } from './form-fields.ts';

/** Most characters that GitLab stores. Source: GitLab's `packages_pypi_metadata` validations. */
const lengths: Readonly<Record<string, number>> = {
  requires_python: 255,
  summary: 255,
  keywords: 1024,
  description: 4000,
  metadata_version: 16,
  description_content_type: 128,
  author_email: 2048,
};

/** Fields as long as GitLab stores them: versions before 17 answer longer ones with 400. */
export function fitGitlab(fields: readonly FormField[]): readonly FormField[] {
  return fields.map(([name, value]) => {
    const most = lengths[name];
    const characters = Array.from(value);
    if (most === undefined || characters.length <= most) return [name, value];
    const fitted =
      name === 'requires_python' ? wholeClauses(value, most) : `${characters.slice(0, most - 1).join('')}…`;
    return [name, fitted];
  });
}

/** A specifier set cut between its clauses stays one; cut inside a clause it would be another or none. */
function wholeClauses(value: string, most: number): string {
  const end = value.slice(0, most + 1).lastIndexOf(',');
  return end === -1 ? '' : value.slice(0, end);
}
