import { UserError, type Watch } from '../base/index.ts'
import { exhibits } from '../evidence/index.ts'
import { openRecords } from '../formats/index.ts'
import { canonical, identifierKinds, type IdentifierKind } from '../persons/index.ts'
import { dataItemOf, type NoticeTexts } from '../response/index.ts'
import type { CaseInfo, CaseStore } from './case-store.ts'
import { itemsOf, type Item } from './items.ts'
import { lastAnswer } from './last-answer.ts'
import { recordFormat } from './record-format.ts'

/** Rows of samples that are held at once while their persons are looked for. */
const mostRows = 2_000_000

/** A row of a sample with the accounts of customers that it met. */
export interface SampleRow {
  readonly place: string
  readonly n: number
  readonly items: readonly string[]
  /** Accounts met, by kind of identifier. */
  readonly accounts: Map<IdentifierKind, Set<string>>
}

/** A row with its identifiers in canonical form. */
export interface ReadSample {
  readonly row: SampleRow
  readonly keys: readonly (readonly [IdentifierKind, string])[]
}

/** On which day rows are met, and what is said of samples. */
interface Days {
  /** Day the values agree with, `YYYY-MM-DD`; absent when nothing in a sample tells. */
  readonly day?: string
  readonly notes: readonly string[]
}

/** Every row of every sample that is not judged invented. Throws a `UserError` when there is none, or more than can be held. */
export async function sampleRows(options: {
  readonly items: readonly Item[]
  readonly store: CaseStore
  readonly info: CaseInfo
  readonly texts: NoticeTexts
  readonly watch: Watch
}): Promise<{ rows: ReadSample[]; days: Days }> {
  const { items, store, info, texts, watch } = options
  const answer = lastAnswer(store)
  const judged = [...(answer.provenance === null ? [] : [answer.provenance]), ...answer.furtherSamples]
  const names = new Map(exhibits(store.db).map((one) => [one.sha256, one.number]))
  const rows: ReadSample[] = []
  const notes: string[] = []
  const days = new Set<string>()
  for (const item of itemsOf(items, 'sample')) {
    const verdict = judged.find((one) => one.sample === (item.member ?? item.file))
    if (verdict === undefined) continue
    if (verdict.verdict === 'fabricated') {
      notes.push(`${verdict.sample} is judged invented: nobody is told for it.`)
      continue
    }
    if (verdict.padding.leak !== undefined)
      notes.push(
        `${verdict.padding.rows} rows of ${verdict.sample} agree with the earlier leak ${verdict.padding.leak}: their persons are in the list too.`,
      )
    const day = verdict.sources[0]?.asOf?.day
    if (day !== undefined) days.add(day)
    const meanings = new Map(verdict.columns.map((one) => [one.name, one.meaning]))
    const table = await openRecords(item.source, recordFormat(item), { watch })
    const columns = table.columns.map((name) => meanings.get(name) ?? '')
    const place = `${names.get(item.sha256) ?? item.file}${item.member === undefined ? '' : ` ${item.member}`}`
    for await (const { records } of table.rows)
      for (const record of records) {
        watch.signal?.throwIfAborted()
        if (rows.length >= mostRows) throw tooMany()
        rows.push(sampleRow({ record, columns, place, info, texts }))
      }
  }
  if (rows.length === 0)
    throw new UserError({
      code: 'nobody-to-tell',
      message: 'no sample of this case holds a row that could be read',
      hint: 'add the sample with "breachline evidence add FILE" and investigate again',
    })
  return { rows, days: { ...(days.size === 1 ? { day: [...days][0] ?? '' } : {}), notes } }
}

function sampleRow(options: {
  readonly record: { readonly n: number; readonly values: readonly string[] }
  readonly columns: readonly string[]
  readonly place: string
  readonly info: CaseInfo
  readonly texts: NoticeTexts
}): ReadSample {
  const { record, columns, place, info, texts } = options
  const filled = columns.flatMap((meaning, at) => ((record.values[at] ?? '').trim() === '' ? [] : [{ meaning, at }]))
  const items = filled.flatMap(({ meaning }) => dataItemOf(texts, meaning)?.id ?? [])
  const keys = filled.flatMap(({ meaning, at }): (readonly [IdentifierKind, string])[] => {
    const kind = identifierKinds.find((one) => one === meaning)
    const known = kind === undefined ? undefined : canonicalOf(kind, record.values[at] ?? '', info)
    return kind === undefined || known === undefined ? [] : [[kind, known]]
  })
  return { row: { place, n: record.n, items: [...new Set(items)], accounts: new Map() }, keys }
}

/** The canonical form of a value in the country of the case. */
export function canonicalOf(kind: IdentifierKind, value: string, info: CaseInfo): string | undefined {
  return canonical(kind, value, info.country === '' ? {} : { country: info.country })
}

function tooMany(): UserError {
  return new UserError({
    code: 'sample-too-large',
    message: `the samples hold more than ${mostRows} rows`,
    hint: 'give the list from the customer system itself, by the same identifiers',
  })
}
