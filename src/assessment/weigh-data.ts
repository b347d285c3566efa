import type { Sentence } from '../evidence/index.ts'
import type { Verdict } from '../provenance/index.ts'
import type { Findings } from './findings.ts'
import { auditLogs, logs, other, vendor, type Need } from './need.ts'
import { verdictStrength } from './strength.ts'
import { weighAmount } from './weigh-amount.ts'
import { decided, leaning, open, type Asserted, type Weight } from './weight.ts'

const lineUnits = /^(line|row|record|entr)/i
const personUnits = /^(person|people|individual|subscriber|customer|user|target)/i

/** "We have N records of yours" (A5, A9): the sample says whether the data exist; the amount is weighed apart. */
export function weighData(asserted: Asserted, findings: Findings): Weight {
  const { provenance, subscriberBase } = findings
  if (asserted.standing === 'threatened') return weighThreat(asserted, findings)
  const amount = asserted.quantity
  if (amount !== undefined && personUnits.test(asserted.unit ?? '') && asserted.qualifier !== 'at most') {
    if (subscriberBase !== undefined && amount > subscriberBase.count * 1.05)
      return decided('contradicted', [overBase(amount, asserted, subscriberBase)], { strength: 'strong' })
    const watched = weighWatched(asserted, findings)
    if (watched !== undefined) return watched
  }
  if (provenance === undefined)
    return open(asserted, 'No sample has been handed over against which this could be tested.', [
      other('a sample of the data claimed'),
    ])
  const sample: Sentence = { text: provenance.statement, cites: provenance.grounds[0]?.cites ?? [asserted.cite] }
  const grounds: [Sentence, ...Sentence[]] = [sample, ...provenance.grounds]
  const strength = verdictStrength(provenance)
  const table = weighAmount(asserted, provenance)
  const size = table === undefined ? [] : [table.ground]
  const drawn: Need[] =
    table?.says === 'contradicts'
      ? [other('how the rows shown were chosen: more of them, from other parts of what is claimed')]
      : []
  switch (provenance.verdict) {
    case 'agrees-with-copy':
    case 'copies-not-separable':
    case 'mixed':
    case 'unknown-copy':
      if (amount === undefined || (lineUnits.test(asserted.unit ?? '') && amount === provenance.rows))
        return decided('supported', grounds, { strength })
      return bearingOnAmount(
        {
          text: `${provenance.statement} A sample of ${count(provenance.rows)} lines does not show an amount of ${count(amount)} ${asserted.unit ?? ''}.`.replace(
            ' .',
            '.',
          ),
          cites: sample.cites,
        },
        { table, rest: provenance.grounds, needs: [logs('the whole data, or log evidence of how much left'), ...drawn] },
      )
    case 'recycled':
    case 'fabricated':
    case 'login-list':
      return decided(
        'contradicted',
        [
          {
            text: `${provenance.statement} This says nothing about whether systems were entered.`,
            cites: sample.cites,
          },
          ...provenance.grounds,
        ],
        { strength },
      )
    case 'not-established': {
      const needs = [
        other('a larger sample'),
        other('extracts not yet registered, also those of ended vendors'),
        vendor('which extracts it was handed and holds still, with the day of each'),
        ...drawn,
      ]
      return { ...bearingOnAmount(sample, { table, rest: [], needs }), grounds: [...grounds, ...size] }
    }
  }
}

/** An amount that the sample does not show: open, with the size of the table behind it on the side it speaks for. */
function bearingOnAmount(
  ground: Sentence,
  { table, rest, needs }: { table: ReturnType<typeof weighAmount>; rest: readonly Sentence[]; needs: readonly Need[] },
): Weight {
  const size = table === undefined ? [] : [table.ground]
  return {
    status: 'open',
    grounds: [ground, ...size, ...rest],
    for: table?.says === 'supports' ? size : [],
    against: table?.says === 'contradicts' ? size : [],
    strength: table === undefined || table.says === 'cannot-tell' ? 'none' : 'weak',
    needs,
  }
}

/** "We will publish it": what is held bounds the threat; that it will be carried out is not ours to weigh. */
function weighThreat(asserted: Asserted, { provenance }: Findings): Weight {
  const needs = [logs('how much was taken beyond the sample: logs of how much left, or more of the data')]
  if (provenance === undefined) return open(asserted, 'A threat; nothing at hand shows what the actor holds.', needs)
  const text = `A threat. ${provenance.statement} What is held beyond the sample is not shown.`
  const ground: Sentence = { text, cites: provenance.grounds[0]?.cites ?? [asserted.cite] }
  return leaning(invented(provenance) ? 'against' : 'for', [ground, ...provenance.grounds], { strength: 'weak', needs })
}

function invented({ verdict }: Verdict): boolean {
  return verdict === 'recycled' || verdict === 'fabricated' || verdict === 'login-list'
}

function weighWatched(asserted: Asserted, { lookups }: Findings): Weight | undefined {
  if (lookups === undefined || asserted.quantity === undefined || asserted.quantity > 1000) return undefined
  const found = lookups.watched.length
  if (found === 0) return undefined
  const cites = lookups.watched.slice(0, 5).flatMap((one) => one.cites.slice(0, 1))
  const text = `The audit logs show ${found} subscribers read without a recorded reason more often than chance allows.`
  return found >= asserted.quantity
    ? decided('supported', [{ text, cites }], { strength: 'moderate' })
    : leaning('for', [{ text, cites }], {
        strength: 'weak',
        needs: [auditLogs('audit logs of the sources that do not record the identifier')],
      })
}

function overBase(amount: number, asserted: Asserted, base: { readonly count: number; readonly sentence: Sentence }): Sentence {
  return {
    text: `${count(amount)} ${asserted.unit ?? ''} is more than the subscriber base of ${count(base.count)}. The data may be real all the same.`,
    cites: [asserted.cite, ...base.sentence.cites],
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
