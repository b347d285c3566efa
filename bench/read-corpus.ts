import { fileSource, overlapped } from '../src/base/index.ts'
import { EventMemory, eventsTable, loadEvents, readEvents, type ReadEventsOptions } from '../src/events/index.ts'
import { identify } from '../src/formats/index.ts'
import type { Lake } from '../src/store/index.ts'
import type { Corpus, CorpusFile } from './corpus.ts'

/** The events of one log of a corpus, read as an investigation reads them. */
async function eventsOf(corpus: Corpus, file: CorpusFile, memory: EventMemory): Promise<ReturnType<typeof readEvents>> {
  const source = await fileSource(file.path, file.name)
  return readEvents(source, { ...readingOf(corpus, file), identified: await identify(source), rows: true, memory })
}

/** Loads the logs of a corpus as an investigation does, a committed load for each, of which it tells: one is read while the last of the one before is stored. */
export function loadCorpus(
  lake: Lake,
  corpus: Corpus,
  committed: (load: string, events: number) => void = () => {},
): Promise<{ readonly id: string; readonly events: number; readonly faults: number }[]> {
  const memory = new EventMemory()
  return overlapped(corpus.files, async (file, read) => {
    let given = { events: 0, faults: 0 }
    // The name is part of the key: files with the same bytes are stored each.
    const { id } = await lake.load({ key: `bench:${file.name}:${file.sha256}`, tables: [eventsTable] }, async (writer) => {
      const batches = await eventsOf(corpus, file, memory)
      given = await loadEvents({ writer, batches, exhibit: { sha256: file.sha256 }, faultsKept: 0, memory, read })
    })
    committed(id, given.events)
    return { ...given, id }
  })
}

/** How a log of a corpus is to be read, as its settings say. */
export function readingOf(corpus: Corpus, file: CorpusFile): ReadEventsOptions {
  const { host, log_line_prefix: prefix } = file.settings
  const zone = file.settings.zone ?? corpus.zone
  return {
    ...(zone === '' ? {} : { zone }),
    ...(host === undefined ? {} : { host }),
    ...(prefix === undefined ? {} : { prefix }),
  }
}

/** The files of a corpus with one of the roles, in order of name. */
export function filesOf(corpus: Corpus, ...roles: readonly string[]): readonly CorpusFile[] {
  return corpus.files.filter((file) => roles.includes(file.settings.role ?? ''))
}
