import type { CoverageRow } from '../../assessment/index.ts'
import type { Finding } from '../../casefile/index.ts'
import type { AssertionKind, Speaker } from '../../claims/index.ts'
import type { Topic } from './language-schema.ts'

/** What an assertion of the claim says, by `thread:name/A1`: an assessment alone does not tell. */
export interface ClaimedThing {
  readonly kind: AssertionKind
  readonly by: Speaker
  readonly quantity?: number
  readonly unit?: string
  /** Threatened or tried, not said to be done. */
  readonly standing?: 'attempted' | 'threatened'
}

/** Everything that statements of a case rest on. */
export interface StatementKnowledge {
  readonly operator: string
  /** Zone of the operator for dates in drafts, `+08:00`; '' for UTC. */
  readonly zone: string
  /** Now, ISO 8601 UTC. */
  readonly now: string
  /** Standing findings; attributions that nobody released are left out by the caller. */
  readonly findings: readonly Finding[]
  readonly assertions: ReadonlyMap<string, ClaimedThing>
  /** First post of an actor, ISO 8601. */
  readonly publishedAt?: string
  readonly coverage: readonly CoverageRow[]
  readonly systems: readonly {
    readonly id: string
    readonly name: string
    readonly hosts: readonly string[]
    readonly data: readonly string[]
  }[]
  /** Days that the claim needs logs of, `YYYY-MM-DD`. */
  readonly needed?: { readonly from: string; readonly to: string }
  /** Steps of containment of playbooks in this case: those open, and the day the last was closed. */
  readonly steps?: { readonly open: readonly string[]; readonly closed: number; readonly lastDay?: string }
  /** Authorities that were informed, by recorded steps of duties. */
  readonly informed: readonly { readonly recipient: string; readonly at: string; readonly decision: string }[]
}

/** A finding read as an answer to one topic. */
export interface TopicFinding {
  readonly finding: Finding
  readonly topic: Topic | 'amount' | 'capability' | 'reading'
  readonly value: 'yes' | 'no' | 'unknown'
}

/** Bits from which a story counts as an occurrence; weaker ones are leads. */
const tellingScore = 30

/** What the standing findings say, topic by topic; rejected and withdrawn ones say nothing. */
export function topicFindings(knowledge: Pick<StatementKnowledge, 'findings' | 'assertions'>): TopicFinding[] {
  return knowledge.findings
    .filter((one) => one.status !== 'rejected' && one.withdrawn !== true)
    .flatMap((finding): TopicFinding[] => {
      const read = readingOf(finding, knowledge.assertions)
      return read === undefined ? [] : [{ finding, ...read }]
    })
}

function readingOf(finding: Finding, assertions: StatementKnowledge['assertions']): Omit<TopicFinding, 'finding'> | undefined {
  switch (finding.kind) {
    case 'assessment':
      return typeof finding.params['part'] === 'string'
        ? ofPart(finding.params['part'], valueOf(finding))
        : ofAssertion(finding, assertions.get(finding.subject))
    case 'story':
      if (finding.code === 'attribution')
        return Array.isArray(finding.params['groups']) && finding.params['groups'].length > 0
          ? { topic: 'skill', value: 'yes' }
          : undefined
      return finding.code === 'attack-story' && Number(finding.params['score']) >= tellingScore
        ? { topic: 'access', value: 'yes' }
        : undefined
    case 'provenance':
      if (agreeing.has(finding.code)) return { topic: 'data', value: 'yes' }
      if (elsewhere.has(finding.code)) return { topic: 'data', value: 'no' }
      return finding.code === 'sample-not-established' ? { topic: 'data', value: 'unknown' } : undefined
    case 'affected':
      return { topic: 'few', value: 'yes' }
    case 'lookup':
      return { topic: 'reading', value: 'yes' }
    default:
      return undefined
  }
}

const agreeing: ReadonlySet<string> = new Set([
  'sample-agrees-with-copy',
  'sample-copies-not-separable',
  'sample-mixed',
  'sample-unknown-copy',
])
const elsewhere: ReadonlySet<string> = new Set(['sample-recycled', 'sample-fabricated', 'sample-login-list'])

function valueOf({ params }: Finding): TopicFinding['value'] {
  return params['status'] === 'supported' ? 'yes' : params['status'] === 'contradicted' ? 'no' : 'unknown'
}

/** A part of a claim, judged for itself. That the data are real does not make them the operator's; that they are invented makes them nobody's. */
function ofPart(part: string, value: TopicFinding['value']): Omit<TopicFinding, 'finding'> | undefined {
  switch (part) {
    case 'access':
      return { topic: 'access', value }
    case 'whose':
      return { topic: 'data', value }
    case 'data':
      return value === 'no' ? { topic: 'data', value } : undefined
    case 'third-party':
      return { topic: 'outside', value }
    case 'amount':
      return { topic: 'amount', value }
    case 'disruption':
      return { topic: 'capability', value }
    default:
      return undefined
  }
}

function ofAssertion(finding: Finding, claimed: ClaimedThing | undefined): Omit<TopicFinding, 'finding'> | undefined {
  const value = valueOf(finding)
  switch (claimed?.kind) {
    case 'access':
      return { topic: 'access', value }
    case 'denial':
      // What contradicts "nothing in our own systems" shows that there was something; nothing ever supports it.
      return { topic: 'access', value: value === 'no' ? 'yes' : 'unknown' }
    case 'third-party':
      return { topic: 'outside', value }
    case 'capability':
      return { topic: 'capability', value }
    case 'data-taken':
    case 'count':
      if (claimed.standing === 'threatened') return undefined
      if (value === 'no' && claimed.quantity !== undefined) return { topic: 'amount', value }
      return { topic: 'data', value }
    default:
      return undefined
  }
}
