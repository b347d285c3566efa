import { calendar, dayMs, hourMs } from './calendar.ts'
import { workingTime } from './contacts.ts'
import type { Estate } from './estate.ts'
import { historyOf } from './history.ts'
import { Random } from './random.ts'
import type { RecordAccess } from './record-access.ts'
import type { Agent, Team } from './staff.ts'
import type { Population } from './subscribers.ts'

/** Reads without a reason: by the intruder, and petty ones by the curious. */
export interface UnreasonedReads {
  readonly accesses: RecordAccess[]
  /** Positions of the persons read covertly. */
  readonly watched: readonly number[]
  /** Staff logins in the intruder's hands, and the service login used on the database directly. */
  readonly stolen: readonly string[]
  readonly databaseAccount: string
  /** Positions of subscribers somebody was merely curious about: one or two reads each. */
  readonly petty: readonly number[]
}

/** Draws both kinds of reads; `rate` is look-ups per person and week (1 to 2 unless told). */
export function unreasonedReads(options: {
  readonly people: Population
  readonly staff: ReadonlyMap<Team, readonly Agent[]>
  readonly estate: Estate
}): UnreasonedReads {
  const { people, staff, estate } = options
  const random = new Random(people.seed, 'covert')
  const watched: number[] = []
  while (watched.length < 20) {
    const index = random.below(people.size)
    const who = people.at(index)
    const current = historyOf(people, who).at(-1)
    if (!watched.includes(index) && current?.status === 'active' && who.registered < calendar.leak + 1700) watched.push(index)
  }
  const stolen = [
    ...random.shuffled(staff.get('care') ?? []).slice(0, 4),
    ...random.shuffled(staff.get('dispute') ?? []).slice(0, 2),
  ]
  const databaseAccount = random.pick(['cdr_report', 'cdr_etl', 'cdr_recon'])
  const accesses = watched.flatMap((index) => covertReads({ index, stolen, databaseAccount, estate, random }))
  const petty = pettyReads({ people, staff, estate, random, not: new Set(watched) })
  return {
    accesses: [...accesses, ...petty.accesses],
    watched: watched.sort((a, b) => a - b),
    stolen: stolen.map((agent) => agent.account).sort(),
    databaseAccount,
    petty: petty.subscribers,
  }
}

/** One person's profile kept up to date: each read continues where the last one ended, whichever account makes it. */
function covertReads(options: {
  readonly index: number
  readonly stolen: readonly Agent[]
  readonly databaseAccount: string
  readonly estate: Estate
  readonly random: Random
}): RecordAccess[] {
  const { index, stolen, databaseAccount, estate, random } = options
  const gap = (7 * dayMs) / (1 + random.unit())
  const end = calendar.auditFrom + calendar.auditDays * dayMs
  const accesses: RecordAccess[] = []
  let until = 0
  for (let slot = calendar.covertFrom + random.below(4) * dayMs; slot < end; slot += gap * (0.75 + 0.5 * random.unit())) {
    const day = Math.floor((slot + 8 * hourMs) / dayMs)
    const hour = random.chance(0.7) ? random.between(9, 19) : random.between(20, 23)
    const at = day * dayMs - 8 * hourMs + hour * hourMs + random.below(3_600_000)
    if (at >= end) break
    const window = [until === 0 ? day - 30 : until, day] as const
    until = day
    const direct = random.chance(0.45)
    const agent = random.pick(stolen)
    const host = direct || random.chance(0.7) ? estate.adminHost : estate.terminal(agent.terminal)
    accesses.push({
      at,
      account: direct ? databaseAccount : agent.account,
      subscriber: index,
      system: direct ? 'cdr' : 'crm',
      operation: direct ? 'query' : 'view_usage',
      window,
      ticket: !direct && random.chance(0.08) ? `TT-${6_000_000 + random.below(900_000)}` : '',
      sourceHost: host.name,
      sourceIp: host.ip,
      application: direct ? 'psql' : 'crm',
      rows: random.between(20, 400),
    })
  }
  return accesses
}

function pettyReads(options: {
  readonly people: Population
  readonly staff: ReadonlyMap<Team, readonly Agent[]>
  readonly estate: Estate
  readonly random: Random
  readonly not: ReadonlySet<number>
}): { readonly accesses: RecordAccess[]; readonly subscribers: readonly number[] } {
  const { people, staff, estate, random, not } = options
  const agents = [...(staff.get('care') ?? []), ...(staff.get('retail') ?? [])]
  const subscribers = new Set<number>()
  const accesses: RecordAccess[] = []
  for (let victim = Math.max(4, Math.round(people.size / 2_500)); victim > 0; victim--) {
    const index = random.below(people.size)
    if (not.has(index) || subscribers.has(index)) continue
    subscribers.add(index)
    const agent = random.pick(agents)
    const terminal = estate.terminal(agent.terminal)
    for (let read = random.chance(0.3) ? 2 : 1; read > 0; read--) {
      accesses.push({
        at: workingTime(random),
        account: agent.account,
        subscriber: index,
        system: 'crm',
        operation: 'view_profile',
        ticket: '',
        sourceHost: terminal.name,
        sourceIp: terminal.ip,
        application: 'crm',
        rows: 1,
      })
    }
  }
  return { accesses, subscribers: [...subscribers].sort((a, b) => a - b) }
}
