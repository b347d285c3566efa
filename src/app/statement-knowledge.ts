import { epochMs, limits, sha256 } from '../base/index.ts'
import { decisions, findings, history, tasks } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import { withoutUnreleased } from '../intrusion/index.ts'
import { listInventory } from '../inventory/index.ts'
import {
  assessmentVersions,
  earlierText,
  readKeptNotice,
  readStatements,
  readStepPlan,
  type AssessmentVersion,
  type Earlier,
  type PublicStatement,
  type StatementKnowledge,
} from '../response/index.ts'
import type { Answer } from './answer.ts'
import type { CaseStore } from './case-store.ts'
import { enteredActs } from './due-acts.ts'
import { dueOfCase } from './due-case.ts'
import { openInventory } from './estate.ts'
import { lastAnswer } from './last-answer.ts'
import { neededPeriod } from './needed-period.ts'
import { statementLanguages } from './statement-languages.ts'
import type { Workspace } from './workspace.ts'

type Place = Pick<Workspace, 'path'>
type EarlierText = Parameters<typeof earlierText>[0]

/** Everything that statements of a case rest on: findings, coverage, inventory, steps taken. Throws a `UserError` before the first investigation. */
export function statementKnowledge(workspace: Place, store: CaseStore, now: string): StatementKnowledge {
  const info = store.info()
  const answer = lastAnswer(store)
  const period = neededPeriod(info, answer)
  const posts = answer.threads
    .flatMap((thread) => thread.posts)
    .flatMap((post) => post.at?.at ?? [])
    .sort()
  return {
    operator: info.operator,
    zone: info.zone,
    now,
    findings: withoutUnreleased(findings(store.db, { withdrawn: false }), decisions(store.db)),
    assertions: new Map(
      answer.threads.flatMap((thread) =>
        thread.assertions.map(({ id, kind, by, quantity, unit, standing }) => [
          `${thread.id}/${id}`,
          {
            kind,
            by,
            ...(quantity === undefined ? {} : { quantity }),
            ...(unit === undefined ? {} : { unit }),
            ...(standing === undefined ? {} : { standing }),
          },
        ]),
      ),
    ),
    ...(posts[0] === undefined ? {} : { publishedAt: posts[0] }),
    coverage: answer.coverage.rows ?? [],
    systems: systemsOf(workspace, store),
    ...(period === undefined ? {} : { needed: { from: period.from, to: period.to } }),
    ...stepsOf(store),
    informed: informedOf(workspace, store, now, answer),
  }
}

/** What was said before: statements that left, what the operator was heard to say, and what was entered for filings. */
export function saidBefore(store: CaseStore): readonly Earlier[] {
  const languages = statementLanguages()
  const { statements } = readStatements(decisions(store.db))
  const left = statements.flatMap(({ id, text, released, filed }): EarlierText[] => {
    if (released !== undefined) return [{ label: id, kind: 'released', at: released.at, text }]
    return filed === undefined ? [] : [{ label: id, kind: 'filed', at: filed.at, text }]
  })
  const heard = publicStatements(store).map(({ id, at, text }): EarlierText => ({ label: id, kind: 'public', at, text }))
  const filings = decisions(store.db).flatMap(({ change }): EarlierText[] => {
    const notice = readKeptNotice(change)
    if (notice === undefined) return []
    const answers = notice.fields.flatMap(({ answers: all }) => all.map((one) => one.text)).filter((text) => text.trim() !== '')
    const text = answers.join('\n\n').slice(0, limits.statementBytes / 4)
    return text === '' ? [] : [{ label: notice.number, kind: 'filed', at: notice.at, text }]
  })
  const entered = enteredActs(store).flatMap(({ act, at, number }): EarlierText[] =>
    act.act === 'entry' ? [{ label: number, kind: 'entered', at, text: act.text }] : [],
  )
  const counts = enteredActs(store).flatMap(({ act, at, number }): Earlier[] => {
    if (act.act !== 'count') return []
    const bounds = { ...(act.min === undefined ? {} : { min: act.min }), ...(act.max === undefined ? {} : { max: act.max }) }
    const text = `Persons affected: ${act.min ?? 0} to ${act.max ?? 'not known'}.`
    return [
      {
        label: number,
        kind: 'entered',
        at,
        sentences: [{ line: 0, text, said: [{ kind: 'count', unit: 'persons', scope: 'concerned', ...bounds }] }],
      },
    ]
  })
  return [...[...left, ...heard, ...filings, ...entered].map((one) => earlierText(one, languages)), ...counts]
}

