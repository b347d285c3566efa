import { fileSource } from '../src/base/index.ts'
import { readEvents, type ReadEventsOptions } from '../src/events/index.ts'
import { identify } from '../src/formats/index.ts'
import type { Corpus, CorpusFile } from './corpus.ts'

/** The events of one log of a corpus, read as an investigation reads them. */
export async function eventsOf(corpus: Corpus, file: CorpusFile): Promise<ReturnType<typeof readEvents>> {
  const source = await fileSource(file.path, file.name)
  return readEvents(source, { ...readingOf(corpus, file), identified: await identify(source), rows: true })
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
