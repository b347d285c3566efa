import type { Linkage } from './linkage.ts'
import { model } from './model.ts'

/**
 * How far the rows of a sample stand in the order of a copy: the longest ascending run of copy rows as a share of the linked rows
 * (longest increasing subsequence; about 2 sqrt(n) rows of n by chance). `rows` are sample row numbers with their copy row, in sample order.
 */
export function orderKept(rows: readonly { readonly n: number; readonly row: number }[]): number {
  if (rows.length === 0) return 0
  const tails: number[] = []
  for (const { row } of rows) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < row) low = middle + 1
      else high = middle
    }
    tails[low] = row
  }
  return tails.length / rows.length
}

/** First copy row met by each linked sample row, in the order of the sample. */
export function positions(linkage: Linkage): { readonly n: number; readonly row: number }[] {
  return [...linkage.links].map(([n, links]) => ({ n, row: links[0]?.row ?? 0 })).toSorted((a, b) => a.n - b.n)
}

/**
 * What the order of rows says for a copy, in nats (rule P17): nothing below 20 rows or when fewer than four of five rows stand in its order;
 * at most `model.order`, for an actor can sort a file.
 */
export function orderTerm(linkage: Linkage): number {
  const rows = positions(linkage)
  if (rows.length < 20) return 0
  return model.order * Math.max(0, (orderKept(rows) - 0.8) / 0.2)
}
