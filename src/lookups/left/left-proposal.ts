import type { Proposal } from '../../casefile/index.ts'
import type { LeftFinding } from './left-behind.ts'

/** A source of what was left behind, as a finding to be adopted or not. */
export function leftProposal(one: LeftFinding): Proposal {
  const { kind, account, host, subscribers, queries, bulk, rows, sentence } = one
  const [first] = sentence.cites
  const exhibit = first?.kind === 'exhibit' ? `${first.sha256}${first.member === undefined ? '' : `/${first.member}`}` : ''
  return {
    kind: 'lookup',
    subject: `left-behind:${[exhibit, account, host].filter((part) => part !== '').join(' ')}`,
    code: kind === 'table' || kind === 'text' ? 'subscribers-in-recovered-file' : 'queries-left-behind',
    params: { kind, account, host, subscribers, queries, bulk, rows },
    cites: sentence.cites,
    text: sentence.text,
    confidence: 'moderate',
    grounds: [sentence],
    producer: 'lookups',
    value: one,
  }
}
