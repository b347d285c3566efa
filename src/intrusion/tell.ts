import { epochMs } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { distinctCites } from './cited.ts'
import { basename } from './names.ts'
import { withoutSecrets } from './secrets.ts'
import type { Sighting } from './sighting.ts'
import { mainTactic } from './tactics.ts'
import type { Story } from './story.ts'

/** Hits of one rule on one host within this time are told as one step. */
const sameStepMs = 10 * 60_000

/** The numbered sentences of a story, in order of time. */
export function tellSteps(sightings: readonly Sighting[]): Story['steps'] {
  const steps: { first: Sighting; all: Sighting[] }[] = []
  for (const one of sightings) {
    const open = steps.find(
      (step) =>
        step.first.rule === one.rule &&
        step.first.host === one.host &&
        step.first.controlledFrom === one.controlledFrom &&
        epochMs(one.time) - epochMs(step.all.at(-1)?.time ?? one.time) <= sameStepMs,
    )
    if (open === undefined) steps.push({ first: one, all: [one] })
    else open.all.push(one)
  }
  return steps.map(({ first, all }) => ({
    time: first.time,
    host: first.host,
    ...(first.controlledFrom === undefined ? {} : { controlledFrom: first.controlledFrom }),
    tactic: mainTactic(first.tactics),
    techniques: first.techniques,
    level: first.level,
    text: sentence(
      first,
      all.reduce((sum, one) => sum + (one.restsOn?.events ?? 1), 0),
    ),
    cites: citesOf(all),
  }))
}

/** The records a step rests on: the one at which each detection was made first, then those a correlation joined. */
function citesOf(all: readonly Sighting[]): Cite[] {
  const cites = [...all.map((one) => one.cite), ...all.flatMap((one) => one.restsOn?.cites ?? [])]
  return distinctCites(cites).slice(0, 20)
}

function sentence(one: Sighting, times: number): string {
  const who = one.account === '' ? '' : ` under the account ${one.account}`
  const from = one.sourceIp === '' ? '' : ` from ${one.sourceIp}`
  const often = times > 1 ? ` (${times} records)` : ''
  return `${one.title}: on ${one.host || 'an unnamed host'}${act(one)}${who}${from}${one.detail ?? often}.`
}

function act(one: Sighting): string {
  if (one.process === '') return one.bytesOut >= 0 && one.eventClass === 'http' ? `, a response of ${size(one.bytesOut)}` : ''
  const parent = one.parentProcess === '' ? '' : ` started by ${basename(one.parentProcess)}`
  const command = one.commandLine === '' ? '' : ` (${clip(withoutSecrets(one.commandLine))})`
  return `, ${basename(one.process)}${parent}${command}`
}

/** The title of a story: where it came from, when that is known, and over how many hosts. */
export function titleOver(entry: Story['initialAccess'], compromised: number): string {
  return `${entry === undefined ? 'Steps' : `From ${entry.where}`} over ${compromised} host${compromised === 1 ? '' : 's'}`
}

/** Long commands are cut: the cite opens the whole. */
export function clip(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}

/** Bytes in words, decimal units. */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${bytes.toLocaleString('en-US')} bytes`
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(2)} GB`
}
