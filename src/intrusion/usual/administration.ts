import { epochMs } from '../../base/index.ts'
import { isTelling } from '../cluster.ts'
import { tellsHabits } from '../habits.ts'
import { bareAccount } from '../names.ts'
import type { Movement, Sighting } from '../sighting.ts'
import type { Roles } from './roles.ts'

/** Other days on which an account worked from a place before its work there is usual. */
const usualDays = 3
/** Days on which an account came to a place from somewhere before that way is usual; the day itself does not count. */
const usualWays = 2
/** An act without an account belongs to whoever controlled the host within this time before. */
const controlMs = 2 * 60_000
/** An account is where it last logged on, for so long. */
const presenceMs = 12 * 3_600_000
const strangeMs = 24 * 3_600_000
/** What came by mail or a removable drive is nobody's administration, whoever opened it. */
const arriving = /^T(?:1566|1091)(?:\.|$)/

/**
 * Tells the administrators' work from others': an act is usual when its account works from that place (a jump host, a server that manages others, a host) on
 * other days too and came there by a way it takes on other days too, or when the account is used from no other place than a server that manages others.
 */
export function usualAdministration(
  movements: readonly Movement[],
  {
    roles,
    span,
    odd,
    measured,
  }: {
    readonly roles: Roles
    readonly span: { readonly from: string; readonly to: string }
    /** What is unusual: for a day nothing that an account does is usual that came from a new place or read unusually much. */
    readonly odd: readonly Sighting[]
    /** Servers whose records say how many rows were read. */
    readonly measured: ReadonlySet<string>
  },
): (sighting: Sighting) => boolean {
  if (!tellsHabits(span)) return () => false
  const placeOf = (host: string): string => (roles.roleOf(host) === 'jump' ? '(jump host)' : host)
  const work = new Days()
  const ways = new Days()
  const places = new Map<string, Set<string>>()
  const into = new Map<string, Movement[]>()
  const of = new Map<string, Movement[]>()
  for (const move of movements) {
    const account = bareAccount(move.account)
    if (move.from === move.to || !isTelling(move.account) || account === '') continue
    const from = placeOf(move.from)
    push(into, move.to, move)
    push(of, account, move)
    const day = move.time.slice(0, 10)
    work.add(`${account} ${from}`, day)
    ways.add(`${account} ${from} ${placeOf(move.to)}`, day)
    places.set(account, (places.get(account) ?? new Set()).add(move.from))
  }
  for (const list of [...into.values(), ...of.values()]) list.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))

  const strange = new Map<string, number[]>()
  for (const one of odd)
    if (one.entry !== undefined || one.from !== undefined || measured.has(one.host))
      push(strange, bareAccount(one.account), epochMs(one.time))
  const isStrange = (account: string, at: string): boolean =>
    strange.get(account)?.some((time) => Math.abs(time - epochMs(at)) <= strangeMs) === true
  const usualPlace = (account: string, host: string, at: string): boolean => {
    if (account === '' || isStrange(account, at)) return false
    if (roles.roleOf(host) === 'manager' && places.get(account)?.size === 1) return true
    if (work.others(`${account} ${placeOf(host)}`, at) < usualDays) return false
    const came = latest(of.get(account) ?? [], at, presenceMs, (move) => placeOf(move.to) === placeOf(host))
    return came === undefined || ways.others(`${account} ${placeOf(came.from)} ${placeOf(host)}`, at) >= usualWays
  }
  return (one) => {
    if (one.entry !== undefined || one.techniques.some((technique) => arriving.test(technique))) return false
    const account = isTelling(one.account) ? bareAccount(one.account) : ''
    // Where rows are counted, what rules say of a read counts in full only when it read unusually much, or its account came from a new place.
    if (measured.has(one.host) && one.bits === undefined && account !== '') return !isStrange(account, one.time)
    // A login of a database is used from a place by whoever works there.
    if (one.from !== undefined) {
      const by = latest(
        into.get(one.host) ?? [],
        one.time,
        controlMs,
        (move) => move.from === one.from && bareAccount(move.account) !== account,
      )
      return by !== undefined && usualPlace(bareAccount(by.account), by.from, one.time)
    }
    if (account === '') {
      const by = latest(into.get(one.host) ?? [], one.time, controlMs, (move) => move.control === true)
      return by !== undefined && usualPlace(bareAccount(by.account), by.from, by.time)
    }
    const seen = of.get(account) ?? []
    const reaching = latest(seen, one.time, controlMs, (move) => move.to === one.host)
    if (reaching !== undefined && usualPlace(account, reaching.from, one.time)) return true
    const last = latest(seen, one.time, presenceMs, () => true)
    const here = seen.some((move) => move.from === one.host) ? one.host : last?.to
    return here !== undefined && usualPlace(account, here, one.time)
  }
}

/** Days on which something was seen. */
class Days {
  readonly #days = new Map<string, Set<string>>()
  add(key: string, day: string): void {
    this.#days.set(key, (this.#days.get(key) ?? new Set()).add(day))
  }
  /** How many, that of `at` left out. */
  others(key: string, at: string): number {
    const days = this.#days.get(key)
    return days === undefined ? 0 : days.size - (days.has(at.slice(0, 10)) ? 1 : 0)
  }
}

function push<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [one])
  else list.push(one)
}

/** The last of some moves, in order of time, that fits and is at most so long before (records of one act may lie a second apart either way). */
function latest(moves: readonly Movement[], at: string, within: number, fits: (move: Movement) => boolean): Movement | undefined {
  const end = epochMs(at) + 5_000
  let [low, high] = [0, moves.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (epochMs((moves[middle] as Movement).time) <= end) low = middle + 1
    else high = middle
  }
  for (let index = low - 1; index >= 0; index -= 1) {
    const move = moves[index] as Movement
    if (epochMs(move.time) < end - 5_000 - within) return undefined
    if (fits(move)) return move
  }
  return undefined
}
