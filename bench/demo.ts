import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { actingPerson, caseDesk, investigate, openWorkspace, type World } from '../src/app/index.ts'
import { writeDrill } from '../src/drill/index.ts'
import { openCorpus } from './corpus.ts'
import { Stopwatch, type Measure } from './measure.ts'

/** What `breachline demo --no-serve` does: a breach generated, investigated, and the page's view of it made. */
export const demo: Measure = {
  about: 'the whole demo: generation, investigation, the first view of the page',
  needs: 'nothing',
  drill: 200_000,
  runs: 1,
  rates: [{ unit: 'events/s', count: 'events', time: 'investigate' }],
  async run({ size, scratch }) {
    const watch = new Stopwatch()
    const out = join(scratch, 'drill')
    const spare = join(scratch, 'spare')
    await mkdir(spare, { recursive: true })
    const world: World = {
      now: () => new Date().toISOString(),
      pid: process.pid,
      env: { BREACHLINE_KEYS: join(scratch, 'keys') },
      home: scratch,
      user: 'bench',
    }
    const signer = actingPerson(world)
    const workspace = openWorkspace({ directory: join(scratch, 'workspace'), command: 'bench', world })
    try {
      await watch.time('generate', () => writeDrill({ scenario: 'demo', seed: 1, size, out, watch: {} }))
      const paths = [join(out, 'case')]
      const answer = await watch.time('investigate', () =>
        investigate({ workspace, signer, paths, roles: [], rules: [], watch: {} }),
      )
      await watch.time('view', () => caseDesk(workspace, signer).page(answer.case.id))
      const whole = (step: Readonly<Record<string, number>>) => ({
        ...step,
        whole: Object.values(step).reduce((sum, one) => sum + one, 0),
      })
      return {
        counts: {
          events: answer.stories?.events ?? 0,
          detections: answer.stories?.detections ?? 0,
          posts: answer.threads.reduce((sum, thread) => sum + thread.posts.length, 0),
          'sample rows': answer.provenance?.rows ?? 0,
          stories: answer.stories?.stories.length ?? 0,
          accesses: answer.lookups?.accesses ?? 0,
          watched: answer.lookups?.watched.length ?? 0,
          faults: answer.faults.total,
        },
        times: whole(watch.times),
        cores: whole(watch.cores),
        corpus: await openCorpus({ folder: out, label: `drill of seed 1, size ${size}`, needs: 'nothing', scratch: spare }),
      }
    } finally {
      await workspace.close()
    }
  },
}
