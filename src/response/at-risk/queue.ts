import { epochMs, minuteText } from '../../base/index.ts'
import type { Duty } from '../duty.ts'
import type { AtRiskAct } from './act.ts'
import { authorityOf, type AskedAuthority } from './authority.ts'
import { outsideFlaw, type Compromised } from './channel.ts'
import type { PersonAtRisk } from './person.ts'

/** An act with the note that keeps it. */
export interface EnteredAtRiskAct {
  readonly act: AtRiskAct
  readonly reason: string
  /** `N4`. */
  readonly number: string
  readonly by: string
  readonly at: string
}

/** Whether whoever is in was put out: by the playbook's containment, or as a person decided. */
export interface Eviction {
  readonly state: 'not-started' | 'running' | 'done' | 'not-needed'
  readonly at?: string
  /** `T4 to T9` or the note that says so. */
  readonly by?: string
}

/** A person of the queue with what was done, and what stands against telling them. */
export interface QueuedPerson extends Omit<PersonAtRisk, 'token'> {
  readonly state: 'waiting' | 'ready' | 'told' | 'closed'
  /** Why they may not be told yet; empty when ready. */
  readonly blocks: readonly string[]
  /** Those of them that stand against releasing too: the eviction may come after the release. */
  readonly beforeRelease: readonly string[]
  readonly authority?: AskedAuthority
  readonly channel?: { readonly kind: string; readonly system?: string }
  /** Names of those who released it, two are needed. */
  readonly releasedBy: readonly string[]
  readonly told?: { readonly at: string; readonly by: string }
  readonly tries: number
}

export interface AtRiskQueue {
  readonly persons: readonly QueuedPerson[]
  /** A named person's word on the law: may an authority be asked first? */
  readonly law?: { readonly allows: 'yes' | 'no' | 'unknown'; readonly by: string; readonly reason: string }
  readonly eviction: Eviction
  /** Duties to tell persons that run meanwhile; `before`: due before a delay that an authority asked for ends. */
  readonly duties: readonly { readonly id: string; readonly step: string; readonly due: string; readonly before: boolean }[]
}

/** The queue as of `now` (ISO 8601 UTC). `systems`: ids that the inventory knows. */
export function atRiskQueue(options: {
  readonly persons: readonly PersonAtRisk[]
  readonly entered: readonly EnteredAtRiskAct[]
  readonly eviction: Eviction
  readonly compromised: Compromised
  readonly systems: ReadonlySet<string>
  readonly duties: readonly Pick<Duty, 'id' | 'step' | 'due' | 'recipient' | 'status' | 'delayed'>[]
  readonly now: string
}): AtRiskQueue {
  const { entered, compromised, systems, now } = options
  const said = entered.findLast(({ act }) => act.act === 'law')
  const law = said?.act.act === 'law' ? { allows: said.act.allows, by: said.by, reason: said.reason } : undefined
  const decided = entered.findLast(({ act }) => act.act === 'eviction')
  const eviction: Eviction =
    decided?.act.act === 'eviction' && options.eviction.state !== 'done'
      ? { state: decided.act.state, at: decided.act.at, by: decided.number }
      : options.eviction
  const persons = options.persons.map((person) =>
    queued(person, {
      acts: entered.filter(({ act }) => 'persons' in act && act.persons.includes(person.pseudonym)),
      law: law?.allows,
      eviction,
      outside: (system) => outsideFlaw(system, { compromised, systems }),
      now,
    }),
  )
  const until = persons
    .flatMap((one) => (one.authority?.answer === 'delay' ? (one.authority.until ?? []) : []))
    .toSorted()
    .at(-1)
  return {
    persons,
    ...(law === undefined ? {} : { law }),
    eviction,
    duties: options.duties.flatMap(({ id, step, due, recipient, status, delayed }) =>
      due === undefined || status === 'done' || !tellsPersons(recipient)
        ? []
        : [{ id, step, due, before: until !== undefined && delayed === undefined && epochMs(due) < epochMs(until) }],
    ),
  }
}

