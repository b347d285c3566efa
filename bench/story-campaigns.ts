import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { storyFiles } from '../src/app/index.ts'
import { Stopwatch, type Measure } from './measure.ts'
import { campaignOf, type Campaign } from './story/campaign.ts'
import { knownSets } from './story/known-moves.ts'
import { writePlaced } from './story/restitch.ts'
import { scoreCampaign, type CampaignScore } from './story/score-campaign.ts'

/** Seeds below are for fitting; those from here on are reported. */
const firstReported = 100

const words: Readonly<Record<keyof CampaignScore, string>> = {
  stories: 'stories of campaigns',
  mixed: 'stories mixed with others',
  entries: 'first guess of the way in right',
  hostsRight: 'hosts right',
  hostsCalled: 'hosts called',
  hosts: 'hosts in truth',
  movesRight: 'moves right',
  moves: 'moves in truth',
  stagesTold: 'steps told',
  stages: 'steps in truth',
  inOrder: 'pairs of steps in order',
  outOfOrder: 'pairs out of order',
  pairs: 'pairs of told steps',
  edgesRight: 'edges of the attack',
  edges: 'edges told',
  hopsRight: 'hops of the attack',
  hops: 'hops told',
}

/** Campaigns of 3 to 7 public event sets of one domain, moved in time and to other hosts, with others beside them. `--size` is the number of seeds. */
function campaignsFrom(first: number, what: string, aheadMs = 0): Measure {
  return {
    about: `attack stories of campaigns stitched from public event sets of one domain, ${what}`,
    needs: 'logs',
    seeds: 1,
    runs: 1,
    rates: [{ unit: 'events/s', count: 'events', time: 'read and tell' }],
    async run({ corpus, size, scratch, rules }) {
      const watch = new Stopwatch()
      const counts: Record<string, number> = { campaigns: 0, events: 0 }
      const sets = knownSets().filter((set) => corpus.files.some((one) => one.name.includes(`/${set.set}.zip/`)))
      for (let seed = first; seed < first + Math.max(1, size); seed += 1) {
        const campaign = campaignOf(seed, sets)
        const folder = join(scratch, `campaign-${seed}`)
        await mkdir(folder, { recursive: true })
        const ahead = aheadMs === 0 ? {} : { [reachedFirst(campaign)]: aheadMs }
        const files = [
          ...campaign.steps.map((placed, index) => ({ placed, name: `step-${index}.json` })),
          ...campaign.noise.map((placed, index) => ({ placed, name: `noise-${index}.json` })),
        ]
        for (const { placed, name } of files) {
          const file = corpus.files.find((each) => each.name.includes(`/${placed.set.set}.zip/`))
          if (file !== undefined)
            await watch.time('stitch', () => writePlaced({ placed, from: file.path, to: join(folder, name), ahead }))
        }
        const told = await watch.time('read and tell', () =>
          storyFiles({ paths: [folder], rules: rules === 'own' ? [] : [rules], watch: {} }),
        )
        await rm(folder, { recursive: true })
        counts.campaigns = (counts.campaigns ?? 0) + 1
        counts.events = (counts.events ?? 0) + told.events
        for (const [name, value] of Object.entries(scoreCampaign(campaign, told.stories)) as [keyof CampaignScore, number][])
          counts[words[name]] = (counts[words[name]] ?? 0) + value
      }
      return { counts, times: watch.times, cores: watch.cores }
    },
  }
}

/** Number of the first workstation that was reached from another. */
function reachedFirst({ compromised, entry }: Campaign): number {
  return Number(compromised.find((host) => host !== 'mordordc' && !entry.includes(host))?.replace(/\D/g, '') ?? 0)
}

/** A clock that is off by more than records of one act are taken to lie apart. */
const aheadMs = 420_000

export const storyCampaigns: Measure = campaignsFrom(firstReported, 'on seeds that nothing was fitted on')
export const storyCampaignsFit: Measure = campaignsFrom(1, 'on the seeds that the engine was fitted on')
export const storyCampaignsClock: Measure = campaignsFrom(
  firstReported,
  'one clock seven minutes ahead, on seeds that nothing was fitted on',
  aheadMs,
)
