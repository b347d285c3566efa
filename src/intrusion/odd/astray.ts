import { epochMs } from '../../base/index.ts'
import { bareAccount } from '../names.ts'
import type { Movement, Sighting } from '../sighting.ts'

/** A session at a host, from outside or from the next host, as far as it matters who came by it. */
export interface Access {
  readonly account: string
  readonly host: string
  readonly time: string
  /** From a place new for the account. */
  readonly strange: boolean
}

/** What accounts did by way of a session from a place new for them; their owners' work at the same time stays apart. */
export interface Astray {
  readonly moved: (move: Pick<Movement, 'from' | 'to' | 'account' | 'time'>) => boolean
  readonly acted: (one: Sighting) => boolean
}

/** A session lasts so long at most; clocks may be so far apart. */
const sessionMs = 16 * 3_600_000
const skewMs = 60_000
/** Bits below which a session from a new place says too little to follow it. */
const leastBits = 4

interface Arrival {
  readonly at: number
  readonly astray: boolean
}

/** Follows such sessions from host to host: an account is astray where it last arrived from where it was astray. */
export function followAstray(odd: readonly Sighting[], accesses: readonly Access[], movements: readonly Movement[]): Astray {
  const entries = odd.filter((one) => one.entry !== undefined && one.account !== '' && (one.bits ?? 0) >= leastBits)
  const accounts = new Set(entries.map((one) => bareAccount(one.account)))
  const addresses = new Set(entries.map((one) => `${bareAccount(one.account)} ${one.sourceIp}`))
  const arrivals = new Map<string, Arrival[]>()
  const last = (account: string, host: string, at: number): boolean => {
    const before = arrivals.get(`${account} ${host}`)?.findLast((one) => one.at <= at + skewMs)
    return before !== undefined && before.astray && at - before.at <= sessionMs
  }
  const moved = ({ from, account, time }: Pick<Movement, 'from' | 'account' | 'time'>): boolean => {
    const bare = bareAccount(account)
    return accounts.has(bare) && (addresses.has(`${bare} ${from}`) || last(bare, from, epochMs(time)))
  }
  const arrive = (account: string, host: string, one: Arrival): void => {
    const known = arrivals.get(`${account} ${host}`)
    if (known === undefined) arrivals.set(`${account} ${host}`, [one])
    else known.push(one)
  }
  const steps = [
    ...accesses.map((one) => ({ time: one.time, account: one.account, access: one, move: undefined })),
    ...movements.map((one) => ({ time: one.time, account: one.account, access: undefined, move: one })),
  ]
    .filter((one) => accounts.has(bareAccount(one.account)))
    .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  for (const { account, time, access, move } of steps) {
    const at = epochMs(time)
    if (access !== undefined) arrive(bareAccount(account), access.host, { at, astray: access.strange })
    else if (move.from !== move.to && move.means !== 'connection')
      arrive(bareAccount(account), move.to, { at, astray: moved(move) })
  }
  return {
    moved: (move) => moved(move) && !entries.some((one) => one.host === move.to && one.sourceIp === move.from),
    acted: (one) =>
      (one.entry !== undefined && entries.includes(one)) ||
      (accounts.has(bareAccount(one.account)) && last(bareAccount(one.account), one.host, epochMs(one.time))),
  }
}