interface On {
  readonly acts: readonly EnteredAtRiskAct[]
  readonly law: 'yes' | 'no' | 'unknown' | undefined
  readonly eviction: Eviction
  readonly outside: (system: string) => string | undefined
  readonly now: string
}

function queued(one: PersonAtRisk, on: On): QueuedPerson {
  const { token: _, ...person } = one
  const { acts, now } = on
  const authority = authorityOf(acts, now)
  const channelAt = acts.findLastIndex(({ act }) => act.act === 'channel')
  const chosen = acts[channelAt]?.act
  const channel =
    chosen?.act === 'channel'
      ? { kind: chosen.kind, ...(chosen.system === undefined ? {} : { system: chosen.system }) }
      : undefined
  // Who released did so for this channel and on the authority's word as it then stood.
  const settled = Math.max(
    channelAt,
    acts.findLastIndex(({ act }) => act.act === 'authority-answer' || act.act === 'ask'),
  )
  const releasedBy = [
    ...new Map(
      acts
        .slice(settled + 1)
        .filter(({ act }) => act.act === 'release')
        .map(({ by }) => [by.toLowerCase(), by]),
    ).values(),
  ]
  const told = acts.findLast(({ act }) => act.act === 'told' && act.reached)
  const tries = acts.filter(({ act }) => act.act === 'told' && !act.reached).length
  const closed = acts.some(({ act }) => act.act === 'close')
  const beforeRelease = blocksBeforeRelease({ law: on.law, authority, channel, outside: on.outside })
  const blocks = [
    ...beforeRelease,
    ...(on.eviction.state === 'done' || on.eviction.state === 'not-needed'
      ? []
      : ['eviction: not done yet; tell with it, not before']),
    ...(releasedBy.length >= 2
      ? []
      : [
          releasedBy.length === 0
            ? 'not released: two persons must'
            : `released by ${releasedBy[0] ?? ''} alone: a second person must`,
        ]),
  ]
  return {
    ...person,
    state: told !== undefined ? 'told' : closed ? 'closed' : blocks.length === 0 ? 'ready' : 'waiting',
    blocks: told !== undefined || closed ? [] : blocks,
    beforeRelease: told !== undefined || closed ? [] : beforeRelease,
    ...(authority === undefined ? {} : { authority }),
    ...(channel === undefined ? {} : { channel }),
    releasedBy,
    ...(told?.act.act === 'told' ? { told: { at: told.act.at, by: told.by } } : {}),
    tries,
  }
}

/** What stands against releasing a person: the law, the authority, the channel. The eviction may come after it. */
function blocksBeforeRelease(on: {
  readonly law: On['law']
  readonly authority: QueuedPerson['authority']
  readonly channel: QueuedPerson['channel']
  readonly outside: On['outside']
}): readonly string[] {
  const { law, authority, channel } = on
  const delayed = authority?.answer === 'delay' && authority.over !== true
  const flaw = channel?.system === undefined ? undefined : on.outside(channel.system)
  return [
    ...(law === undefined || law === 'unknown' ? ['law: not decided whether an authority may be asked first'] : []),
    ...(law === 'yes' && authority?.askedAt === undefined ? ['no authority was asked'] : []),
    ...(law === 'yes' && authority?.askedAt !== undefined && authority.answer === undefined
      ? [`${authority.name} has not answered`]
      : []),
    ...(delayed ? [`${authority.name} asks to wait until ${minuteText(authority.until ?? '')} UTC`] : []),
    ...(channel === undefined ? ['no channel is chosen'] : []),
    ...(flaw === undefined ? [] : [flaw]),
  ]
}

function tellsPersons(recipient: string): boolean {
  return /\b(?:data subjects?|subscribers?|individuals?|customers?|affected persons?|every affected person)\b/i.test(recipient)
}
