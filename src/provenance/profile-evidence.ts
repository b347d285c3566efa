import { slug } from './header-words.ts'
import type { ColumnProfile, Share } from './profile-column.ts'
import type { TableProfile } from './profile.ts'

/** What the way a sample is written says about one copy. */
export interface ProfileEvidence {
  /** Natural log of P(way of writing | that copy) / P(… | any table of the trade); tempered, within +-6. */
  readonly log: number
  /** The same of headers, file and spellings alone, without the codes in use. */
  readonly writing: number
  /** What decided, the weightiest first; `log` before tempering. Texts hold column names and spellings, no values. */
  readonly items: readonly EvidenceItem[]
}

interface EvidenceItem {
  readonly what: string
  readonly agrees: boolean
  readonly log: number
  /** About the values themselves (codes in use), not the way they are written. */
  readonly values?: true
}

const weights = {
  /** Dirichlet smoothing of what a copy was seen to do. */
  alpha: 0.5,
  /** Chance that whoever passed the sample on wrote this feature anew: disagreement costs at most its logarithm. */
  rewritten: { header: 0.4, file: 0.5, spelling: 0.4, vocabulary: 0.02, nulls: 0.5 },
  /** Signs of one program come together: the sum counts in part. */
  tempering: 0.5,
  cap: 6,
} as const

// How often tables of any origin are written so: rough shares of the exports the tests and drills are modelled on, not field data.
const usual: Readonly<Record<string, number>> = {
  ',': 0.7,
  ';': 0.12,
  '\t': 0.1,
  '|': 0.06,
  'utf-8': 0.85,
  'windows-1252': 0.1,
  'utf-16le': 0.03,
  '\n': 0.6,
  '\r\n': 0.38,
  snake: 0.35,
  camel: 0.15,
  'upper-snake': 0.15,
  spaced: 0.15,
  lower: 0.1,
  upper: 0.05,
  mixed: 0.05,
  'YYYY-MM-DD': 0.4,
  'DD/MM/YYYY': 0.25,
  '': 0.6,
  NULL: 0.15,
  '-': 0.08,
  '.': 0.8,
  ',decimal': 0.2,
}
const seldom = 0.05

/**
 * How well the way a sample is written (names and order of columns, delimiter, spellings, vocabularies, tokens of "no value")
 * agrees with a copy, against tables of the trade in general. Formats can be re-written, so agreement counts and
 * disagreement counts little; a code that a whole vocabulary does not have counts strongly against.
 */
export function profileEvidence(sample: TableProfile, copy: TableProfile): ProfileEvidence {
  const pairs = pairsOf(sample, copy)
  const items = [...headerItems(sample, copy, pairs), ...fileItems(sample, copy)]
  for (const [ours, theirs] of pairs) items.push(...columnItems(ours, theirs))
  return {
    log: tempered(items),
    writing: tempered(items.filter((item) => item.values !== true)),
    items: items
      .filter((item) => Math.abs(item.log) >= 0.05)
      .map((item) => ({ ...item, log: thousandths(item.log) }))
      .toSorted((a, b) => Math.abs(b.log) - Math.abs(a.log) || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0)),
  }
}

function tempered(items: readonly EvidenceItem[]): number {
  const sum = items.reduce((total, item) => total + item.log, 0) * weights.tempering
  return thousandths(Math.max(-weights.cap, Math.min(weights.cap, sum)))
}

type Pairs = readonly (readonly [ColumnProfile, ColumnProfile])[]

/** Columns of the same name; else those whose vocabularies share most of their weight. */
function pairsOf(sample: TableProfile, copy: TableProfile): Pairs {
  const taken = new Set<ColumnProfile>()
  const pairs: [ColumnProfile, ColumnProfile][] = []
  for (const ours of sample.columns) {
    const named = copy.columns.find((one) => !taken.has(one) && slug(one.name) === slug(ours.name))
    const alike =
      named ?? copy.columns.find((one) => !taken.has(one) && ours.covered >= 0.5 && shared(ours.values, one.values) >= 0.8)
    if (alike === undefined) continue
    taken.add(alike)
    pairs.push([ours, alike])
  }
  return pairs
}

/** Share of the weight of `ours` on texts that stand in `theirs` too. */
function shared(ours: readonly Share[], theirs: readonly Share[]): number {
  const known = new Set(theirs.map((one) => one.text))
  const whole = ours.reduce((sum, one) => sum + one.share, 0)
  return whole === 0 ? 0 : ours.reduce((sum, one) => sum + (known.has(one.text) ? one.share : 0), 0) / whole
}

/** log of (rewritten * usual + (1 - rewritten) * seen) / usual. */
function ratio(options: { readonly seen: number; readonly usual: number; readonly rewritten: number }): number {
  const { seen, usual: background, rewritten } = options
  return Math.log((rewritten * background + (1 - rewritten) * seen) / background)
}

/** P of a feature under a copy that was seen to have it, or not, once: smoothed over `kinds` possibilities. */
function once(agrees: boolean, kinds: number): number {
  return ((agrees ? 1 : 0) + weights.alpha) / (1 + weights.alpha * kinds)
}

