import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileSource } from '../src/base/index.ts'
import { readInventoryToml } from '../src/inventory/index.ts'
import { lookupTables, reviewLookups } from '../src/lookups/index.ts'
import { tokenKey } from '../src/persons/index.ts'
import { openLake } from '../src/store/index.ts'
import type { Corpus, CorpusFile } from './corpus.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { filesOf } from './read-corpus.ts'

/** The review of who read whose records: once from the files, once more over what is in the lake already. */
export const lookups: Measure = {
  about:
    'accesses of audit logs read into an empty lake with the recorded reasons, and reviewed; then reviewed again from the lake',
  needs: 'case',
  drill: 20_000,
  runs: 3,
  rates: [
    { unit: 'accesses/s', count: 'accesses', time: 'read and review' },
    { unit: 'MB/s', count: 'bytes', time: 'read and review', per: 1e6 },
    { unit: 'accesses/s', count: 'accesses', time: 'review again' },
  ],
  async run({ corpus, scratch }) {
    const watch = new Stopwatch()
    const logs = filesOf(corpus, 'audit')
    const told = filesOf(corpus, 'explain')
    const options = {
      key: tokenKey(new Uint8Array(16).fill(7)),
      ...(corpus.country === '' ? {} : { country: corpus.country }),
      ...(corpus.zone === '' ? {} : { zone: corpus.zone }),
      ...(await baseOf(corpus)),
      audit: await Promise.all(logs.map(async (file) => ({ ...(await sourceOf(file, corpus)), format: formatOf(file) }))),
      reasons: await Promise.all(told.map(async (file) => ({ ...(await sourceOf(file, corpus)), format: 'csv' as const }))),
    }
    const lake = await watch.time('open the lake', () => openLake({ directory: join(scratch, 'lake'), tables: lookupTables }))
    try {
      const { review, faults } = await watch.time('read and review', () => reviewLookups(lake, options))
      await watch.time('review again', () => reviewLookups(lake, options))
      const bytes = [...logs, ...told].reduce((sum, file) => sum + file.bytes, 0)
      const { accesses, subscribers, tested, watched } = review
      return {
        counts: { accesses, bytes, subscribers, tested, watched: watched.length, faults: faults.length },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}

function formatOf(file: CorpusFile): 'pgaudit' | 'csv' {
  return file.kind === 'pgaudit' ? 'pgaudit' : 'csv'
}

async function sourceOf(file: CorpusFile, corpus: Corpus) {
  const { host, system, log_line_prefix: logLinePrefix } = file.settings
  const zone = file.settings.zone ?? corpus.zone
  return {
    source: await fileSource(file.path, file.name),
    sha256: file.sha256,
    ...(host === undefined ? {} : { host }),
    ...(system === undefined ? {} : { system }),
    ...(logLinePrefix === undefined ? {} : { logLinePrefix }),
    ...(zone === '' ? {} : { zone }),
  }
}

async function baseOf(corpus: Corpus): Promise<{ subscriberBase?: number }> {
  for (const { path, name } of filesOf(corpus, 'inventory')) {
    const base = readInventoryToml(await readFile(path, 'utf8'), name).entries.find((entry) => entry.kind === 'subscriber_base')
    if (base !== undefined) return { subscriberBase: base.count }
  }
  return {}
}
