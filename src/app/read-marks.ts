import type { Fault, Watch } from '../base/index.ts'
import { openRecords } from '../formats/index.ts'
import {
  carriesMarks,
  dateSurvival,
  markStatement,
  markReader,
  readSample,
  type DateSurvival,
  type MarkReading,
} from '../marks/index.ts'
import { extractsOf, tableFormats } from './extracts-of.ts'
import { collectLoose, looseFiles } from './loose-files.ts'
import type { Workspace } from './workspace.ts'

/** The marks of one extract as found in a sample, with the sentence that says so. */
export interface ExtractInSample extends MarkReading {
  readonly carries: boolean
  readonly statement: string
  readonly log10LR: number
  readonly dates: DateSurvival | null
}

/** The marks found in one sample, the extract that fits best first. */
export interface SampleMarks {
  readonly sample: string
  readonly sha256: string
  readonly rows: number
  /** Rows compared one by one; further ones are only counted. */
  readonly compared: number
  readonly extracts: readonly ExtractInSample[]
  readonly faults: readonly Fault[]
}

/** Reads the marks of every extract that this workspace handed out. Says which copy a sample comes from, never who passed it on. */
export async function readMarks(options: {
  readonly workspace: Workspace
  readonly paths: readonly string[]
  readonly country?: string
  /** To try on encrypted archives. */
  readonly passwords?: readonly string[]
  readonly watch: Watch
}): Promise<readonly SampleMarks[]> {
  const { workspace, paths, watch } = options
  const handed = extractsOf(workspace)
  const files = await looseFiles({
    paths,
    role: (seen) => (Object.hasOwn(tableFormats, seen.kind) ? 'sample' : undefined),
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
    watch,
  })
  try {
    const { items, faults } = await collectLoose(files, 'sample (CSV, JSON lines or SQL dump)')
    const { key, tokens, extracts } = handed
    const countries = [...new Set(extracts.flatMap((one) => one.record.country ?? []))]
    const country = options.country ?? (countries.length === 1 ? countries[0] : undefined)
    const found: SampleMarks[] = []
    for (const item of items) {
      const sample = await readSample({
        table: await openRecords(item.source, tableFormats[item.identified.kind] ?? 'csv', { watch }),
        identifiers: extracts.flatMap((one) => one.record.identifiers.map((column) => column.identifier)),
        tokens,
        ...(country === undefined ? {} : { country }),
      })
      const reader = markReader({ rows: sample.rows, key })
      const readings: ExtractInSample[] = []
      for (const extract of extracts) {
        watch.signal?.throwIfAborted()
        watch.report?.({ step: 'reading marks', done: readings.length, total: extracts.length, unit: 'extracts' })
        const reading = await reader.read(extract)
        readings.push({
          ...reading,
          carries: carriesMarks(reading, extracts.length),
          statement: markStatement(reading, extracts.length),
          log10LR: reading.logLR / Math.LN10,
          dates: dateSurvival(sample.rows, extract.record) ?? null,
        })
      }
      found.push({
        sample: item.member === undefined ? item.file : `${item.file}#${item.member}`,
        sha256: item.sha256,
        rows: sample.rowCount,
        compared: sample.rows.length,
        extracts: readings.sort((a, b) => b.logLR - a.logLR || (a.extract < b.extract ? -1 : 1)),
        faults: [...handed.faults, ...faults.filter((one) => one.where.file === item.file), ...sample.faults],
      })
    }
    return found
  } finally {
    await files.release()
  }
}
