/**
 * A pure function that keeps its latest answers, `most` of them and up to as many older ones: monorepos ask the same few questions
 * thousands of times. What is asked again and again is never forgotten, whatever comes between.
 */
export function remember<Answer>(answer: (question: string) => Answer, most = 4096): (question: string) => Answer {
  let latest = new Map<string, Answer>();
  let older = latest;
  return (question) => {
    const before = latest.get(question);
    if (before !== undefined) {
      return before;
    }
    const now = older.get(question) ?? answer(question);
    if (latest.size >= most) {
      older = latest;
      latest = new Map();
    }
    latest.set(question, now);
    return now;
  };
}
