import type { Cite } from '../evidence/index.ts'
import type { Examined } from './examined.ts'
import type { Linkage } from './linkage.ts'
import type { Sample } from './sample.ts'
import type { SampleSigns } from './sign-reader.ts'
import type { Sign, TableSize } from './verdict.ts'

/** No single sign weighs more than this, in bans, and all together not more than twice as much (rule P21). */
const cap = 1.5

/**
 * The signs that tell rows of a real base from invented ones beyond agreement with copies (rule P21), each with its weight in bans:
 * check digits, birth dates inside identity numbers, order of numbers and dates, frequencies of codes, missing values, size of the table they are from.
 */
export function signsOf(options: {
  readonly sample: Sample
  readonly signs: SampleSigns
  readonly examined: Examined
  readonly linkages: readonly Linkage[]
  readonly cite: Cite
}): readonly Sign[] {
  const { sample, signs, cite } = options
  const found: Sign[] = []
  const add = (sign: string, log10LR: number, text: string): void => {
    found.push({
      sign,
      log10LR: Math.round(Math.max(-cap, Math.min(cap, log10LR)) * 100) / 100,
      sentence: { text, cites: [cite] },
    })
  }
  for (const { name, meaning } of sample.columns) {
    if (meaning.kind !== 'identifier' || (meaning.identifier !== 'imei' && meaning.identifier !== 'iccid')) continue
    const looked = Math.min(sample.read, 2_000)
    if (looked < 10) continue
    const share = meaning.valid / 100
    add(
      'check-digits',
      binomialBans(looked, share, 0.97, 0.1),
      `${meaning.valid} % of the check digits in column ${name} are right; chance gives 10 %.`,
    )
  }
  const { births, sequence } = signs
  if (births.rows >= 10)
    add(
      'birth-dates',
      binomialBans(births.rows, births.same / births.rows, 0.9, 0.02),
      `In ${births.same} of ${births.rows} rows the identity number holds the date of birth that stands beside it.`,
    )
  if (sequence.rows >= 30)
    add(
      'sequence',
      Math.abs(sequence.rank) > 0.3 ? 1 : Math.abs(sequence.rank) < 2.5 / Math.sqrt(sequence.rows) ? -0.7 : 0,
      `Contract numbers and days of activation rise together with rank correlation ${sequence.rank.toFixed(2)} over ${sequence.rows} rows; invented columns give about 0.`,
    )
  if (signs.cells >= 500)
    add(
      'missing-values',
      signs.empty === 0 ? -0.3 : 0.3,
      signs.empty === 0
        ? `Not one of ${signs.cells} cells is empty; real bases have gaps.`
        : `${signs.empty} of ${signs.cells} cells are empty, as in real bases.`,
    )
  if (signs.table !== undefined) found.push(sizeSign(signs.table, cite))
  return [...found, ...frequencySigns(options)]
}

/** The weight of all signs for real rows, in nats. */
export function signWeight(signs: readonly Sign[]): number {
  const bans = signs.reduce((sum, one) => sum + one.log10LR, 0)
  return Math.max(-2 * cap, Math.min(2 * cap, bans)) * Math.LN10
}

/** The size of the table behind the numbers; it weighs nothing by itself, the claimed amount is compared with it. */
function sizeSign(table: TableSize, cite: Cite): Sign {
  const { numbers, least, about, most } = table
  const text = `The sample's own contract numbers run over a range of ${counted(least)}: if they were given out one after another and the rows drawn from all of them, a table of about ${counted(about)} rows, 95 % at most ${counted(most)} (${counted(numbers)} different numbers). Rows of one part of the table show less, numbers that were never used more.`
  return { sign: 'table-size', log10LR: 0, sentence: { text, cites: [cite] }, table }
}

function counted(n: number): string {
  return n.toLocaleString('en-US')
}

/** Codes drawn evenly from a short list differ in frequency from a base in which few plans hold most customers. */
function frequencySigns(options: Parameters<typeof signsOf>[0]): Sign[] {
  const { sample, examined, cite } = options
  return sample.fieldTags.flatMap((tag, at): Sign[] => {
    const logs = examined.cells.get(tag)
    if (logs === undefined) return []
    const counts = new Map<string, { count: number; log: number }>()
    let total = 0
    for (const [position, row] of examined.rows.entries()) {
      const token = row.fields[at] ?? ''
      if (token === '') continue
      total += 1
      const known = counts.get(token)
      if (known === undefined) counts.set(token, { count: 1, log: logs[position] ?? 0 })
      else known.count += 1
    }
    const kinds = [...counts.values()]
    const listed = kinds.reduce((sum, one) => sum + Math.exp(one.log), 0)
    // Only short lists of values that the copies know: names and addresses differ too much to be compared this way.
    if (total < 100 || kinds.length < 3 || kinds.length > 60 || listed < 0.5) return []
    const asCopies = kinds.reduce((sum, one) => sum + one.count * (one.log - Math.log(listed)), 0)
    const even = -total * Math.log(kinds.length)
    const bans = (asCopies - even) / Math.LN10 / Math.sqrt(total)
    const rounded = Math.round(Math.max(-1, Math.min(1, bans)) * 100) / 100
    return [
      {
        sign: 'frequencies',
        log10LR: rounded,
        sentence: {
          text: `The ${kinds.length} values of ${tag.replace(/^field:/, '')} are spread ${rounded >= 0 ? 'more as in the registered copies than evenly' : 'more evenly than in the registered copies'} over ${total} rows.`,
          cites: [cite],
        },
      },
    ]
  })
}

function binomialBans(rows: number, share: number, real: number, invented: number): number {
  const log = (p: number): number => share * Math.log(p) + (1 - share) * Math.log(1 - p)
  return ((log(real) - log(invented)) * Math.min(rows, 200)) / Math.LN10
}
