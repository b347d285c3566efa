import { ones } from './bits.ts'
import type { Dating } from './dating.ts'
import { dayText } from './day.ts'
import type { Hypothesis, Known } from './hypothesis.ts'
import type { Link } from './link.ts'
import { orderKept, positions } from './order.ts'
import type { Expert } from './verdict.ts'
import type { Weighing } from './weigh.ts'

const heatRows = 200
const heatCopies = 12
const orderPoints = 300
const orderCopies = 3
const shownDays = 200

/** The figures behind a verdict, bounded: rows against copies, days, order. The likeliest copies first. */
export function expertFigures(options: {
  readonly weighing: Weighing
  readonly hypotheses: readonly Hypothesis[]
  readonly dating: Dating | undefined
  readonly second: { readonly day: number; readonly rows: number } | undefined
}): Expert {
  const { weighing, hypotheses, dating, second } = options
  const known = hypotheses
    .filter((one): one is Known => one.kind === 'copy' || one.kind === 'leak')
    .toSorted((a, b) => b.log - a.log || (a.linkage.copy.id < b.linkage.copy.id ? -1 : 1))
  const places = weighing.examined.rows.map((row, position) => ({ n: row.n, position })).toSorted((a, b) => a.n - b.n)
  const rows = spread(places, heatRows)
  return {
    heat: {
      rows: rows.map((one) => one.n),
      copies: known.slice(0, heatCopies).map((one) => ({
        copy: one.linkage.copy.id,
        agreement: rows.map(({ position }) => tenths(one.fit.rows[position]?.link)),
      })),
    },
    days: (dating === undefined ? [] : around(dating)).map(({ from, to, log }) => ({
      from: dayText(from),
      to: dayText(to),
      log: Math.round(log * 1000) / 1000,
    })),
    ...(second === undefined ? {} : { secondDay: { day: dayText(second.day), rows: second.rows } }),
    order: known
      .filter((one) => one.linkage.links.size > 0)
      .slice(0, orderCopies)
      .map((one) => {
        const met = positions(one.linkage)
        return {
          copy: one.linkage.copy.id,
          kept: Math.round(orderKept(met) * 1000) / 1000,
          points: spread(met, orderPoints).map(({ n, row }) => [n, row] as const),
        }
      }),
  }
}

/** Equal cells of a linked row as tenths of the compared ones; -1 without a link. */
function tenths(link: Link | undefined): number {
  if (link === undefined || link.compared === 0) return -1
  return Math.round((10 * ones(link.equal)) / ones(link.compared))
}

function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list
  return Array.from({ length: most }, (_, at) => list[Math.floor((at * list.length) / most)] as T)
}

/** The stretches nearest to the best day; the others are far below in weight or far away. */
function around(dating: Dating): Dating['stretches'] {
  const best = dating.stretches.findIndex(({ from, to }) => from <= dating.day && to >= dating.day)
  const from = Math.max(0, best - shownDays / 2)
  return dating.stretches.slice(from, from + shownDays)
}
