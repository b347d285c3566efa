import { parseIso, UserError } from '../base/index.ts'
import { findings, note, notes } from '../casefile/index.ts'
import {
  atRiskQueue,
  briefText,
  keepAtRiskAct,
  outsideFlaw,
  outsideText,
  personsAtRisk,
  readAtRiskAct,
  type AtRiskAct,
  type AtRiskQueue,
  type EnteredAtRiskAct,
  type QueuedPerson,
} from '../response/index.ts'
import { evictionOf } from './at-risk-eviction.ts'
import { systemsOf } from './at-risk-systems.ts'
import type { AtCases } from './at-cases.ts'
import type { CaseStore } from './case-store.ts'
import { caseClock } from './due.ts'
import { dueOfCase } from './due-case.ts'
import type { Workspace } from './workspace.ts'

/** Persons at risk of a case. What is entered stays in the compartment of the disclosure desk: no report, page or export holds it. */
export interface AtRiskDesk {
  state(caseId: string): Promise<AtRiskQueue>
  /** Kept as a note of the compartment. Throws a `UserError` for somebody who is not in the queue, or what must come first. */
  act(
    caseId: string,
    entered: { readonly act: AtRiskAct; readonly reason: string },
  ): Promise<{ readonly number: string; readonly queue: AtRiskQueue }>
  /** What stands on the outside of the message to a person, and the brief for whoever tells them: only when released by two. */
  brief(caseId: string, pseudonym: string): Promise<{ readonly outside: readonly string[]; readonly text: string }>
}

export function atRiskDesk({ workspace, signer, withCase }: AtCases): AtRiskDesk {
  const now = workspace.world.now
  return {
    state: (id) => withCase(id, (store) => queueOf(workspace, store, now())),
    act: (id, { act, reason }) =>
      withCase(id, (store) => {
        const kept = checked(act, { queue: queueOf(workspace, store, now()), actor: signer.name })
        if (kept.act === 'channel' && kept.system !== undefined) {
          const { known, compromised } = systemsOf(workspace, store)
          const flaw = outsideFlaw(kept.system, { compromised, systems: known })
          if (flaw !== undefined)
            throw refused(
              'channel-inside',
              flaw,
              'choose another system of the inventory, or a way that no system of ours carries (--not-ours)',
            )
        }
        const about = 'persons' in kept ? kept.persons : []
        const { number } = note(store.db, {
          by: signer,
          at: now(),
          kind: 'note',
          text: keepAtRiskAct(kept, reason),
          about,
          compartment: 'disclosure-desk',
        })
        return { number, queue: queueOf(workspace, store, now()) }
      }),
    brief: (id, pseudonym) =>
      withCase(id, (store) => {
        const person = named(queueOf(workspace, store, now()), pseudonym)
        if (person.releasedBy.length < 2)
          throw refused(
            'needs-two',
            `${person.pseudonym} is not released by two persons`,
            'breachline at-risk release PSEUDONYM --as SOMEBODY-ELSE',
          )
        const token =
          personsAtRisk(findings(store.db, { withdrawn: false })).find((one) => one.finding === person.finding)?.token ?? ''
        const read = `Brief on ${person.pseudonym} read`
        note(store.db, {
          by: signer,
          at: now(),
          kind: 'note',
          text: read,
          about: [person.pseudonym],
          compartment: 'disclosure-desk',
        })
        return { outside: outsideText(person.channel?.kind ?? '') ?? [], text: briefText(person, token) }
      }),
  }
}

function queueOf(workspace: Workspace, store: CaseStore, now: string): AtRiskQueue {
  const entered = notes(store.db, { compartments: ['disclosure-desk'] }).flatMap((one): EnteredAtRiskAct[] => {
    const kept = readAtRiskAct(one.text)
    return kept === undefined ? [] : [{ ...kept, number: one.number, by: one.by.join(', '), at: one.at }]
  })
  const { known, compromised } = systemsOf(workspace, store)
  return atRiskQueue({
    persons: personsAtRisk(findings(store.db, { withdrawn: false })),
    entered,
    eviction: evictionOf(workspace, store),
    compromised,
    systems: known,
    duties: store.lastAnswer() === undefined ? [] : dueOfCase(workspace, store, { now }).due.duties,
    now: caseClock(store.info(), now),
  })
}

/** Tokens of persons of the queue who may not be told yet, or were not: nobody else tells them. */
export function untoldTokens(workspace: Workspace, store: CaseStore, now: string): ReadonlySet<string> {
  const { persons } = queueOf(workspace, store, now)
  const untold = new Set(persons.filter(({ state }) => state === 'waiting' || state === 'ready').map(({ finding }) => finding))
  return new Set(
    personsAtRisk(findings(store.db, { withdrawn: false }))
      .filter(({ finding }) => untold.has(finding))
      .map(({ token }) => token),
  )
}

function checked(act: AtRiskAct, { queue, actor }: { readonly queue: AtRiskQueue; readonly actor: string }): AtRiskAct {
  if (!('persons' in act)) return 'at' in act ? { ...act, at: utc(act.at) } : act
  const persons = act.persons.map((one) => named(queue, one))
  const over = persons.find(({ state }) => state === 'closed' || state === 'told')
  if (over !== undefined && act.act !== 'close')
    throw refused('person-closed', `${over.pseudonym} is ${over.state}`, 'nothing more is entered for them')
  const kept = { ...act, persons: persons.map(({ pseudonym }) => pseudonym) }
  switch (kept.act) {
    case 'ask':
      if (queue.law?.allows === 'no')
        throw refused(
          'law-forbids',
          `${queue.law.by} decided that the law does not let an authority be asked first`,
          'change that with "breachline at-risk law yes --reason ..."',
        )
      return { ...kept, at: utc(kept.at) }
    case 'authority-answer':
      return { ...kept, at: utc(kept.at), ...(kept.until === undefined ? {} : { until: utc(kept.until) }) }
    case 'release':
      for (const one of persons) {
        const [block] = one.beforeRelease
        if (block !== undefined)
          throw refused('not-yet', `${one.pseudonym}: ${block}`, '"breachline at-risk list" says what stands against it')
        if (one.releasedBy.some((name) => name.toLowerCase() === actor.toLowerCase()))
          throw refused(
            'needs-two',
            `${actor} released ${one.pseudonym} already: a second person must`,
            'act as them with --as SOMEBODY-ELSE',
          )
      }
      return kept
    case 'told':
      for (const one of persons)
        if (one.state !== 'ready')
          throw refused(
            'not-yet',
            `${one.pseudonym} may not be told: ${one.blocks.join('; ')}`,
            '"breachline at-risk list" says what stands against it',
          )
      return { ...kept, at: utc(kept.at) }
    case 'channel':
    case 'close':
      return kept
  }
}

function named(queue: AtRiskQueue, name: string): QueuedPerson {
  const found = queue.persons.filter(({ pseudonym }) => pseudonym === name || pseudonym.startsWith(name))
  const [one] = found
  if (one !== undefined && found.length === 1) return one
  throw refused(
    'person-unknown',
    found.length > 1 ? `${name} fits ${found.length} persons` : `nobody in the queue is called ${name}`,
    '"breachline at-risk list" shows the pseudonyms',
  )
}

/** A time with its zone in the one form in which times are compared. */
function utc(text: string): string {
  return parseIso(text)?.at ?? text
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint })
}