function headerItems(sample: TableProfile, copy: TableProfile, pairs: Pairs): EvidenceItem[] {
  if (sample.header === 'none' || copy.header === 'none') return []
  const items: EvidenceItem[] = []
  const names = new Set(copy.columns.map((one) => one.name))
  const verbatim = sample.columns.filter((one) => names.has(one.name)).length
  // One of some four names that a column of this meaning has; a header is one decision, so further names count by their root.
  const each = Math.log((weights.rewritten.header * 0.25 + (1 - weights.rewritten.header)) / 0.25)
  if (verbatim > 0)
    items.push({
      what: `${verbatim} of ${sample.columns.length} column names stand there as written`,
      agrees: true,
      log: (each * Math.sqrt(verbatim) * verbatim) / sample.columns.length,
    })
  else
    items.push({
      what: 'no column name stands there as written',
      agrees: false,
      log: ratio({ seen: once(false, 4), usual: 0.25, rewritten: weights.rewritten.header }),
    })
  if (pairs.length >= 3) {
    const at = pairs.map(([, theirs]) => copy.columns.indexOf(theirs))
    const ordered = at.every((place, index) => index === 0 || place > (at[index - 1] ?? -1))
    const chance = 1 / factorial(Math.min(5, pairs.length))
    const seen = ordered ? 0.7 : 0.3 * chance
    items.push({
      what: ordered ? 'the columns stand in the same order' : 'the columns stand in another order',
      agrees: ordered,
      log: ratio({ seen, usual: Math.max(chance, 0.1), rewritten: weights.rewritten.header }),
    })
  }
  const same = sample.header === copy.header
  items.push(feature({ name: 'style of the column names', ours: sample.header, same, kind: 'header' }))
  return items
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1)
}

function fileItems(sample: TableProfile, copy: TableProfile): EvidenceItem[] {
  const items: EvidenceItem[] = []
  for (const [member, name] of [
    ['delimiter', 'delimiter'],
    ['encoding', 'encoding'],
    ['lineEnd', 'line ending'],
  ] as const) {
    const ours = sample.written[member]
    const theirs = copy.written[member]
    if (ours === undefined || theirs === undefined || ours === '' || theirs === '') continue
    items.push(feature({ name, ours, same: ours === theirs, kind: 'file' }))
  }
  return items
}

function columnItems(ours: ColumnProfile, theirs: ColumnProfile): EvidenceItem[] {
  const items: EvidenceItem[] = []
  const dates = [ours.dates?.spellings[0]?.text, theirs.dates?.spellings[0]?.text] as const
  if (dates[0] !== undefined && dates[1] !== undefined)
    items.push(
      feature({ name: `spelling of dates in ${ours.name}`, ours: dates[0], same: dates[0] === dates[1], kind: 'spelling' }),
    )
  else if (ours.prefixes !== undefined && theirs.prefixes !== undefined) {
    const top = ours.shapes[0]
    if (top !== undefined) {
      const seen = theirs.shapes.find((one) => one.text === top.text)?.share ?? 0
      const log = ratio({
        seen: (seen + weights.alpha / 20) / (1 + weights.alpha),
        usual: 0.2,
        rewritten: weights.rewritten.spelling,
      })
      items.push({ what: `spelling of numbers in ${ours.name} (${top.text})`, agrees: seen >= 0.2, log })
    }
  }
  const nulls = [ours.nulls[0]?.text, theirs.nulls[0]?.text] as const
  if (nulls[0] !== undefined && nulls[1] !== undefined)
    items.push(
      feature({ name: `writing of "no value" in ${ours.name}`, ours: nulls[0], same: nulls[0] === nulls[1], kind: 'nulls' }),
    )
  if (ours.decimal !== undefined && theirs.decimal !== undefined)
    items.push(
      feature({
        name: `decimal sign in ${ours.name}`,
        ours: ours.decimal === ',' ? ',decimal' : '.',
        same: ours.decimal === theirs.decimal,
        kind: 'spelling',
      }),
    )
  items.push(...vocabularyItems(ours, theirs))
  return items
}

/** Codes: only where both vocabularies are whole does a code that is not there say anything. */
function vocabularyItems(ours: ColumnProfile, theirs: ColumnProfile): EvidenceItem[] {
  if (ours.values.length === 0 || ours.covered < 0.5 || theirs.covered < 0.95 || theirs.values.length > 200) return []
  const share = shared(ours.values, theirs.values)
  const known = new Set(theirs.values.map((one) => one.text))
  const unseen = ours.values.filter((one) => !known.has(one.text)).length
  if (unseen === 0) {
    const log = Math.min(2, 0.3 * Math.log2(1 + ours.values.length))
    return [
      { what: `all ${ours.values.length} frequent codes of ${ours.name} are in use there`, agrees: true, log, values: true },
    ]
  }
  const log = Math.max(-5, Math.log(weights.rewritten.vocabulary + share ** 4 * (1 - weights.rewritten.vocabulary)))
  const what = `${unseen} of ${ours.values.length} frequent codes of ${ours.name} are not in use there`
  return [{ what, agrees: false, log, values: true }]
}

function feature(options: {
  readonly name: string
  readonly ours: string
  readonly same: boolean
  readonly kind: keyof typeof weights.rewritten
}): EvidenceItem {
  const background = usual[options.ours] ?? seldom
  const seen = options.same ? once(true, 4) : once(false, 4) * background
  const log = ratio({
    seen: Math.max(seen, options.same ? background : 0),
    usual: background,
    rewritten: weights.rewritten[options.kind],
  })
  return { what: `${options.name} ${options.same ? 'agrees' : 'differs'}`, agrees: options.same, log }
}

function thousandths(log: number): number {
  return Math.round(log * 1_000) / 1_000
}
