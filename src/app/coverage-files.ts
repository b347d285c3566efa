import type { Coverage } from '../assessment/index.ts'
import { limits, type Fault, type Watch } from '../base/index.ts'
import { coverageMeter, readEvents } from '../events/index.ts'
import { coverageOf } from './coverage.ts'
import { readingOf } from './detect.ts'
import { asLog } from './detect-files.ts'
import type { Item } from './items.ts'
import { looseFiles, type Skipped } from './loose-files.ts'
import { logSourceOf } from './read-logs.ts'

/** The coverage of logs given as files; nothing is stored. */
export interface FilesCoverage {
  readonly coverage: Coverage
  readonly files: number
  readonly events: number
  readonly skipped: readonly Omit<Skipped, 'kind'>[]
  readonly faults: number
  /** The first of them. */
  readonly faultList: readonly Fault[]
}

/** Reads logs once and says what they cover, what is missing in them, and what could have been seen. */
export async function coverageFiles(options: {
  readonly paths: readonly string[]
  readonly zone?: string
  /** Days (or instants) between which the visible techniques are counted too. */
  readonly period?: { readonly from: string; readonly to: string }
  readonly watch: Watch
}): Promise<FilesCoverage> {
  const { paths, watch } = options
  const files = await looseFiles({ paths, role: asLog, watch })
  const meter = coverageMeter()
  const items: Item[] = []
  const skipped: Omit<Skipped, 'kind'>[] = []
  const faultList: Fault[] = []
  let faults = 0
  let events = 0
  const fault = (one: Fault): void => {
    faults += 1
    if (faultList.length < limits.faultsKept) faultList.push(one)
  }
  try {
    for await (const item of files.items()) {
      if ('kind' in item) {
        if (item.kind === 'fault') fault(item)
        else skipped.push({ file: item.file, seen: item.seen })
        continue
      }
      const log = logSourceOf(item, options.zone ?? files.settings.zone ?? '')
      for await (const batch of readEvents(item.source, readingOf(log, watch))) {
        watch.signal?.throwIfAborted()
        for (const one of batch.faults) fault(one)
        events += batch.records.length
        meter.add(batch.records, items.length)
      }
      items.push(item)
      watch.report?.({ step: 'reading logs', done: items.length, total: files.count, unit: 'files' })
    }
  } finally {
    await files.release()
  }
  const coverage = coverageOf({ items, rows: meter.result() }, options.period)
  return { coverage, files: items.length, events, skipped, faults, faultList }
}
