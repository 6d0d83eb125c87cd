import { CATEGORIES, type Sections } from './sections.ts';

/** Entries under the headings of their categories. What was written by hand comes first, its categories joined with them. */
export function sectionText(pending: string, sections: Sections): string {
  const blocks = new Map<string, string>();
  const [lead = '', ...written] = pending.split(/^### /m);
  for (const block of written) {
    const [name = '', ...lines] = block.split(/\r?\n/);
    blocks.set(name.trim(), lines.join('\n').trim());
  }
  for (const category of CATEGORIES) {
    const entries = (sections.get(category) ?? []).map((entry) => `- ${entry}`).join('\n');
    if (entries !== '') blocks.set(category, [blocks.get(category) ?? '', entries].filter(Boolean).join('\n'));
  }
  const texts = [...blocks].map(([name, lines]) => `### ${name}\n\n${lines}`);
  const all = [lead.trim(), ...texts].filter(Boolean);
  return all.length === 0 ? '- No changes that concern users.' : all.join('\n\n');
}
