import type { SharedBehaviour, ShareView } from './share-view.ts'
import { dataWords, entryWords, tactics } from './words.ts'

/** What happened, in one sentence of our words. */
export function summaryOf(view: ShareView): string {
  const entry = view.entry === undefined ? '' : ` ${entryWords[view.entry]}`
  const data = view.reached.filter((one) => one.certainty !== 'could be reached').map((one) => dataWords[one.data])
  const reached = data.length === 0 ? '' : `; records show that ${data.join(', ')} were reached`
  const hosts = `${view.hosts} ${view.hosts === 1 ? 'host' : 'hosts'}`
  return `${view.exercise ? 'Exercise, generated: ' : ''}intrusion at an operator${entry}, over ${hosts}${reached}.`
}

/** A behaviour in one sentence. */
export function behaviourText({ at, host, role, tactic, techniques }: SharedBehaviour): string {
  const ids = new Map<string, string[]>()
  for (const one of techniques) ids.set(one.name, [...(ids.get(one.name) ?? []), one.id])
  const named = [...ids].map(([name, all]) => `${name} (${all.join(', ')})`).join(', ')
  return `${at.slice(0, 16)}Z, host ${host} (${role}): ${tactics[tactic][1]}${named === '' ? '' : `: ${named}`}.`
}

/** All behaviours as numbered lines, and what the view does not hold. */
export function storyText(view: ShareView): string {
  const kept = view.withheld.reduce((sum, one) => sum + one.count, 0)
  return [
    summaryOf(view),
    ...view.behaviours.map((one) => `${one.n}. ${behaviourText(one)}`),
    ...(view.consistentWith === undefined
      ? []
      : [`The behaviour is consistent with ${view.consistentWith.join(', ')} of ATT&CK; this names nobody.`]),
    `Hosts are numbered in order of appearance. ${kept === 0 ? 'No value was kept in.' : `${kept} ${kept === 1 ? 'value was' : 'values were'} kept in.`}`,
  ].join('\n')
}
