import type { Candidate } from './reader-graph.ts'

/** Subscribers that were read together: by the same accounts on the same days, without a reason. */
export interface TogetherRead {
  /** Tokens, in the order of the candidates. */
  readonly subscribers: readonly string[]
  readonly accounts: readonly string[]
  /** Most days on which two of them were read by one account. */
  readonly days: number
}

/** Days on which a pair must have been read together, and the most subscribers an account may read on a day for that day to say anything. */
const [leastDays, mostOnDay] = [3, 40]

/** Lists of subscribers read together on three days or more (rule G1), the largest first. */
export function readTogether(candidates: readonly Candidate[]): readonly TogetherRead[] {
  const byDay = new Map<string, number[]>()
  for (const [at, one] of candidates.entries())
    for (const [account, day] of one.reads) {
      const key = `${day} ${account}`
      const list = byDay.get(key)
      if (list === undefined) byDay.set(key, [at])
      else if (list.at(-1) !== at) list.push(at)
    }
  const pairs = new Map<string, Map<string, Set<number>>>()
  for (const [key, list] of byDay) {
    if (list.length < 2 || list.length > mostOnDay) continue
    const [day, account] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]
    for (let i = 0; i < list.length; i += 1)
      for (let j = i + 1; j < list.length; j += 1) {
        const pair = `${list[i]} ${list[j]}`
        const accounts = pairs.get(pair) ?? new Map<string, Set<number>>()
        pairs.set(pair, accounts)
        accounts.set(account, (accounts.get(account) ?? new Set()).add(Number(day)))
      }
  }
  const root = new Map<number, number>()
  const top = (at: number): number => {
    let one = at
    for (let up = root.get(one); up !== undefined && up !== one; up = root.get(one)) one = up
    return one
  }
  const links: { readonly at: number; readonly accounts: readonly string[]; readonly days: number }[] = []
  for (const [pair, accounts] of pairs) {
    const days = new Set([...accounts.values()].flatMap((some) => [...some])).size
    if (days < leastDays) continue
    const [a = 0, b = 0] = pair.split(' ').map(Number)
    links.push({ at: a, accounts: [...accounts.keys()], days })
    root.set(top(b), top(a))
    if (!root.has(a)) root.set(a, top(a))
  }
  const groups = new Map<number, { members: Set<number>; accounts: Set<string>; days: number }>()
  for (const at of root.keys()) {
    const group = groups.get(top(at)) ?? { members: new Set([top(at)]), accounts: new Set<string>(), days: 0 }
    group.members.add(at)
    groups.set(top(at), group)
  }
  for (const link of links) {
    const group = groups.get(top(link.at))
    if (group === undefined) continue
    group.days = Math.max(group.days, link.days)
    for (const account of link.accounts) group.accounts.add(account)
  }
  return [...groups.values()]
    .map((group) => ({
      members: [...group.members].sort((a, b) => a - b),
      accounts: [...group.accounts].sort(),
      days: group.days,
    }))
    .sort((a, b) => b.members.length - a.members.length || (a.members[0] ?? 0) - (b.members[0] ?? 0))
    .map(({ members, ...rest }) => ({ subscribers: members.map((at) => candidates[at]?.subscriber ?? ''), ...rest }))
}
