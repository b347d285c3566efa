/**
 * Works on items in order, each begun once the one before says that it is `on` its last stretch, or has ended; two at a time at most. Gives what
 * each gave, in order. Throws the first error in that order, when all that was begun has ended.
 */
export async function overlapped<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T, on: () => void, index: number) => Promise<R>,
): Promise<R[]> {
  const begun: Promise<R>[] = []
  try {
    for await (const item of items) {
      const { promise: last, resolve: on } = Promise.withResolvers<void>()
      const one = work(item, on, begun.length)
      // Whoever awaits it hears of it; until then it is no unhandled failure.
      one.catch(() => {})
      begun.push(one)
      await Promise.race([last, one])
      await begun.at(-2)
    }
    return await Promise.all(begun)
  } finally {
    await Promise.allSettled(begun)
  }
}
