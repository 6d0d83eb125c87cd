/** The sentence in an error body: GitLab's `message` or `error`, else the text of the page. Not yet safe to print. */
export function serverMessage(text: string): string {
  const json = parsed(text);
  if (json !== null) return json;
  return text
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function parsed(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { message, error, error_description: description } = value as Record<string, unknown>;
    const found = message ?? description ?? error;
    if (found === undefined || found === null) return null;
    return typeof found === 'string' ? found : JSON.stringify(found);
  } catch {
    return null;
  }
}
