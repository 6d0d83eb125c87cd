import { parse } from 'smol-toml';

/** The table of a user's file; empty where there is no file, or none that is TOML. */
export function tableOf(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    return parse(text);
  } catch {
    return {};
  }
}
