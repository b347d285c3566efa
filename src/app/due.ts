import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { epochMs, invariant, parseIso } from '../base/index.ts'
import { decisions } from '../casefile/index.ts'
import { duties, factsFrom, readLaws, type DueAnswer, type Facts, type Law } from '../response/index.ts'
import type { Answer } from './answer.ts'
import type { CaseInfo, CaseStore } from './case-store.ts'
import { packageRoot } from './package-root.ts'

/** The laws this release knows, from `data/laws`. */
export function knownLaws(): readonly Law[] {
  const folder = join(packageRoot(), 'data', 'laws')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => ({ name: `data/laws/${name}`, text: readFileSync(join(folder, name), 'utf8') }))
  const { laws, faults } = readLaws(files)
  invariant(faults.length === 0, `the shipped laws are sound: ${faults[0]?.what ?? ''}`)
  return laws
}

/** Bits from which a story counts as an occurrence; weaker ones are leads. */
const tellingScore = 30

/** The facts of a case that clocks run on: what was found, and what people decided. */
export function factsOf(options: {
  readonly info: CaseInfo
  readonly answer: Pick<Answer, 'threads' | 'affected' | 'stories'>
  readonly store?: CaseStore
}): Facts {
  const { info, answer, store } = options
  const opened = parseIso(info.openedAt)
  const awareness = store === undefined ? [] : decisions(store.db).filter((one) => one.kind === 'awareness')
  return factsFrom({
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
}

/** The time that clocks are read at: an exercise stands at the opening of its case, so that its clocks run whenever it is looked at. */
export function caseClock(info: CaseInfo, now: string): string {
  return info.generated && info.openedAt !== '' ? info.openedAt : now
}

/** What is due now on the facts of the case. */
export function dueNow(facts: Facts, now: string): DueAnswer {
  const moment = parseIso(now)
  invariant(moment !== undefined, 'the clock gives ISO 8601')
  return duties({ facts, laws: knownLaws(), now: epochMs(moment.at) })
}

/** What the operator says it is before the law; a telecom operator's customers make it a controller and a provider. */
function legalRoles(info: CaseInfo): Facts['roles'] {
  const all: Facts['roles'] = ['controller', 'telecom-provider', 'ncii-entity', 'essential-entity']
  return info.roles.length === 0 ? all : all.filter((role) => info.roles.includes(role))
}
