import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findingId, type Finding, type Proposal } from '../../../src/casefile/index.ts'
import {
  duties,
  letterOf,
  noticeOf,
  readFacts,
  readNoticeTexts,
  type Duty,
  type Facts,
  type FiledNotice,
  type Letter,
  type LetterLanguage,
  type Notice,
  type Phase,
  type Said,
} from '../../../src/response/index.ts'
import { shipped, shippedCalendars } from '../laws.ts'

const data = path.resolve(import.meta.dirname, '../../../data/notices')
export const texts = readNoticeTexts(
  readdirSync(data)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => readFileSync(path.join(data, name), 'utf8')),
)

export const sha = 'a'.repeat(64)
const cite = { kind: 'exhibit', sha256: sha, file: 'sample.csv', at: { kind: 'row', n: 412 } } as const
export const names = {
  exhibit: (hash: string) => (hash === sha ? 'E3' : undefined),
  decision: (id: string) => (id === 'D_1' ? 'D1' : undefined),
}

/** A finding as a person left it; invented. */
function finding(kind: Proposal['kind'], status: Finding['status'], text: string, more: Partial<Finding> = {}): Finding {
  const one = { kind, subject: text, code: 'c', params: {}, cites: [cite], text, grounds: [], producer: 'test' } as const
  const ruling = status === 'adopted' ? { ruling: { by: 'A. Rahman', at: '2026-10-06T01:00:00Z', reason: 'checked' } } : {}
  return { ...one, id: findingId(one), status, at: '2026-10-06T00:00:00Z', ...ruling, ...more }
}

/** A case of `test/cases/notices`. */
export interface Given {
  readonly about: string
  readonly kind: 'notice' | 'letter'
  readonly duty: string
  readonly now: string
  readonly phase?: Phase
  readonly facts: object
  readonly findings?: readonly {
    readonly kind: Proposal['kind']
    readonly status: Finding['status']
    readonly text: string
    readonly subject?: string
  }[]
  readonly filed?: readonly (Pick<FiledNotice, 'number' | 'duty' | 'recipient' | 'at' | 'fields'> & Partial<FiledNotice>)[]
  readonly lang?: LetterLanguage
  readonly items?: readonly string[]
  readonly said?: readonly Said[]
}

function factsOf(given: Pick<Given, 'facts'>): Facts {
  return readFacts({ file: 'in.json', text: JSON.stringify(given.facts) })
}

/** The duty of a case, by the shipped laws. */
function dutyOf(given: Pick<Given, 'duty' | 'now' | 'facts'>): Duty {
  const answer = duties({
    facts: factsOf(given),
    laws: shipped.laws,
    calendars: shippedCalendars.calendars,
    now: Date.parse(given.now),
  })
  const duty = answer.duties.find((one) => one.id === given.duty)
  if (duty === undefined) throw new Error(`${given.duty} does not apply`)
  return duty
}

function common(given: Given): {
  duty: Duty
  form: string
  filed: FiledNotice[]
  operator: string
  caseId: string
  asOf: string
  facts: Facts
} {
  const duty = dutyOf(given)
  const [law = '', rule = ''] = given.duty.split('/')
  const form = shipped.laws.find((one) => one.id === law)?.rules.find((one) => one.id === rule)?.form ?? 'none'
  const filed = (given.filed ?? []).map((one): FiledNotice => ({
    chain: `${one.duty.split('/')[0] ?? ''}: ${one.recipient}`,
    form: 'x/y',
    phase: 'initial',
    body: 'x\n',
    sha256: '0'.repeat(64),
    documents: [],
    by: 'A. Rahman',
    recorded: one.at,
    decision: 'D1',
    ...one,
  }))
  return {
    duty,
    form: `${law}/${form}`,
    filed,
    operator: 'Meridian Telekom',
    caseId: 'meridian',
    asOf: '2026-10-06T02:00:00.000Z',
    facts: factsOf(given),
  }
}

export function noticeGiven(given: Given): Notice {
  return noticeOf({
    ...common(given),
    texts,
    caseTitle: 'Claim of October',
    zone: 'Asia/Kuala_Lumpur',
    findings: (given.findings ?? []).map((one) =>
      finding(one.kind, one.status, one.text, one.subject === undefined ? {} : { subject: one.subject }),
    ),
    ...(given.phase === undefined ? {} : { phase: given.phase }),
  })
}

export function letterGiven(given: Given): Letter {
  return letterOf({ ...common(given), texts, lang: given.lang ?? 'en', items: given.items ?? [], said: given.said ?? [] })
}
