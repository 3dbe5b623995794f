/** Something that is recovered after something else. */
export interface Ordered {
  readonly name: string;
  /** What must be recovered before. */
  readonly after: readonly Ordered[];
}

/** Everything that is recovered, each after what it needs; equals in the order they were given. */
export function inRecoveryOrder<T extends Ordered>(all: readonly T[]): T[] {
  const done: T[] = [];
  const visit = (one: T) => {
    if (!done.includes(one)) {
      for (const before of one.after) {
        visit(before as T);
      }
      done.push(one);
    }
  };
  all.forEach(visit);
  return done;
}

/** The way in which something waits for itself, if it does: names from the first to the first again. */
export function cycleFrom(start: Ordered, at: Ordered = start, path: string[] = []): string[] | undefined {
  for (const before of at.after) {
    const way = [...path, at.name];
    if (before === start) {
      return [...way, start.name];
    }
    const found = way.includes(before.name) ? undefined : cycleFrom(start, before, way);
    if (found) {
      return found;
    }
  }
  return undefined;
}
