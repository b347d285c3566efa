import { utcIso } from '../calendar.ts'
import type { Account, Host } from './estate.ts'
import type { IntrusionName } from './scenario.ts'
import type { AttackTruth, EntryKind } from './scenario-truth.ts'

/** From where to where, as whom, by what means. */
interface Way {
  readonly from: Pick<Host, 'name'>
  readonly to: Pick<Host, 'name'>
  readonly account: string
  readonly means: string
}

/** Notes taken while an attack is laid into a world: what the truth will say. Times are by a right clock. */
export class Attack {
  readonly scenario: IntrusionName
  /** 1 or 2: whose records the recorder marks. */
  readonly number: number
  #entry: AttackTruth['entry'] | undefined
  readonly #compromised = new Set<string>()
  readonly #touched = new Set<string>()
  readonly #accounts = new Set<string>()
  readonly #moves: AttackTruth['moves'][number][] = []
  readonly #acts: AttackTruth['acts'][number][] = []
  readonly #stages: { stage: string; host: string; at: number }[] = []
  readonly #objects = new Map<string, AttackTruth['objects'][number]>()
  #bytesOut = 0

  constructor(scenario: IntrusionName, number: number) {
    this.scenario = scenario
    this.number = number
  }

  enter(
    at: number,
    host: Pick<Host, 'name'>,
    how: { readonly kind: EntryKind; readonly addresses: readonly string[]; readonly account?: string },
  ): void {
    this.#entry ??= { host: host.name, at: utcIso(at), ...how }
    if (how.account !== undefined) this.use(how.account)
  }

  compromise(...hosts: readonly Pick<Host, 'name'>[]): void {
    for (const { name } of hosts) this.#compromised.add(name)
  }

  touch(...hosts: readonly Pick<Host, 'name'>[]): void {
    for (const { name } of hosts) this.#touched.add(name)
  }

  use(...accounts: readonly (string | Account)[]): void {
    for (const account of accounts) this.#accounts.add(typeof account === 'string' ? account : account.user)
  }

  /** A move that gave code, control or a session on the target, which is compromised by it. */
  move(at: number, one: Way): void {
    this.#moves.push(told(at, one))
    this.use(one.account)
    this.compromise(one.to)
  }

  /** Something done to another host that left nothing running there. */
  act(at: number, one: Way): void {
    this.#acts.push(told(at, one))
    this.use(one.account)
    this.touch(one.to)
  }

  stage(at: number, host: Pick<Host, 'name'>, stage: string): void {
    this.#stages.push({ stage, host: host.name, at })
  }

  read(host: Pick<Host, 'name'>, object: string, categories: readonly string[]): void {
    this.#objects.set(`${host.name}|${object}`, { host: host.name, object, categories })
  }

  sent(bytes: number): void {
    this.#bytesOut += bytes
  }

  /** The hosts it was on, in order, for choosing one that goes silent. */
  get path(): { readonly entry: string; readonly compromised: readonly string[]; readonly touched: readonly string[] } {
    return { entry: this.#entry?.host ?? '', compromised: [...this.#compromised], touched: this.#touchedOnly() }
  }

  truth(attackRecords: AttackTruth['attackRecords']): AttackTruth {
    if (this.#entry === undefined) throw new Error('internal error: an attack without an entry')
    return {
      scenario: this.scenario,
      entry: this.#entry,
      compromised: [...this.#compromised],
      touched: this.#touchedOnly(),
      accounts: [...this.#accounts],
      moves: this.#moves.toSorted(byTime),
      acts: this.#acts.toSorted(byTime),
      stages: this.#stages.toSorted((a, b) => a.at - b.at).map(({ stage, host, at }) => ({ stage, host, at: utcIso(at) })),
      objects: [...this.#objects.values()],
      bytesOut: this.#bytesOut,
      attackRecords,
    }
  }

  #touchedOnly(): string[] {
    return [...this.#touched].filter((name) => !this.#compromised.has(name))
  }
}

function told(at: number, one: Way): AttackTruth['moves'][number] {
  return { from: one.from.name, to: one.to.name, account: one.account, at: utcIso(at), means: one.means }
}

function byTime(a: { readonly at: string }, b: { readonly at: string }): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0
}
