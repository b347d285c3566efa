import { epochMs, parseIso, UserError } from '../base/index.ts'
import type { RequestTerms } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { dueOfCase } from './due-case.ts'
import { lastAnswer } from './last-answer.ts'
import { lostNext } from './lost-next.ts'
import type { AskedRequest } from './request-asked.ts'
import type { Workspace } from './workspace.ts'

/** By when: the earliest of the time stated, the contract's duty and the end of retention. */
export function requestDue(
  workspace: Workspace,
  store: CaseStore,
  { request, now }: { readonly request: AskedRequest; readonly now: string },
): Pick<RequestTerms, 'due' | 'dueFrom'> {
  const found: Pick<RequestTerms, 'due' | 'dueFrom'>[] = []
  if (request.due !== undefined) found.push({ due: utc(request.due), dueFrom: { kind: 'stated' } })
  const answered = store.lastAnswer() !== undefined
  const all = answered ? dueOfCase(workspace, store, { now }).due.duties : []
  if (request.duty !== undefined) {
    const duty = all.find(({ id }) => id === request.duty)
    if (duty?.due === undefined)
      throw refused(
        'duty-without-time',
        duty === undefined ? `no duty "${request.duty}" stands in this case` : `no clock of ${request.duty} runs`,
        `duties with a time: ${all.flatMap(({ id, due }) => (due === undefined ? [] : [id])).join(', ') || 'none'}; own contracts stand in private/laws of the workspace ("breachline laws lint FILE")`,
      )
    found.push({ due: utc(duty.due), dueFrom: { kind: 'duty', duty: duty.id } })
  }
  if (request.source !== undefined) {
    const losing = answered
      ? lostNext({ workspace, store, answer: lastAnswer(store), now }).sources.find((one) => one.source === request.source)
      : undefined
    if (losing?.next === undefined)
      throw refused(
        'retention-unknown',
        `nothing says when ${request.source} loses a day that the case needs`,
        '"breachline preserve list" shows the sources; or give the time with --due',
      )
    found.push({ due: utc(losing.next.begins), dueFrom: { kind: 'retention', source: request.source } })
  }
  const [earliest] = found.toSorted((a, b) => epochMs(a.due) - epochMs(b.due))
  if (earliest !== undefined) return earliest
  throw refused(
    'due-missing',
    'a request needs a time',
    'give --due TIME, --duty DUTY (the contract that obliges), or --source LOG (before it is overwritten)',
  )
}

/** A time with its zone in the one form in which times are compared; as it stands where it is none. */
export function utc(text: string): string {
  return parseIso(text)?.at ?? text
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint })
}
