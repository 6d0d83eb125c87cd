import { columns, growthLine, type RowReport } from './report.ts';

/** A row's figures as a section of a Markdown document. */
export function renderSection({ name, question, growth, measured, summaries }: RowReport): string {
  const load = measured === undefined ? '' : ` Load when it began: ${measured.load.toFixed(1)}.`;
  return [
    `### ${name}`,
    '',
    `${upperFirst(question)}.${load}`,
    '',
    tableLine(columns.map(({ title }) => title)),
    tableLine(columns.map(({ text }) => (text ? '---' : '--:'))),
    ...summaries.map((one) => tableLine(columns.map(({ cell }) => cell(one)))),
    '',
    ...(growth ? [`${growthLine(summaries)}.`, ''] : []),
  ].join('\n');
}

export function tableLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', ';')).join(' | ')} |`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
