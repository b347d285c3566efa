import { calendar, dayMs, hourMs, minuteMs, weekday } from './calendar.ts'
import type { Estate } from './estate.ts'
import type { Output } from './output.ts'
import { Random, skewed } from './random.ts'
import type { Explanation, RecordAccess } from './record-access.ts'
import type { Agent, Team } from './staff.ts'
import type { Population, Subscriber } from './subscribers.ts'

/** Honest work with records: what was read and why. */
export interface HonestWork {
  readonly accesses: RecordAccess[]
  readonly explanations: Explanation[]
  /** Contacts whose reason nobody recorded. */
  readonly untold: number
}

const perSubscriber = { mean: 0.35, spread: 1.4, most: 40 } as const
const drawTeam = skewed<Team>(['care', 'retail', 'dispute', 'fraud'], [64, 20, 10, 6])
const drawKind = skewed<Explanation['kind']>(['customer', 'system', 'assignment', 'agent'], [85, 10, 3.5, 1.5])

/**
 * Customers make contact as Poisson processes with lognormal rates; each contact leads to one or more reads by one account,
 * and all but about one in twenty leave a recorded reason.
 */
export async function honestWork(options: {
  readonly people: Population
  readonly staff: ReadonlyMap<Team, readonly Agent[]>
  readonly estate: Estate
  readonly out: Output
}): Promise<HonestWork> {
  const { people, staff, estate, out } = options
  const accesses: RecordAccess[] = []
  const explanations: Explanation[] = []
  let untold = 0
  const base = Math.log(perSubscriber.mean) - perSubscriber.spread ** 2 / 2
  for (let index = 0; index < people.size; index++) {
    if (index % 20_000 === 0) await out.step('record access', index, people.size, 'subscribers')
    const random = new Random(people.seed, 'contacts', index)
    const rate = Math.exp(base + perSubscriber.spread * random.normal())
    const count = Math.min(perSubscriber.most, random.poisson(Math.min(rate, perSubscriber.most)))
    if (count === 0) continue
    const who = people.at(index)
    let last: Agent | undefined
    for (let contact = 0; contact < count; contact++) {
      const agent: Agent = last !== undefined && random.chance(0.15) ? last : random.pick(staff.get(teamFor(who, random)) ?? [])
      last = agent
      const at = workingTime(random)
      const told = !random.chance(agent.untold)
      const ref = `TT-${7_000_000 + random.below(900_000)}`
      if (told) {
        const before = random.chance(0.85) ? random.between(20, 1_500) * 1000 : random.between(1, 18) * hourMs
        explanations.push({
          at: at - before,
          subscriber: index,
          kind: drawKind(random),
          account: random.chance(0.7) ? agent.account : '',
          team: agent.team,
          ref,
        })
      } else untold += 1
      const reads = 1 + (random.chance(0.22) ? random.between(1, 2) : 0)
      for (let read = 0; read < reads; read++) {
        accesses.push(
          honestRead({
            at: at + read * random.between(40, 400) * 1000,
            index,
            agent,
            estate,
            ticket: told && random.chance(0.9) ? ref : '',
            random,
          }),
        )
      }
    }
  }
  return { accesses, explanations, untold }
}

function honestRead(options: {
  readonly at: number
  readonly index: number
  readonly agent: Agent
  readonly estate: Estate
  readonly ticket: string
  readonly random: Random
}): RecordAccess {
  const { at, index, agent, estate, ticket, random } = options
  const usage = agent.team === 'dispute' || agent.team === 'fraud' ? 0.75 : 0.08
  const day = Math.floor((at + 8 * hourMs) / dayMs)
  const terminal = estate.terminal(agent.terminal)
  const read = random.unit()
  const from = day - random.pick([7, 30, 31, 60, 90])
  const common = { at, account: agent.account, subscriber: index, ticket, sourceHost: terminal.name, sourceIp: terminal.ip }
  if (read < usage) {
    const direct = agent.team === 'dispute' || agent.team === 'fraud'
    return {
      ...common,
      system: direct ? 'cdr' : 'crm',
      operation: direct ? 'query' : 'view_usage',
      window: [from, from + random.pick([1, 7, 28, 30])],
      application: direct ? 'cdr-workbench' : 'crm',
      rows: random.between(1, 240),
    }
  }
  return {
    ...common,
    system: 'crm',
    operation: read < usage + 0.25 ? 'view_billing' : 'view_profile',
    application: 'crm',
    rows: 1,
  }
}

function teamFor(who: Subscriber, random: Random): Team {
  if (who.segment === 'vip' && random.chance(0.8)) return 'vip-desk'
  if (who.segment === 'corporate' && random.chance(0.6)) return 'corporate'
  return drawTeam(random)
}

/** A moment within the audited days: mostly 08:00-21:59, fewer at weekends. */
export function workingTime(random: Random): number {
  for (;;) {
    const hour = Math.min(23, Math.max(0, Math.round(14 + 3.4 * random.normal())))
    const at = calendar.auditFrom + random.below(calendar.auditDays) * dayMs + hour * hourMs + random.below(hourMs / 1000) * 1000
    const weekend = weekday(at) === 0 || weekday(at) === 6
    if (hour >= 8 && hour < 22 && (!weekend || random.chance(0.6))) return at + random.below(minuteMs / 60)
  }
}
