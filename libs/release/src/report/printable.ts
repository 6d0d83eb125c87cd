/** Others' text without control characters (rule H3); tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu, (found) => (found === '\t' ? found : ''));
}
