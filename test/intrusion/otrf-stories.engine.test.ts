import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { knownSets } from '../../bench/story/known-moves.ts'
import { scoreSet } from '../../bench/story/score-set.ts'
import { storyFiles } from '../../src/app/index.ts'

const datasets = resolve(import.meta.dirname, '../../../shared/data/otrf/datasets')
/** One set for each way of moving, and one whose move was blocked: all of them are measured by `npm run bench -- story`. */
const ways = [
  'covenant_com_wsman_automation',
  'covenant_dcom_executeexcel4macro_blocked',
  'covenant_sharpwmi_create_dcerpc_wmi',
  'mimikatz_CVE-2020-1472_Unauthenticated_NetrServerAuthenticate2',
  'schtask_create',
]
const sets = knownSets().filter((one) => ways.includes(one.set))

test.skipIf(!existsSync(datasets)).each(sets.map((set) => ({ name: set.set, set })))(
  `the moves of $name are told, and none that is not${existsSync(datasets) ? '' : ' (skipped: no shared data)'}`,
  async ({ set }) => {
    const told = await storyFiles({ paths: [resolve(datasets, set.folder, `${set.set}.zip`)], rules: [], watch: {} })
    const score = scoreSet(set, told.stories)
    expect(score.invented).toEqual([])
    expect(score.missed).toEqual([])
    expect(score.exact).toHaveLength(set.moves.length)
    for (const hop of told.stories.flatMap((story) => story.lateralMovement)) expect(hop.cites.length).toBeGreaterThan(0)
  },
  60_000,
)
