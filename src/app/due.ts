import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { epochMs, invariant, parseIso } from '../base/index.ts'
import { decisions } from '../casefile/index.ts'
import {
  dataKindsOf,
  duties,
  factsFrom,
  readCalendars,
  withOwnCalendars,
  readLaws,
  roles,
  withActs,
  type DueAnswer,
  type Facts,
  type HolidayCalendar,
  type Law,
} from '../response/index.ts'
import type { Answer } from './answer.ts'
import type { CaseInfo, CaseStore } from './case-store.ts'
import { enteredActs } from './due-acts.ts'
import { packageRoot } from './package-root.ts'

let lawsRead: readonly Law[] | undefined
let calendarsRead: readonly HolidayCalendar[] | undefined

/** The laws this release knows, from `data/laws`; read once. */
export function knownLaws(): readonly Law[] {
  if (lawsRead !== undefined) return lawsRead
  const { laws, faults } = readLaws(shippedFiles('laws'))
  invariant(faults.length === 0, `the shipped laws are sound: ${faults[0]?.what ?? ''}`)
  lawsRead = laws
  return laws
}

/** The calendars of holidays this release knows, from `data/holidays`; read once. */
export function knownCalendars(): readonly HolidayCalendar[] {
  if (calendarsRead !== undefined) return calendarsRead
  const { calendars, faults } = readCalendars(shippedFiles('holidays'))
  invariant(faults.length === 0, `the shipped calendars are sound: ${faults[0]?.what ?? ''}`)
  calendarsRead = calendars
  return calendars
}

function shippedFiles(name: string): { readonly name: string; readonly text: string }[] {
  const folder = join(packageRoot(), 'data', name)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => ({ name: `data/${name}/${file}`, text: readFileSync(join(folder, file), 'utf8') }))
}

/** Bits from which a story counts as an occurrence; weaker ones are leads. */
const tellingScore = 30

/** The facts of a case that clocks run on: what was found, and what people decided and entered. */
export function factsOf(options: {
  readonly info: CaseInfo
  readonly answer: Pick<Answer, 'threads' | 'affected' | 'stories'>
  readonly store?: CaseStore
}): Facts {
  const { info, answer, store } = options
  const opened = parseIso(info.openedAt)
  const awareness = store === undefined ? [] : decisions(store.db).filter((one) => one.kind === 'awareness')
  const found = factsFrom({
    ...(info.zone === '' ? {} : { zone: info.zone }),
    jurisdictions: info.jurisdictions,
    roles: legalRoles(info),
    threads: answer.threads,
    ...(opened === undefined
      ? {}
      : { opened: { at: opened, cites: [{ kind: 'reference', file: 'case', version: info.id, key: 'opened' }] } }),
    intrusions: (answer.stories?.stories ?? [])
      .filter((story) => story.score >= tellingScore)
      .slice(0, 3)
      .map((story) => ({
        from: story.from,
        text: story.initialAccess?.text ?? story.title,
        cites: story.initialAccess?.cites ?? story.steps[0]?.cites ?? [],
      })),
    affected: answer.affected,
    decisions: awareness.flatMap((one) =>
      one.moment === undefined
        ? []
        : [
            {
              kind: 'awareness' as const,
              at: one.moment,
              by: one.by.join(', '),
              reason: one.reason,
              cites: [{ kind: 'decision' as const, id: one.id }],
            },
          ],
    ),
    judgements:
      info.significantHarm === 'unknown'
        ? {}
        : {
            'significant-harm': {
              answer: info.significantHarm,
              cites: [{ kind: 'reference', file: 'case', version: info.id, key: 'significant_harm' }],
            },
          },
  })
  const kinds = dataKindsOf(found.dataCategories)
  const facts = kinds.length === 0 ? found : { ...found, harm: { data: kinds } }
  return store === undefined ? facts : withActs(facts, enteredActs(store))
}

/** The time that clocks are read at: an exercise stands at the opening of its case, so that its clocks run whenever it is looked at. */
export function caseClock(info: CaseInfo, now: string): string {
  return info.generated && info.openedAt !== '' ? info.openedAt : now
}

/** What is due now on facts under the laws of this release; own files and designations of a workspace join in `dueOfCase`. */
export function dueNow(facts: Facts, now: string, holidays: readonly HolidayCalendar[] = []): DueAnswer {
  const moment = parseIso(now)
  invariant(moment !== undefined, 'the clock gives ISO 8601')
  return duties({ facts, laws: knownLaws(), calendars: withOwnCalendars(holidays, knownCalendars()), now: epochMs(moment.at) })
}

/**
 * What the operator is before the law, where nobody said more: a telecom operator's customers make it a controller and a provider, and
 * providers are essential entities. Whether an authority has designated it is asked, never assumed.
 */
function legalRoles(info: CaseInfo): Facts['roles'] {
  if (info.roles.length === 0) return ['controller', 'telecom-provider', 'essential-entity']
  return roles.filter((role) => info.roles.includes(role))
}
