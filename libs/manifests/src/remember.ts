/** A pure function that keeps its latest answers: monorepos ask the same few questions thousands of times. */
export function remember<Answer>(answer: (question: string) => Answer, most = 4096): (question: string) => Answer {
  const known = new Map<string, Answer>();
  return (question) => {
    const before = known.get(question);
    if (before !== undefined) {
      return before;
    }
    const now = answer(question);
    if (known.size >= most) {
      known.clear();
    }
    known.set(question, now);
    return now;
  };
}
