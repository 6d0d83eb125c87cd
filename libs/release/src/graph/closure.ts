/** `names` and all that can be reached from them along `next`, in the order of discovery. */
export function closure(names: Iterable<string>, next: (name: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>(names);
  for (const name of reached) for (const target of next(name)) reached.add(target);
  return reached;
}
