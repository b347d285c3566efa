import { createHash, randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import {
  answerTo,
  askAbout,
  commitTo,
  documentText,
  itemOf,
  itemSpec,
  openBulk,
  readAnswer,
  readSet,
  verifyTranscript,
} from '../src/vendor-check/index.ts'
import { Stopwatch, type Measure } from './measure.ts'

const at = '2026-10-07T00:00:00.000Z'

/** All steps of a vendor check, both sides on this machine: `--size` records at the vendor, a hundredth of them in the sample. */
export const vendorCheck: Measure = {
  about:
    'commit to records (canonical forms included), ask with 60 + 60 controls, answer, read, verify; sample = records / 100, 95 % of it held',
  needs: 'nothing',
  drill: 100_000,
  runs: 3,
  rates: [
    { unit: 'records/s', count: 'records', time: 'commit' },
    { unit: 'items/s', count: 'items asked', time: 'answer' },
    { unit: 'items/s', count: 'items asked', time: 'read' },
  ],
  async run({ size }) {
    const time = new Stopwatch()
    const watch = {}
    const bulk = await openBulk(Math.min(16, availableParallelism()))
    const seed = new Uint8Array(32).fill(3)
    const spec = itemSpec('msisdn+name')
    const sampled = Math.max(20, Math.floor(size / 100))
    try {
      const { commitment, set } = await time.time('commit', () =>
        commitTo(batches(size), { terms: { case: 'bench', mode: 'count', item: spec, country: 'MY', at }, seed, bulk, watch }),
      )
      const items = (from: number, to: number): Map<string, number> =>
        new Map(Array.from({ length: to - from }, (_, n) => [item(from + n) ?? '', n + 1]))
      const held = Math.floor(sampled * 0.95)
      const sample = new Map([...items(0, held), ...items(50_000_000, 50_000_000 + sampled - held)])
      const { ask, state } = await time.time('ask', () =>
        askAbout({
          commitment,
          questions: {
            sample: { sha256: '0'.repeat(64), rows: sampled, incomplete: 0, handed: 0, items: sample },
            handed: items(size - 60, size),
            never: items(60_000_000, 60_000_060),
          },
          at,
          random: (bytes) => randomBytes(bytes),
          bulk,
        }),
      )
      const answer = await time.time('answer', () => answerTo(ask, { seed, at, bulk, watch }))
      const { hits, transcript } = await time.time('read', () =>
        readAnswer({ ask, answer, state, set: readSet(set.bytes, 'set.bin'), at, bulk, watch }),
      )
      await time.time('verify', () => verifyTranscript(transcript, { bulk, watch }))
      return {
        counts: {
          records: size,
          'items asked': ask.elements.length,
          found: hits.sample,
          'controls found': hits.handed,
          'set bytes': set.bytes.length,
          'question bytes': documentText(ask).length,
          'answer bytes': documentText(answer).length,
        },
        times: time.times,
        cores: time.cores,
        corpus: {
          folder: '',
          label: `${size} made-up records, sample of ${sampled}`,
          files: [],
          bytes: 0,
          leftOut: 0,
          unpackFaults: 0,
          sha256: createHash('sha256').update(`vendor-check ${size}`).digest('hex'),
          country: 'MY',
          zone: '',
        },
      }
    } finally {
      await bulk.close()
    }

    function item(n: number): string | undefined {
      return itemOf(spec, [`01${String(20_000_000 + n)}`, `Person ${n} bin Example`], { country: 'MY' })
    }

    async function* batches(count: number): AsyncGenerator<(string | undefined)[]> {
      for (let from = 0; from < count; from += 2_000)
        yield Array.from({ length: Math.min(2_000, count - from) }, (_, n) => item(from + n))
    }
  },
}
