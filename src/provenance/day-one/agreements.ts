import type { Copy as Agreement } from '../../inventory/index.ts'
import type { Column } from '../columns.ts'
import { headerMeaning, slug } from '../header-words.ts'
import type { AgreementAnswer, DayWindow, SystemAnswer } from './answer.ts'
import type { SampleCells } from './sample-cells.ts'
import type { SystemEvidence } from './system-evidence.ts'

/** Which agreements' field lists could have carried the sample's fields, by id. Holders stay out of the answer. */
export function agreementAnswers(options: {
  readonly agreements: readonly Agreement[]
  readonly sample: SampleCells
  readonly systems: readonly SystemEvidence[]
  readonly answers: readonly SystemAnswer[]
  readonly window: DayWindow
}): readonly AgreementAnswer[] {
  return options.agreements.map((one) => answered(one, options)).toSorted((a, b) => (a.agreement < b.agreement ? -1 : 1))
}

function answered(
  agreement: Agreement,
  { sample, systems, answers, window }: Omit<Parameters<typeof agreementAnswers>[0], 'agreements'>,
): AgreementAnswer {
  const { id, system, cut, fields } = agreement
  const base = { agreement: id, ...(system === undefined ? {} : { system }), ...(cut === undefined ? {} : { cut }) }
  const listed = new Set(fields.flatMap(namesOfField))
  const held = sample.columns.map((_, at) => systems.some((one) => (one.pairs[at]?.rowsOccurring ?? 0) >= 0.2))
  // Columns that no system holds may have been added on the way; without any system at hand every column counts.
  const counted = held.includes(true) ? held : held.map(() => true)
  const missing = sample.columns.flatMap((column, at) => {
    if (counted[at] !== true || column.meaning.kind === 'secret') return []
    const names = [...namesOf(column), ...systems.flatMap((one) => namesIn(one, at))]
    return names.some((name) => listed.has(name)) ? [] : [column.name]
  })
  if (fields.length === 0)
    return { ...base, standing: 'not-decided', missing: [], why: 'the agreement has no field list in the inventory' }
  if (missing.length > 0)
    return { ...base, standing: 'not-possible', missing, why: `its field list does not have ${missing.join(', ')}` }
  const of = answers.find((one) => system !== undefined && one.system.toLowerCase() === system.toLowerCase())
  if (of?.standing === 'cannot')
    return { ...base, standing: 'not-possible', missing, why: `it is drawn from ${of.system}, which cannot produce this sample` }
  if (cut === undefined)
    return {
      ...base,
      standing: 'would-have-been-possible',
      missing,
      why: 'its field list covers the fields; its day is not in the inventory',
    }
  if (window.earliest !== undefined && cut < window.earliest)
    return {
      ...base,
      standing: 'not-possible',
      missing,
      why: `cut on ${cut}, before the earliest day of the sample (${window.earliest})`,
    }
  if (window.latest !== undefined && cut > window.latest)
    return {
      ...base,
      standing: 'not-possible',
      missing,
      why: `cut on ${cut}, after the latest day of the sample (${window.latest})`,
    }
  return {
    ...base,
    standing: 'would-have-been-possible',
    missing,
    why: 'its field list covers the fields, and its day is within the days open',
  }
}

function namesOf(column: Column): readonly string[] {
  const { meaning } = column
  return [
    slug(column.name),
    ...(meaning.kind === 'identifier' ? [meaning.identifier] : []),
    ...(meaning.kind === 'field' ? [meaning.field] : []),
  ]
}

function namesIn(system: SystemEvidence, at: number): readonly string[] {
  const pair = system.pairs[at]
  return pair === undefined || pair.rowsOccurring < 0.2 ? [] : namesOfField(pair.column)
}

/** A field as an agreement or table names it, and as this room would call it. */
function namesOfField(field: string): readonly string[] {
  const said = headerMeaning(field)
  const name = said?.kind === 'identifier' ? said.identifier : said?.kind === 'field' ? said.field : undefined
  return [slug(field), ...(name === undefined ? [] : [name])]
}
