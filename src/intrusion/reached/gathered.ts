import { epochMs } from '../../base/index.ts'
import type { Cite } from '../../evidence/index.ts'
import type { Story } from '../story.ts'
import type { Weighed } from './act.ts'
import type { DataReached } from './data-reached.ts'
import { distinctCites } from '../cited.ts'

/** One thing told under "data reached". */
export type Item = Story['reached'][number] & { readonly data: DataReached }

const citesKept = 10
const dayMs = 86_400_000

/** What several acts have in common: who, whence, when, how often, with cites. */
export function gathered(acts: readonly Weighed[]): Pick<DataReached, 'accounts' | 'peers' | 'records'> & {
  readonly first: string
  readonly last: string
  readonly cites: readonly Cite[]
} {
  const cites = acts.flatMap((act) => act.cites)
  const accounts = [...new Set(acts.map((act) => act.account))].filter((one) => one !== '').sort()
  // The account of the machine says nothing where another one is named.
  const people = accounts.filter((one) => !one.endsWith('$'))
  return {
    accounts: people.length > 0 ? people : accounts,
    peers: [...new Set(acts.map((act) => act.peer))].filter((one) => one !== '').sort(),
    records: acts.reduce((sum, act) => sum + act.records, 0),
    first: acts.map((act) => act.first).sort()[0] ?? '',
    last:
      acts
        .map((act) => act.last)
        .sort()
        .at(-1) ?? '',
    cites: distinctCites(cites).slice(0, citesKept),
  }
}

/** Acts of one group in stretches of time: more than a day between two of them parts them. */
export function episodes(group: readonly Weighed[]): Weighed[][] {
  const parted: Weighed[][] = []
  for (const act of group.toSorted((a, b) => epochMs(a.first) - epochMs(b.first))) {
    const last = parted.at(-1)
    if (last !== undefined && epochMs(act.first) - epochMs(last.at(-1)?.last ?? act.first) <= dayMs) last.push(act)
    else parted.push([act])
  }
  return parted
}

/** Acts by a key, in order of the key's first act. */
export function groupedBy(acts: readonly Weighed[], keyOf: (act: Weighed) => string): Weighed[][] {
  const groups = new Map<string, Weighed[]>()
  for (const act of acts) {
    const key = keyOf(act)
    const same = groups.get(key)
    if (same === undefined) groups.set(key, [act])
    else same.push(act)
  }
  return [...groups.values()]
}
