/** One line of a page: the raw text and its attributes, not yet escaped. */
export interface Anchor {
  readonly href: string;
  readonly text: string;
  readonly requiresPython: string;
}

/** GitLab's template (`simple_presenter_base.rb`): anchors stand side by side, without line breaks. */
export function htmlPage(title: string, anchors: readonly Anchor[]): string {
  const heading = `Links for ${escapeHtml(title)}`;
  return `<!DOCTYPE html>
        <html>
          <head>
            <title>${heading}</title>
          </head>
          <body>
            <h1>${heading}</h1>
            ${anchors.map(anchorHtml).join('')}
          </body>
        </html>
`;
}

function anchorHtml({ href, text, requiresPython }: Anchor): string {
  return `<a href="${escapeHtml(href)}" data-requires-python="${escapeHtml(requiresPython)}">${escapeHtml(text)}</a>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
