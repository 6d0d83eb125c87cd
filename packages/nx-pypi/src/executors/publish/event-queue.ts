/** Turns calls into an async sequence: values pushed before they are asked for wait in order. */
export interface EventQueue<T> {
  readonly push: (value: T) => void;
  readonly end: () => void;
  readonly values: () => AsyncGenerator<T, void, undefined>;
}

export function eventQueue<T>(): EventQueue<T> {
  const waiting: T[] = [];
  let ended = false;
  let wake: () => void = () => {};
  return {
    push: (value) => {
      waiting.push(value);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    async *values() {
      for (;;) {
        const [value] = waiting.splice(0, 1);
        if (value !== undefined) yield value;
        else if (ended) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (waiting.length > 0 || ended) resolve();
          });
      }
    },
  };
}
