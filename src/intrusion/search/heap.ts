/** A queue that gives the least first; `before` must be a strict total order, so that what comes out never depends on what went in first. */
interface Queue<T> {
  push(item: T): void
  pop(): T | undefined
}

/** An empty queue in the given order; pushing and popping take the logarithm of its length. */
export function queue<T>(before: (a: T, b: T) => boolean): Queue<T> {
  const held: T[] = []
  const swap = (a: number, b: number): void => {
    const kept = held[a] as T
    held[a] = held[b] as T
    held[b] = kept
  }
  return {
    push(item) {
      held.push(item)
      let at = held.length - 1
      while (at > 0) {
        const above = (at - 1) >> 1
        if (!before(held[at] as T, held[above] as T)) return
        swap(at, above)
        at = above
      }
    },
    pop() {
      const least = held[0]
      const last = held.pop()
      if (last === undefined || held.length === 0) return least
      held[0] = last
      for (let at = 0; ;) {
        let below = 2 * at + 1
        if (below >= held.length) return least
        if (below + 1 < held.length && before(held[below + 1] as T, held[below] as T)) below += 1
        if (!before(held[below] as T, held[at] as T)) return least
        swap(at, below)
        at = below
      }
    },
  }
}
