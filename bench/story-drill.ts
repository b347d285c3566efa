import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { storyFiles } from '../src/app/index.ts'
import { writeScenario } from '../src/drill/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { drillCases } from './story/drill-cases.ts'
import { scoreDrill, type DrillScore } from './story/score-drill.ts'

/** Seeds below are for fitting; those from here on are reported. */
const firstReported = 100

const empty = { cases: 0, leads: 0 } as const

/** Stories of generated intrusions against their sealed truth, under good and bad conditions. `--size` is the number of seeds. */
function storyDrillFrom(first: number, what: string): Measure {
  return {
    about: `attack stories of generated estates against their truth, ${what}`,
    needs: 'nothing',
    drill: 1,
    runs: 1,
    rates: [{ unit: 'events/s', count: 'events', time: 'read and tell' }],
    async run({ size, scratch, rules }) {
      const watch = new Stopwatch()
      const counts: Record<string, number> = { events: 0 }
      const add = (group: string, figures: object): void => {
        for (const [name, value] of Object.entries(figures) as [string, number][])
          counts[`${group}: ${words[name] ?? name}`] = (counts[`${group}: ${words[name] ?? name}`] ?? 0) + value
      }
      for (const { scenario, variant, seed, options } of drillCases(first, size)) {
        const out = join(scratch, `${scenario}-${seed}`)
        const truth = await watch.time('generate', () => writeScenario({ scenario, seed, options, out, watch: {} }))
        const told = await watch.time('read and tell', () =>
          storyFiles({ paths: [join(out, 'case')], rules: rules === 'own' ? [] : [rules], watch: {} }),
        )
        await rm(out, { recursive: true })
        counts.events = (counts.events ?? 0) + told.events
        const score = scoreDrill(truth, told.stories)
        add(variant === 'plain' ? scenario : `${scenario}, ${variant}`, {
          ...empty,
          cases: 1,
          ...(scenario === 'benign' ? { false: score.false } : score),
          leads: told.leads?.length ?? 0,
        })
      }
      return { counts, times: watch.times, cores: watch.cores }
    },
  }
}

const words: Readonly<Partial<Record<string, string>>> = {
  entries: 'entry right',
  false: 'false stories',
  stories: 'right stories',
  hostsRight: 'hosts right',
  hostsCalled: 'hosts called',
  hosts: 'hosts in truth',
  movesRight: 'moves right',
  movesTold: 'moves told',
  moves: 'moves in truth',
  objectsRight: 'objects right',
  objects: 'objects in truth',
} satisfies Partial<Record<keyof DrillScore, string>>

export const storyDrill: Measure = storyDrillFrom(firstReported, 'on seeds that nothing was fitted on')
export const storyDrillFit: Measure = storyDrillFrom(1, 'on the seeds that thresholds are fitted on')
