import { epochMs } from '../../src/base/index.ts'
import { claimDocuments, readClaims, type Thread } from '../../src/claims/index.ts'
import { fileOf, type CorpusDocument } from './corpus.ts'

/** Found, missed and wrongly found of one kind of item. */
export interface Tally {
  hit: number
  missed: number
  extra: number
}

/** What a document was read as, against what was expected. */
export interface Score {
  readonly name: string
  readonly assertions: Tally
  readonly amounts: Tally
  readonly names: Tally
  /** In words, for the list in the docs. */
  readonly wrong: readonly string[]
}

/** Reads one document alone, as the product does, and compares. */
export async function scoreDocument(one: CorpusDocument): Promise<Score> {
  const { documents } = await claimDocuments(fileOf(one))
  const { threads } = readClaims(documents)
  const wrong: string[] = []
  const assertions = saidScore(one, threads, wrong)
  const amounts = sum(
    match(
      'amount',
      one.want.said.filter((said) => said[0] === 'quantity').map((said) => amountText(said[3] ?? 0, said[4] ?? '')),
      amountsOf(threads),
      wrong,
    ),
    match(
      'clock',
      one.want.clocks.map(clockText),
      threads.flatMap((thread) => clocksOf(thread, one)),
      wrong,
    ),
    match('price', one.want.price === undefined ? [] : [amountText(...one.want.price)], pricesOf(threads), wrong),
  )
  const names = sum(
    match(
      'actor',
      one.want.actor === '' ? [] : [folded(one.want.actor)],
      threads.map((thread) => folded(thread.actor)).filter((name) => name !== ''),
      wrong,
    ),
    match('victim', one.want.victims.map(folded), victimsOf(threads, 'named'), wrong),
    match('earlier victim', one.want.earlier.map(folded), victimsOf(threads, 'earlier'), wrong),
  )
  return { name: one.name, assertions, amounts, names, wrong }
}

/** 2 x hits / (expected + found); 1 when nothing was expected and nothing found. */
export function f1({ hit, missed, extra }: Tally): number {
  return hit + missed + extra === 0 ? 1 : (2 * hit) / (2 * hit + missed + extra)
}

/** Tallies added up. */
export function sum(...all: readonly Tally[]): Tally {
  const add = (of: keyof Tally): number => all.reduce((total, one) => total + one[of], 0)
  return { hit: add('hit'), missed: add('missed'), extra: add('extra') }
}

function saidScore(one: CorpusDocument, threads: readonly Thread[], wrong: string[]): Tally {
  const found = threads.flatMap((thread) =>
    (thread.readings ?? []).filter((reading) => reading.kind !== 'unread' && reading.kind !== 'threat'),
  )
  const left = new Set(found)
  let missed = 0
  for (const [kind, by, words, quantity] of one.want.said) {
    const fits = [...left].find(
      (reading) =>
        reading.kind === kind &&
        reading.by === by &&
        plain(reading.text).includes(plain(words)) &&
        (quantity === undefined || reading.quantity === quantity),
    )
    if (fits) left.delete(fits)
    else {
      missed += 1
      wrong.push(`${kind} by ${by} not read: "${words}"`)
    }
  }
  for (const reading of left)
    wrong.push(
      `${reading.kind} by ${reading.by} read, not expected: "${reading.text.slice(0, 80)}"${reading.quantity === undefined ? '' : ` (${reading.quantity})`}`,
    )
  return { hit: one.want.said.length - missed, missed, extra: left.size }
}

function match(what: string, expected: readonly string[], found: readonly string[], wrong: string[]): Tally {
  const left = [...found]
  let missed = 0
  for (const item of expected) {
    const at = left.indexOf(item)
    if (at >= 0) left.splice(at, 1)
    else {
      missed += 1
      wrong.push(`${what} not read: ${item}`)
    }
  }
  for (const item of left) wrong.push(`${what} read, not expected: ${item}`)
  return { hit: expected.length - missed, missed, extra: left.length }
}

function amountText(quantity: number, unit: string): string {
  return `${quantity} ${unit.toLowerCase().replace('clients', 'customers')}`
}

function amountsOf(threads: readonly Thread[]): string[] {
  return threads.flatMap((thread) =>
    (thread.readings ?? []).flatMap((one) => (one.quantity === undefined ? [] : [amountText(one.quantity, one.unit ?? '')])),
  )
}

/** The price asked last: what the actor wants now. */
function pricesOf(threads: readonly Thread[]): string[] {
  const asked = threads
    .flatMap((thread) => [...thread.demands, ...(thread.offers ?? [])])
    .filter((price) => price.quantity !== undefined)
    .map((price) => amountText(price.quantity ?? 0, price.unit ?? ''))
  return asked.slice(-1)
}

function clockText(clock: CorpusDocument['want']['clocks'][number]): string {
  if ('every' in clock) return `every ${clock.every}`
  if ('in' in clock) return `in ${minutes(clock.in)} min`
  return `at ${new Date(clock.at.length === 10 ? `${clock.at}T23:59:00Z` : clock.at).toISOString().slice(0, 16)}`
}

function clocksOf(thread: Thread, one: CorpusDocument): string[] {
  const texts = thread.deadlines.flatMap((deadline): string[] => {
    if (deadline.every !== undefined) return [`every ${deadline.every}`]
    if (deadline.within !== undefined) return [`in ${minutes(deadline.within)} min`]
    return deadline.at === undefined
      ? ['at a time not read']
      : [`at ${new Date(epochMs(deadline.at.at)).toISOString().slice(0, 16)}`]
  })
  // A span said again in the next post is the same clock.
  return one.want.clocks.length === 0 ? texts : [...new Set(texts)]
}

function minutes(iso: string): number {
  const [, days = 0, hours = 0, mins = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(iso.replace(/^P(\d+)W$/, (_, weeks) => `P${Number(weeks) * 7}D`)) ?? []
  return Number(days) * 1440 + Number(hours) * 60 + Number(mins)
}

function victimsOf(threads: readonly Thread[], standing: 'named' | 'earlier'): string[] {
  return [
    ...new Set(
      threads.flatMap((thread) => thread.victims.filter((one) => one.standing === standing).map((one) => folded(one.name))),
    ),
  ]
}

function folded(name: string): string {
  return name.toLowerCase().replace(/\s(?:communications)$/, '')
}

function plain(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').toLowerCase()
}
