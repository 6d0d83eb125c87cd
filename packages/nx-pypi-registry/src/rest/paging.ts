/** One page of a list, with the headers that lead to the others. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly headers: Readonly<Record<string, string>>;
}

/** GitLab page "REST API", offset pagination: above this many rows the totals and the link to the last page are left out. */
const countedRows = 10_000;

/** `url`: of this request, absolute, with its query. */
export function pageOf<Item>(all: readonly Item[], page: number, perPage: number, url: string): Page<Item> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const counted = all.length <= countedRows;
  const next = page < pages ? page + 1 : null;
  const previous = page > 1 ? Math.min(page - 1, pages) : null;
  const links: readonly (readonly [string, number | null])[] = [
    ['prev', previous],
    ['next', next],
    ['first', 1],
    ['last', counted ? pages : null],
  ];
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    headers: {
      Link: links
        .flatMap(([rel, to]) => (to === null ? [] : [`<${withPage(url, to, perPage)}>; rel="${rel}"`]))
        .join(', '),
      'X-Next-Page': next === null ? '' : String(next),
      'X-Page': String(page),
      'X-Per-Page': String(perPage),
      'X-Prev-Page': previous === null ? '' : String(previous),
      ...(counted ? { 'X-Total': String(all.length), 'X-Total-Pages': String(pages) } : {}),
    },
  };
}

function withPage(url: string, page: number, perPage: number): string {
  const target = new URL(url);
  target.searchParams.delete('private_token');
  target.searchParams.delete('job_token');
  target.searchParams.set('page', String(page));
  target.searchParams.set('per_page', String(perPage));
  return target.href;
}
