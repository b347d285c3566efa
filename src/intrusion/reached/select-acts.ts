import { epochMs } from '../../base/index.ts'
import { isUsual, type Act, type Weighed } from './act.ts'
import type { EstateObjects } from './estate-objects.ts'
import { bareAccount } from '../names.ts'
import { isWithin, type Scope } from './scope.ts'

/** The acts of one story. */
export interface Selected {
  /** What goes beyond what is done there on other days. */
  readonly told: readonly Weighed[]
  /** What the same account does from the same place on other days too: no record tells whose doing it was this time. */
  readonly usual: readonly Weighed[]
}

/** Acts of one key in order of time, with their times in epoch milliseconds. */
export interface ActGroup {
  readonly acts: readonly Act[]
  readonly times: readonly number[]
}

/** Groups acts by key, once for all stories; groups and acts in an order that does not depend on the order given. */
export function groupActs(acts: readonly Act[]): ActGroup[] {
  const keys = new Map<string, Act[]>()
  for (const act of acts) {
    const key = `${act.via}\n${act.host}\n${act.peer}\n${act.account}\n${act.name}\n${act.how}`
    const same = keys.get(key)
    if (same === undefined) keys.set(key, [act])
    else same.push(act)
  }
  return [...keys]
    .toSorted(([a], [b]) => order(a, b))
    .map(([, same]) => {
      const sorted = same.toSorted((a, b) => order(a.first, b.first))
      return { acts: sorted, times: sorted.map((act) => epochMs(act.first)) }
    })
}

/** Chooses the acts that happened where and when a story was at work, and weighs each against the same at other times. */
export function selectActs(options: {
  readonly scope: Scope
  readonly groups: readonly ActGroup[]
  readonly objects: EstateObjects
}): Selected {
  const { scope, groups, objects } = options
  const told: Weighed[] = []
  const usual: Weighed[] = []
  for (const { acts, times } of groups) {
    const [act] = acts
    if (act === undefined || !concerns(act, scope)) continue
    const own = acts.filter((one, at) => belongs(one, times[at] ?? 0, { scope, objects }))
    if (own.length === 0) continue
    const elsewhere = acts.filter((_, at) => !isWithin(scope, times[at] ?? 0))
    const days = new Set(elsewhere.map((one) => one.first.slice(0, 10))).size
    const usualRows = median(elsewhere.map((one) => one.rowsMost))
    const usualBytes = median(elsewhere.map((one) => one.bytes))
    for (const one of own) {
      const weighed = { ...one, usualDays: days, usualRows, usualBytes }
      if (!isUsual(weighed)) told.push(weighed)
      else if (scope.compromised.has(one.peer) || scope.compromised.has(one.host)) usual.push(weighed)
    }
  }
  return { told: told.toSorted((a, b) => order(a.first, b.first)), usual }
}

/** Can any act of this key belong to the story, whenever it was? */
function concerns(act: Act, scope: Scope): boolean {
  return (
    scope.hosts.has(act.host) ||
    scope.hosts.has(act.peer) ||
    scope.compromised.has(act.host) ||
    scope.compromised.has(act.peer) ||
    scope.accounts.has(bareAccount(act.account))
  )
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The middle one: another wave of the same intrusion among the other days does not move it. */
function median(values: readonly number[]): number {
  return Math.max(0, values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
}

function belongs(act: Act, at: number, { scope, objects }: { readonly scope: Scope; readonly objects: EstateObjects }): boolean {
  const fromHost = scope.compromised.has(act.peer) && isWithin(scope, at, act.peer)
  const onHost = scope.compromised.has(act.host) && isWithin(scope, at, act.host)
  const byAccount = scope.accounts.has(bareAccount(act.account)) && isWithin(scope, at)
  switch (act.via) {
    case 'database':
      return fromHost || (byAccount && scope.hosts.has(act.host)) || (onHost && act.peer === '[local]')
    case 'share':
      return (
        (byAccount && (scope.hosts.has(act.host) || scope.hosts.has(act.peer))) ||
        ((fromHost || (onHost && act.peer === '')) && objects.find('share', act.host, act.name) !== undefined)
      )
    case 'web':
      return scope.hosts.has(act.host) && scope.clients.has(act.peer)
    case 'file':
    case 'command':
    case 'flow':
    case 'dns':
      return onHost
  }
}
