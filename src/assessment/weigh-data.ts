import type { Assertion } from '../claims/index.ts'
import type { Sentence } from '../evidence/index.ts'
import { weighAmount } from './weigh-amount.ts'
import { open, type Findings, type Weight } from './weight.ts'

const lineUnits = /^(line|row|record|entr)/i
const personUnits = /^(person|people|individual|subscriber|customer|user|target)/i

/** "We have N records of yours": the sample says whether the data exist; the amount is weighed apart. */
export function weighData(assertion: Assertion, findings: Findings): Weight {
  const { provenance, subscriberBase } = findings
  if (assertion.standing === 'threatened') return weighThreat(assertion, findings)
  const amount = assertion.quantity
  if (amount !== undefined && personUnits.test(assertion.unit ?? '') && assertion.qualifier !== 'at most') {
    if (subscriberBase !== undefined && amount > subscriberBase.count * 1.05)
      return { status: 'contradicted', grounds: [overBase(amount, assertion, subscriberBase)], missing: [] }
    const watched = weighWatched(assertion, findings)
    if (watched !== undefined) return watched
  }
  if (provenance === undefined)
    return open(assertion, 'No sample has been handed over against which this could be tested.', ['a sample of the data claimed'])
  const sample: Sentence = { text: provenance.statement, cites: provenance.grounds[0]?.cites ?? [assertion.cite] }
  const grounds: [Sentence, ...Sentence[]] = [sample, ...provenance.grounds]
  const table = weighAmount(assertion, provenance)
  const size = table === undefined ? [] : [table.ground]
  const drawn =
    table?.says === 'contradicts' ? ['how the rows shown were chosen: more of them, from other parts of what is claimed'] : []
  switch (provenance.verdict) {
    case 'agrees-with-copy':
    case 'copies-not-separable':
    case 'mixed':
    case 'unknown-copy':
      return amount === undefined || (lineUnits.test(assertion.unit ?? '') && amount === provenance.rows)
        ? { status: 'supported', grounds, missing: [] }
        : {
            status: 'open',
            grounds: [
              {
                text: `${provenance.statement} A sample of ${count(provenance.rows)} lines does not show an amount of ${count(amount)} ${assertion.unit ?? ''}.`.replace(
                  ' .',
                  '.',
                ),
                cites: sample.cites,
              },
              ...size,
              ...provenance.grounds,
            ],
            missing: ['the whole data, or log evidence of how much left', ...drawn],
          }
    case 'recycled':
    case 'fabricated':
    case 'login-list':
      return {
        status: 'contradicted',
        grounds: [
          {
            text: `${provenance.statement} This says nothing about whether systems were entered.`,
            cites: sample.cites,
          },
          ...provenance.grounds,
        ],
        missing: [],
      }
    case 'not-established':
      return {
        status: 'open',
        grounds: [...grounds, ...size],
        missing: ['a larger sample', 'extracts not yet registered, also those of ended vendors', ...drawn],
      }
  }
}

/** "We will publish it": what is held bounds the threat; that it will be carried out is not ours to weigh. */
function weighThreat(assertion: Assertion, { provenance }: Findings): Weight {
  const missing = ['how much was taken beyond the sample: logs of how much left, or more of the data']
  if (provenance === undefined) return open(assertion, 'A threat; nothing at hand shows what the actor holds.', missing)
  const text = `A threat. ${provenance.statement} What is held beyond the sample is not shown.`
  return {
    status: 'open',
    grounds: [{ text, cites: provenance.grounds[0]?.cites ?? [assertion.cite] }, ...provenance.grounds],
    missing,
  }
}

function weighWatched(assertion: Assertion, { lookups }: Findings): Weight | undefined {
  if (lookups === undefined || assertion.quantity === undefined || assertion.quantity > 1000) return undefined
  const found = lookups.watched.length
  if (found === 0) return undefined
  const cites = lookups.watched.slice(0, 5).flatMap((one) => one.cites.slice(0, 1))
  const text = `The audit logs show ${found} subscribers read without a recorded reason more often than chance allows.`
  return found >= assertion.quantity
    ? { status: 'supported', grounds: [{ text, cites }], missing: [] }
    : { status: 'open', grounds: [{ text, cites }], missing: ['audit logs of the sources that do not record the identifier'] }
}

function overBase(amount: number, assertion: Assertion, base: { readonly count: number; readonly sentence: Sentence }): Sentence {
  return {
    text: `${count(amount)} ${assertion.unit ?? ''} is more than the subscriber base of ${count(base.count)}. The data may be real all the same.`,
    cites: [assertion.cite, ...base.sentence.cites],
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
