import { UserError } from '../base/index.ts'
import { exhibits } from '../evidence/index.ts'
import type { RequestAct, TrackedRequest } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import type { AskedRequestAct } from './request-asked.ts'
import { utc } from './request-due.ts'

/** The act as it is kept: known exhibits with their hashes, times in UTC. Throws a `UserError` for what the state of its request does not allow. */
export function checkedRequestAct(
  act: AskedRequestAct,
  { all, store }: { readonly all: readonly TrackedRequest[]; readonly store: CaseStore },
): RequestAct {
  const one = requestNamed(all, act.request)
  if (one.state === 'closed') throw refused('request-closed', `${one.number} is closed`, 'draft a new request for what is left')
  switch (act.act) {
    case 'answer': {
      if (one.state === 'drafted') throw notSent(one)
      const known = new Map(exhibits(store.db).map((each) => [each.number, each.sha256]))
      const held = act.exhibits.map((number) => {
        const hash = known.get(number)
        if (hash === undefined)
          throw refused(
            'exhibit-unknown',
            `the case has no exhibit ${number}`,
            'add it first: breachline evidence add FILE --case ID',
          )
        return { number, sha256: hash }
      })
      if (act.gives === 'evidence' && held.length + act.hashes.length === 0)
        throw refused(
          'evidence-missing',
          'evidence is named by exhibit or hash',
          'give --exhibit E7 or --sha256 HASH; words alone are a --statement',
        )
      return { ...act, at: utc(act.at), exhibits: held, hashes: [...act.hashes] }
    }
    case 'remind':
    case 'refuse':
      if (one.state === 'drafted') throw notSent(one)
      return { ...act, at: utc(act.at) }
    case 'close':
      if (one.state !== 'answered' && !act.anyway)
        throw refused(
          'not-answered',
          `${one.number} is ${one.state === 'stated' ? 'answered by a statement only' : one.state}: no evidence came`,
          'enter the answer (breachline request answer), or close it with --anyway and the reason',
        )
      return { act: 'close', request: one.number }
    case 'send':
      return { ...act, at: utc(act.at) }
    case 'extend':
      return { ...act, due: utc(act.due) }
  }
}

function notSent(one: TrackedRequest): UserError {
  return refused('not-sent', `${one.number} was not sent yet`, `enter that it was: breachline request sent ${one.number}`)
}

/** The request with this number. */
export function requestNamed(all: readonly TrackedRequest[], number: string): TrackedRequest {
  const found = all.find((one) => one.number === number)
  if (found !== undefined) return found
  throw refused(
    'request-unknown',
    `the case has no request ${number}`,
    all.length === 0 ? 'draft one: breachline request draft' : `requests: ${all.map((one) => one.number).join(', ')}`,
  )
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint })
}
