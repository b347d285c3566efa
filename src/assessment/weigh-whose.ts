import type { Sentence } from '../evidence/index.ts'
import type { Findings } from './findings.ts'
import { other } from './need.ts'
import { verdictStrength } from './strength.ts'
import { decided, leaning, open, type Asserted, type Weight } from './weight.ts'

const elsewhere = 'whose records they are: more of the sample, compared with every dated copy of the operator'

/** "They are your customers" (A6): whose records the sample's rows are, whoever held the copy. */
export function weighWhose(asserted: Asserted, findings: Findings): Weight {
  const { provenance, dayOne } = findings
  if (provenance === undefined)
    return open(asserted, 'No sample has been handed over by which it could be told whose records these are.', [
      other('a sample of the data claimed'),
    ])
  const ground: Sentence = { text: provenance.statement, cites: provenance.grounds[0]?.cites ?? [asserted.cite] }
  const strength = verdictStrength(provenance)
  const several = dayOne?.operators?.several === true ? dayOne.operators : undefined
  switch (provenance.verdict) {
    case 'agrees-with-copy':
    case 'copies-not-separable':
    case 'mixed':
    case 'unknown-copy': {
      if (several === undefined) return decided('supported', [ground, ...provenance.grounds], { strength })
      const others: Sentence = {
        text: `Numbers of ${several.shares.length} operators stand in the sample: records of this operator's customers are a part of it, not the whole.`,
        cites: dayOne?.cites ?? [asserted.cite],
      }
      return decided('supported', [others, ground, ...provenance.grounds], { strength })
    }
    case 'recycled':
      return leaning(
        'against',
        [{ ...ground, text: `${provenance.statement} Whose records that leak held is to be read there.` }],
        {
          strength,
          needs: [other('of whose customers the earlier leak was')],
        },
      )
    case 'fabricated':
    case 'login-list':
      return leaning(
        'against',
        [{ ...ground, text: `${provenance.statement} Single values in it can be those of customers all the same.` }],
        { strength, needs: [other('how many identifiers of the sample are in use with the operator, beyond what chance gives')] },
      )
    case 'not-established':
      return open(asserted, provenance.statement, [other(elsewhere)])
  }
}

const persons = /^(national-id|name:.*|date:.*(birth|dob).*|msisdn|email|place:.*|secret)$/
const linkable = /^(contract|iccid|imsi|imei|cpe-serial|mac)$/

/** "It is personal data" (A7): what the columns of the sample hold; of what was not shown nothing is said. */
export function weighPersonalData(asserted: Asserted, { provenance }: Findings): Weight {
  const more = other('the rest of what is claimed, or logs of which tables left')
  if (provenance === undefined)
    return open(asserted, 'No sample has been examined for personal data.', [other('a sample of the data claimed')])
  const cites = provenance.grounds[0]?.cites ?? [asserted.cite]
  const rows = `${provenance.read.toLocaleString('en-US')} row${provenance.read === 1 ? '' : 's'} examined`
  const held = provenance.columns.filter((one) => persons.test(one.meaning))
  const tied = provenance.columns.filter((one) => linkable.test(one.meaning))
  if (provenance.read === 0) return open(asserted, 'No row of the sample could be read.', [other('a sample that can be read')])
  if (provenance.columns.length === 0)
    return open(asserted, 'What the columns of the sample hold has not been told.', [other('the columns of the sample')])
  if (held.length > 0) {
    const names = held.map((one) => one.name).join(', ')
    if (provenance.verdict === 'fabricated')
      return leaning(
        'against',
        [
          {
            text: `The ${rows} have columns of personal data (${names}), but look invented. E-mail addresses and numbers in them can belong to real persons all the same.`,
            cites,
          },
        ],
        { strength: verdictStrength(provenance), needs: [other('which of the identifiers are in use')] },
      )
    const text = `The ${rows} hold personal data in ${held.length === 1 ? 'the column' : 'the columns'} ${names}.`
    return decided('supported', [{ text, cites }], { strength: provenance.identified > 0 ? 'strong' : 'moderate' })
  }
  if (tied.length > 0) {
    const text = `The ${rows} name no person; ${tied.map((one) => one.name).join(', ')} can be tied to one by whoever holds the operator's records.`
    return leaning('for', [{ text, cites }], {
      strength: 'weak',
      needs: [other("whether these identifiers lead to a customer in the operator's records"), more],
    })
  }
  const text = `No column of the ${rows} names or identifies a person. Of what was not shown this says nothing.`
  return decided('contradicted', [{ text, cites }], { strength: 'moderate', needs: [more] })
}
