import { createHash } from 'node:crypto'
import { UserError } from '../base/index.ts'
import { alignColumns, pairRows, rowsByToken, type Pair, type SampleRow, type ValueOf } from './align.ts'
import { logBinomialTail } from './chance.ts'
import { codeBit, siteScore } from './code.ts'
import { layoutOf, siteName, valueToken } from './cut.ts'
import type { MarkedExtract } from './extracts.ts'
import { againstFreshKeys, type AgainstChance } from './fresh-keys.ts'
import { logMarks, type ComparedSite } from './likelihood.ts'
import type { MarksKey } from './marks-key.ts'
import type { ExtractRecord } from './record.ts'
import { matchRows } from './row-index.ts'
import { rowKeyOf, shortToken } from './row-key.ts'
import { siteKinds } from './site-kinds.ts'

/** What became of the sites of one kind in one column. */
export interface Survival {
  readonly column: string
  readonly kind: string
  /** Sites in the rows found; of them read as one of the two spellings; of them as set. */
  readonly sites: number
  readonly read: number
  readonly agreeing: number
  /**
   * `kept`: nine of ten as set; `noisy`: more than chance; `chance`: no more than chance; `gone`: one spelling throughout, or neither;
   * `dropped`: the column is not in the sample.
   */
  readonly state: 'kept' | 'noisy' | 'chance' | 'gone' | 'dropped'
}

/** The marks of one extract as read in a sample. */
export interface MarkReading {
  readonly extract: string
  readonly holder: string
  readonly system: string
  readonly asOf: string
  /** Rows of the sample that the extract has. */
  readonly rowsFound: number
  /** Sites that can be compared (of kinds that are not gone) and of them as set. */
  readonly sites: number
  readonly agreeing: number
  /** Natural log of P(read | this extract's marks) / P(read | other marks), over noise levels. */
  readonly logLR: number
  /** Share of spellings that differ from those set, when enough are compared to say so. */
  readonly noise?: number
  /** log10 of the chance of as many agreeing among fair coins (extracts without a pool). */
  readonly log10Binomial?: number
  readonly againstChance: AgainstChance
  readonly survived: readonly Survival[]
  readonly canaries: number
}

/** A kind is gone when nearly all of its sites show one spelling: what was set is drawn, so both would be there. */
const goneShare = 0.05
const goneFrom = 20

/** Reads the marks of extracts in one sample: what is common to all of them is worked out once. */
export interface MarkReader {
  /** Throws a `UserError` when the index is not the one the extract was cut with. */
  read(extract: MarkedExtract): Promise<MarkReading>
}

/** A reader of marks for the rows of a sample. */
export function markReader({ rows, key }: { readonly rows: readonly SampleRow[]; readonly key: MarksKey }): MarkReader {
  const byToken = rowsByToken(rows)
  const shown = new Set(rows.flatMap((row) => row.tokens.map(shortToken)))
  const sample: Sample = { rows, byToken, wanted: new Set(byToken.keys()), shown, key, valueOf: remembered(key) }
  return { read: (extract) => readExtract(sample, extract) }
}

interface Sample {
  readonly rows: readonly SampleRow[]
  readonly byToken: ReturnType<typeof rowsByToken>
  readonly wanted: ReadonlySet<string>
  readonly shown: ReadonlySet<string>
  readonly key: MarksKey
  readonly valueOf: ValueOf
}

/** Value tokens, each worked out once: extracts of one source ask for the same ones. */
function remembered(key: MarksKey): ValueOf {
  const known = new Map<string, string>()
  return (form, text) => {
    const name = `${form} ${text}`
    const found = known.get(name) ?? valueToken(key, form, text)
    known.set(name, found)
    return found
  }
}

