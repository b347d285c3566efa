import { compare } from './cluster.ts'
import type { Sighting } from './sighting.ts'

/** Days on which the same is seen before it counts as recurring. */
const recurringDays = 3

/**
 * Groups that hold one rule on one host under one account are one group when they come back on three days or more: a nightly job is one story, not thirty.
 * Whether it is a job or an intruder's habit is for a person to say; nothing is left out. Groups stay in order of their first sighting.
 */
export function withRecurring(groups: readonly (readonly Sighting[])[]): Sighting[][] {
  const alike = new Map<string, (readonly Sighting[])[]>()
  const others: (readonly Sighting[])[] = []
  for (const group of groups) {
    const key = sameAct(group)
    if (key === undefined) others.push(group)
    else alike.set(key, [...(alike.get(key) ?? []), group])
  }
  const joined = [...alike.values()].flatMap((same) =>
    new Set(same.flat().map((one) => one.time.slice(0, 10))).size >= recurringDays ? [same.flat()] : same,
  )
  return [...others, ...joined]
    .map((group) => group.toSorted(inOrder))
    .toSorted((a, b) => inOrder(a[0] as Sighting, b[0] as Sighting))
}

/** Days on which a story of one act came back; 1 for every other story. */
export function daysOf(group: readonly Sighting[]): number {
  const days = new Set(group.map((one) => one.time.slice(0, 10))).size
  return sameAct(group) !== undefined && days >= recurringDays ? days : 1
}

function sameAct(group: readonly Sighting[]): string | undefined {
  const keys = new Set(group.map((one) => `${one.rule}\n${one.host}\n${one.account}`))
  return keys.size === 1 ? [...keys][0] : undefined
}

function inOrder(a: Sighting, b: Sighting): number {
  return compare(a.time, b.time) || compare(a.rule, b.rule) || compare(a.host, b.host)
}
