import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { storyFiles } from '../../src/app/index.ts'
import { writeScenario, type AttackTruth, type ScenarioTruth } from '../../src/drill/index.ts'
import { isOfAttack, recordsOfAttack } from './attack-records.ts'

/** A generated operator: the same actor hits three of them in turn; others are not hit. */
export interface DrillEstate {
  readonly scenario: 'softcell' | 'benign'
  readonly seed: number
  /** Seed of the actor and whose turn it is; days between two turns. */
  readonly actor?: { readonly seed: number; readonly hit: number; readonly apart: number }
}

/** Of ordinary work so much is told: the attack stays whole. */
const work = 0.1
const dayMs = 86_400_000
/** Operators look once a day, at midnight of their zone (+08:00). */
const lookAt = 16 * 3_600_000

/** The first look at or after a moment; milliseconds. */
export function lookAfter(moment: number): number {
  return Math.ceil((moment - lookAt) / dayMs) * dayMs + lookAt
}

/** Writes the logs of an estate as they stand at a look, into `out`; gives the truth about what is written. */
export function writeEstate(estate: DrillEstate, out: string, until?: number): Promise<ScenarioTruth> {
  const { scenario, seed, actor } = estate
  const options = {
    work,
    ...(scenario === 'benign' ? { hosts: 60 } : {}),
    ...(actor === undefined ? {} : { actor }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  }
  return writeScenario({ scenario, seed, options, out, watch: {} })
}

/** The whole truth of an estate that is hit, and nothing left of its logs. */
export async function truthOf(estate: DrillEstate, scratch: string): Promise<AttackTruth> {
  const out = join(scratch, 'truth')
  try {
    const truth = await writeEstate(estate, out)
    if (truth.entry === undefined) throw new Error('internal error: nobody attacks this estate')
    return truth as AttackTruth
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/** The looks that decide when something is first seen: one after each stage of the attack, and the last one of the period. */
export function looksOf(truth: AttackTruth): readonly number[] {
  return [...new Set(truth.stages.map((one) => lookAfter(Date.parse(one.at))))].toSorted((a, b) => a - b)
}

/** Whether the engine by itself tells a story of the attacker over the logs as they stand at a look. */
export async function toldAt(estate: DrillEstate, look: number, scratch: string): Promise<boolean> {
  const out = join(scratch, 'told')
  try {
    const truth = await writeEstate(estate, out, look)
    const told = await storyFiles({ paths: [join(out, 'case')], rules: [], watch: {} })
    const known = await recordsOfAttack(truth, out)
    return told.stories.some((story) => isOfAttack(story, known))
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/**
 * The first look at which something is so, if it once is and then stays so: by halving, first over the looks after stages, then over the
 * days between. Undefined: not even at the last.
 */
export async function firstLook(looks: readonly number[], isSo: (look: number) => Promise<boolean>): Promise<number | undefined> {
  const [first] = looks
  const at = await firstOf(looks.length, (place) => isSo(looks[place] ?? Number.NaN))
  const found = looks[at]
  if (found === undefined || first === undefined) return undefined
  const before = looks[at - 1]
  if (before === undefined) return found
  const days = Math.round((found - before) / dayMs)
  // Mostly it is the stage itself that shows: the day before it is asked first.
  if (days <= 1 || !(await isSo(found - dayMs))) return found
  return before + (1 + (await firstOf(days - 1, (place) => isSo(before + (place + 1) * dayMs)))) * dayMs
}

/** The first of `count` places at which something is so; `count` when it is nowhere. */
async function firstOf(count: number, isSo: (place: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (await isSo(middle)) high = middle
    else low = middle + 1
  }
  return low
}
