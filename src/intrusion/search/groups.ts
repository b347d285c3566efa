/** Sets that are joined step by step (union-find); the earliest index of a set names it. */
interface Groups {
  join(a: number, b: number): void
  of(index: number): number
}

/** `count` sets of one member each. */
export function groups(count: number): Groups {
  const parents = Array.from({ length: count }, (_, index) => index)
  const of = (index: number): number => {
    let at = index
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }
  return {
    of,
    join(a, b) {
      const [one, other] = [of(a), of(b)]
      parents[Math.max(one, other)] = Math.min(one, other)
    },
  }
}

/** Items that share a group, groups and members in order of index. */
export function members<T>(items: readonly T[], joined: Groups): T[][] {
  const found = new Map<number, T[]>()
  for (const [index, item] of items.entries()) {
    const group = joined.of(index)
    const known = found.get(group)
    if (known === undefined) found.set(group, [item])
    else known.push(item)
  }
  return [...found.values()]
}