/** What the operator is quoted with in the sources of the claim, one per source and time. */
export function publicStatements(store: CaseStore): readonly PublicStatement[] {
  const operator = store.info().operator.toLowerCase()
  const found = new Map<string, { at: string; texts: string[] }>()
  for (const { by, name, text, at } of lastAnswer(store).threads.flatMap((thread) => thread.statements)) {
    const who = name?.toLowerCase() ?? ''
    if (by !== 'victim' || operator === '' || !(who.includes(operator) || (who !== '' && operator.includes(who)))) continue
    const when = at?.at ?? ''
    const one = found.get(when) ?? { at: when, texts: [] }
    if (!one.texts.includes(text)) one.texts.push(text)
    found.set(when, one)
  }
  return [...found.values()].map(({ at, texts }) => {
    const text = texts.join('\n\n')
    return { id: `Q${sha256(`${at}\n${text}`).slice(0, 6)}`, at, text }
  })
}

/** Versions of the assessment; those after an instant when one is given. */
export function versionsOf(store: CaseStore, since?: string): readonly AssessmentVersion[] {
  const lived = findings(store.db).map((finding) => ({ finding, history: history(store.db, finding.id) }))
  const known = exhibits(store.db).map((one) => ({
    sha256: one.sha256,
    number: one.number,
    file: one.name,
    at: one.acquisitions[0]?.when ?? '',
  }))
  return assessmentVersions(lived, known).filter(({ at }) => since === undefined || epochMs(at) > epochMs(since))
}

function systemsOf(workspace: Place, store: CaseStore): StatementKnowledge['systems'] {
  const db = openInventory(workspace, store.info())
  try {
    return listInventory(db, 'system').map(({ id, name, hosts, data }) => ({ id, name, hosts, data }))
  } finally {
    db.close()
  }
}

/** Steps of playbooks that change or stop something: what containment is made of. */
function stepsOf(store: CaseStore): Pick<StatementKnowledge, 'steps'> {
  const steps = tasks(store.db).filter(({ plan }) => readStepPlan(plan)?.disruptive === true)
  const closed = steps.flatMap((one) => one.closed?.at ?? []).sort()
  const last = closed.at(-1)?.slice(0, 10)
  const open = steps.filter((one) => one.closed === undefined).map(({ number, text }) => `${number} ${text}`)
  return steps.length === 0 ? {} : { steps: { open, closed: closed.length, ...(last === undefined ? {} : { lastDay: last }) } }
}

/** Duties to persons, not to authorities. */
const toPersons = /subjects|subscribers|individuals|persons|customers|controller|organi[sz]ation/i

function informedOf(workspace: Place, store: CaseStore, now: string, answer: Answer): StatementKnowledge['informed'] {
  const done = enteredActs(store).flatMap(({ act, number }) =>
    act.act === 'done' ? [{ duty: act.duty, at: act.at, number }] : [],
  )
  if (done.length === 0) return []
  const { due } = dueOfCase(workspace, store, { now, answer })
  return done.flatMap(({ duty, at, number }) => {
    const found = due.duties.find((one) => one.id === duty)
    if (found === undefined || found.confidential === true || toPersons.test(found.recipient)) return []
    return [{ recipient: inSentence(found.recipient), at, decision: number }]
  })
}

/** `Supervisory authority` within a sentence; names keep their capitals. */
function inSentence(recipient: string): string {
  return /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(recipient) ? `${recipient.charAt(0).toLowerCase()}${recipient.slice(1)}` : recipient
}
