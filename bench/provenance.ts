import { basename, join } from 'node:path'
import { fileSource } from '../src/base/index.ts'
import { openRecords } from '../src/formats/index.ts'
import { tokenKey } from '../src/persons/index.ts'
import { judge, listCopies, provenanceTables, registerCopy, type CopyManifest } from '../src/provenance/index.ts'
import { openLake } from '../src/store/index.ts'
import type { CorpusFile } from './corpus.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { filesOf } from './read-corpus.ts'

/** Registering the copies and leaks of a case, then judging its samples against all of them. */
export const provenance: Measure = {
  about: 'rows of copies and leaks registered as keyed tokens; then the sample judged against all of them',
  needs: 'case',
  // The smallest round size whose sample has the full 1,886 rows.
  drill: 40_000,
  runs: 3,
  rates: [
    { unit: 'rows/s', count: 'copy rows', time: 'register copies' },
    { unit: 'MB/s', count: 'copy bytes', time: 'register copies', per: 1e6 },
    { unit: 'rows/s', count: 'sample rows', time: 'judge samples' },
  ],
  async run({ corpus, scratch }) {
    const watch = new Stopwatch()
    const registry = join(scratch, 'registry')
    const key = tokenKey(new Uint8Array(16).fill(7))
    const country = corpus.country === '' ? {} : { country: corpus.country }
    const lake = await watch.time('open the lake', () => openLake({ directory: join(scratch, 'lake'), tables: provenanceTables }))
    try {
      const copies = filesOf(corpus, 'copy', 'leak')
      let copyRows = 0
      await watch.time('register copies', async () => {
        for (const file of copies) {
          const table = await openRecords(await fileSource(file.path, file.name), 'csv')
          const { sha256, name: source } = file
          const copy = await registerCopy({ table, sha256, source, manifest: manifestOf(file), key, lake, registry, ...country })
          copyRows += copy.rows
        }
      })
      let sampleRows = 0
      let answers = 0
      for (const { path, name, sha256 } of filesOf(corpus, 'sample'))
        await watch.time('judge samples', async () => {
          const table = await openRecords(await fileSource(path, name), 'csv')
          const exhibit = { sha256, file: name }
          const verdict = await judge({ table, exhibit, lake, key, copies: listCopies(registry), registry, ...country })
          sampleRows += verdict.rows
          answers += verdict.sources.length
        })
      const copyBytes = copies.reduce((sum, file) => sum + file.bytes, 0)
      return {
        counts: {
          copies: copies.length,
          'copy rows': copyRows,
          'copy bytes': copyBytes,
          'sample rows': sampleRows,
          'copies weighed': answers,
        },
        times: watch.times,
        cores: watch.cores,
      }
    } finally {
      await lake.close()
    }
  },
}

function manifestOf({ name, settings }: CorpusFile): CopyManifest {
  const id = basename(name)
    .replace(/\.[a-z0-9]+$/i, '')
    .toLowerCase()
  const leak = settings.role === 'leak'
  return {
    id,
    kind: leak ? 'leak' : settings.history === true ? 'own' : 'extract',
    holder: (leak ? settings.name : settings.holder) ?? id,
    system: settings.system ?? '',
    asOf: (leak ? settings.date : settings.as_of) ?? '1970-01-01',
    history: settings.history ?? false,
  }
}
