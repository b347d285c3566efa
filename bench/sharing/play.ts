import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer } from '../../src/app/index.ts'
import { Random, type AttackTruth } from '../../src/drill/index.ts'
import { isOfAttack, recordsOfAttack } from './attack-records.ts'
import { firstLook, lookAfter, looksOf, toldAt, truthOf, writeEstate, type DrillEstate } from './estate.ts'
import { Operator } from './operator.ts'

const dayMs = 86_400_000
/** Between finding and sharing: a person reads the story, adopts it, and somebody releases it. */
const toRelease = dayMs

/** What came of one operator that was hit later; days from the actor's first record to the look that found it. */
interface Found {
  readonly without: number
  readonly with: number
  /** What found it, with sharing. */
  readonly by: 'share' | 'own story' | 'nobody'
  /** Whether the engine tells the story by itself at all; else `without` ends with the logs. */
  readonly self: boolean
}

/** One drill, played through. */
export interface PlayedDrill {
  readonly seed: number
  /** Days between two turns of the actor. */
  readonly apart: number
  /** Objects of the first operator's share, and days from the actor's first record there; absent: it found nothing. */
  readonly shared?: { readonly objects: number; readonly days: number }
  readonly others: readonly Found[]
  readonly toldBack: number
  /** The same share where the actor was not: in ordinary work, and in estates before their turn. */
  readonly quiet: { readonly asked: number; readonly sightings: number; readonly cases: number }
}

/** Plays a drill: the first operator finds and shares, the others look once a day by themselves and at what it shared. */
export async function playDrill(seed: number, folder: string): Promise<PlayedDrill> {
  await mkdir(folder, { recursive: true })
  const apart = new Random(seed, 'days between turns').between(30, 120)
  const turn = (hit: number): DrillEstate => ({
    scenario: 'softcell',
    seed: seed + hit * 10_000,
    actor: { seed, hit, apart },
  })
  const alone: { estate: DrillEstate; truth: AttackTruth; look: number | undefined }[] = []
  for (const estate of [turn(0), turn(1), turn(2)]) {
    const truth = await truthOf(estate, folder)
    alone.push({ estate, truth, look: await firstLook(looksOf(truth), (look) => toldAt(estate, look, folder)) })
  }
  const [first, ...later] = alone
  const ends = later.map(({ truth, look }) => ({ own: look ?? looksOf(truth).at(-1) ?? 0, self: look !== undefined }))
  const days = (truth: AttackTruth, look: number): number => (look - Date.parse(truth.entry.at)) / dayMs
  const quiet = { asked: 0, sightings: 0, cases: 0 }
  const none = later.map(({ truth }, at): Found => {
    const { own, self } = ends[at] ?? { own: 0, self: false }
    return { without: days(truth, own), with: days(truth, own), by: self ? 'own story' : 'nobody', self }
  })
  if (first?.look === undefined) return { seed, apart, others: none, toldBack: 0, quiet }

  const sharer = new Operator(join(folder, 'first'), 'Aisha Rahman')
  const released = first.look + toRelease
  const objects = await share(sharer, first.estate, { look: first.look, released, folder })
  const others = await sharer.offer(['second', 'third', 'ordinary'], released, async (url, tokens) => {
    const asked = async (name: string, estate: DrillEstate, look: number): Promise<{ sightings: number; opened: boolean }> => {
      const out = join(folder, `${name}-${look}`)
      try {
        await writeEstate(estate, out, look)
        const peer = new Operator(join(out, 'workspace'), name)
        const answer = await peer.investigate(join(out, 'case'), look)
        const pulled = await peer.pull(answer.case.id, { url, token: tokens.get(name) ?? '' }, look)
        return { sightings: pulled.reported + pulled.prepared, opened: pulled.case !== undefined }
      } finally {
        await rm(out, { recursive: true, force: true })
      }
    }
    const found: Found[] = []
    for (const [at, { estate, truth }] of later.entries()) {
      const before = none[at]
      const { own } = ends[at] ?? { own: 0 }
      if (before === undefined) continue
      const name = at === 0 ? 'second' : 'third'
      const entered = lookAfter(Date.parse(truth.entry.at))
      if (entered - dayMs >= lookAfter(released)) await still(name, estate, lookAfter(released))
      const start = Math.max(lookAfter(released), entered)
      const looks = [start, ...looksOf(truth).filter((look) => look > start && look < own)]
      const seen = start >= own ? undefined : await firstLook(looks, async (look) => (await asked(name, estate, look)).opened)
      found.push(seen === undefined ? before : { ...before, with: days(truth, seen), by: 'share' })
    }
    await still('ordinary', { scenario: 'benign', seed }, Date.parse('2026-09-02T16:00:00Z'))
    return found

    /** An estate where the actor is not, or not yet. */
    async function still(name: string, estate: DrillEstate, look: number): Promise<void> {
      const { sightings, opened } = await asked(name, estate, look)
      quiet.asked += 1
      quiet.sightings += sightings
      quiet.cases += opened ? 1 : 0
    }
  })
  const shared = { objects, days: days(first.truth, first.look) }
  return { seed, apart, shared, others, toldBack: sharer.sightings().length, quiet }
}

/** The first operator takes in its logs, adopts the story of the attacker and publishes what the gate lets through. */
async function share(
  sharer: Operator,
  estate: DrillEstate,
  at: { readonly look: number; readonly released: number; readonly folder: string },
): Promise<number> {
  const out = join(at.folder, 'first-estate')
  const known = await recordsOfAttack(await writeEstate(estate, out, at.look), out)
  const answer: Answer = await sharer.investigate(join(out, 'case'), at.look)
  const story = answer.stories?.stories.find((one) => isOfAttack(one, known))
  if (story === undefined) throw new Error('internal error: the story that was told is gone')
  return sharer.share(answer.case.id, story.id, at.released)
}