async function readExtract(sample: Sample, extract: MarkedExtract): Promise<MarkReading> {
  const { rows, byToken, wanted, shown, key, valueOf } = sample
  const { record } = extract
  const hash = createHash('sha256')
  const matches = await matchRows({ chunks: hashed(extract.index(), hash), layout: layoutOf(record), wanted })
  if (hash.digest('hex') !== record.index.sha256)
    throw new UserError({
      code: 'extract-index-changed',
      message: `the index of the extract ${record.extract} is not the one it was cut with`,
      hint: 'restore the workspace from a backup; without it the marks of this extract cannot be read',
    })
  const pairs = pairRows({ rows, byToken, matches })
  const groups = compareSites({ pairs, record, key, valueOf })
  const live = groups.filter(({ survival }) => survival.state !== 'gone' && survival.state !== 'dropped')
  const compared = live.flatMap((group) => group.compared)
  const agreeing = compared.filter((site) => site.bit === site.read).length
  return {
    extract: record.extract,
    holder: record.holder,
    system: record.system,
    asOf: record.asOf,
    rowsFound: pairs.length,
    sites: compared.length,
    agreeing,
    logLR: logMarks(live.map((group) => group.compared)),
    ...(compared.length < goneFrom ? {} : { noise: 1 - agreeing / compared.length }),
    ...(record.pool === undefined ? { log10Binomial: logBinomialTail(agreeing, compared.length) / Math.LN10 } : {}),
    againstChance: againstFreshKeys(
      compared,
      compared.reduce((sum, site) => sum + siteScore(site, site.read), 0),
    ),
    survived: groups.map((group) => group.survival),
    canaries: record.canaries.filter((token) => shown.has(token)).length,
  }
}

interface Group {
  readonly survival: Survival
  readonly compared: readonly ComparedSite[]
}

function compareSites(options: {
  readonly pairs: readonly Pair[]
  readonly record: ExtractRecord
  readonly key: MarksKey
  readonly valueOf: ValueOf
}): readonly Group[] {
  const { pairs, record, key, valueOf } = options
  const aligned = alignColumns({ pairs, record, valueOf })
  const named = distinct(pairs)
  const code = { holder: record.holder, extract: record.extract, ...(record.pool === undefined ? {} : { pool: record.pool }) }
  return record.marked.flatMap((column, at) => {
    const cell = aligned[at]
    const rows = named.flatMap(({ row, name, sample }) => {
      const text = cell === undefined ? '' : (sample.cells[cell] ?? '')
      const indexed = row.cells[at]
      if (indexed === undefined || indexed.mask === 0) return []
      // Another value than the one handed out says nothing about its spelling.
      const same = cell !== undefined && valueOf(column.form, text) === indexed.value
      return [{ name, text, mask: indexed.mask, same }]
    })
    return siteKinds.flatMap((kind, index): Group[] => {
      const here = rows.filter((row) => (row.mask & (1 << index)) !== 0)
      if (!column.kinds.includes(kind.name) || here.length === 0) return []
      const compared = here.flatMap((row): ComparedSite[] => {
        const read = row.same ? kind.read(row.text) : undefined
        if (read === undefined) return []
        return [{ read, ...codeBit(key, code, { row: row.name, site: siteName(column.name, kind.name) }) }]
      })
      const agreeing = compared.filter((site) => site.bit === site.read).length
      const known = { column: column.name, kind: kind.name, sites: here.length, read: compared.length, agreeing }
      return [{ survival: { ...known, state: stateOf(cell, here.length, compared) }, compared }]
    })
  })
}

/** One pair per row key: a row that stands twice in a sample says nothing new. */
function distinct(pairs: readonly Pair[]): readonly (Pair & { readonly name: string })[] {
  const seen = new Set<string>()
  return pairs.flatMap((pair) => {
    const name = rowKeyOf(pair.row.tokens)
    if (name === undefined || seen.has(name)) return []
    seen.add(name)
    return [{ ...pair, name }]
  })
}

function stateOf(cell: number | undefined, sites: number, compared: readonly ComparedSite[]): Survival['state'] {
  if (cell === undefined) return 'dropped'
  if (compared.length === 0 || compared.length * 10 < sites) return 'gone'
  const ones = compared.filter((site) => site.read === 1).length
  if (compared.length >= goneFrom && Math.min(ones, compared.length - ones) < compared.length * goneShare) return 'gone'
  const agreeing = compared.filter((site) => site.bit === site.read).length
  if (agreeing >= compared.length * 0.9) return 'kept'
  return logBinomialTail(agreeing, compared.length) < Math.log(1e-3) ? 'noisy' : 'chance'
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}
