import { join } from 'node:path'
import { readBlind, readCorpus, type CorpusDocument } from './claims/corpus.ts'
import { f1, scoreDocument, sum, type Score } from './claims/score.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** Posts and articles of the frozen corpus, read one by one and compared with what was expected. */
export const claims: Measure = {
  about:
    'reading of invented posts, articles, mails and feeds against expected readings; one part was never seen while rules were written',
  needs: 'nothing',
  drill: 1,
  runs: 1,
  rates: [{ unit: 'documents/s', count: 'documents', time: 'read' }],
  async run() {
    const watch = new Stopwatch()
    const folder = join(import.meta.dirname, '..', 'test', 'cases', 'claims', 'corpus')
    const corpus = readCorpus(folder)
    const blind = readBlind(folder)
    const scored = await watch.time('read', async () => {
      const all: { readonly half: string; readonly tricky: boolean; readonly score: Score }[] = []
      for (const { file, documents } of corpus)
        for (const one of documents)
          all.push({
            half: file.startsWith('first') ? 'first half' : 'second half',
            tricky: one.tricky,
            score: await scoreDocument(one),
          })
      return all
    })
    const unknown = await watch.time('read', async () => ({
      seen: await scoredAll(blind.seen),
      unseen: await scoredAll(blind.unseen),
    }))
    const counts: Record<string, number> = { documents: scored.length + blind.seen.length + blind.unseen.length }
    const sets = [
      ['all', scored],
      ['first half', scored.filter((one) => one.half === 'first half')],
      ['second half', scored.filter((one) => one.half === 'second half')],
      ['tricky', scored.filter((one) => one.tricky)],
      ['blind, tuned on', unknown.seen],
      ['blind, never seen', unknown.unseen],
    ] as const
    for (const [name, list] of sets)
      for (const what of ['assertions', 'amounts', 'names'] as const) {
        const tally = sum(...list.map((one) => one.score[what]))
        counts[`${name}: ${what}, F1`] = Math.round(f1(tally) * 1000) / 1000
        if (name === 'all')
          Object.assign(counts, {
            [`${what} right`]: tally.hit,
            [`${what} missed`]: tally.missed,
            [`${what} too much`]: tally.extra,
          })
      }
    return { counts, times: watch.times, cores: watch.cores }
  },
}

async function scoredAll(documents: readonly CorpusDocument[]): Promise<{ readonly score: Score }[]> {
  return await Promise.all(documents.map(async (one) => ({ score: await scoreDocument(one) })))
}
