import { localText } from '../calendar.ts'
import type { FieldAnswer } from '../field-answers.ts'
import type { FormKey } from '../form-key.ts'
import { chainOf, type FiledNotice, type Phase } from './filed.ts'
import type { NoticeInput } from './notice-input.ts'

/** What the case and its filed notices answer where no person did: the operator, which notice this is, who was told. */
export function knownAnswers(options: {
  readonly key: FormKey
  readonly input: NoticeInput
  readonly phase: Phase
  readonly before?: FiledNotice
}): FieldAnswer[] {
  const { key, input, phase, before } = options
  const { facts, filing, zone } = input
  if (facts.entries[key] !== undefined) return []
  const local = (at: string): string => localText(at, zone)
  const letters = named(input).filter((one) => one.lang !== undefined)
  switch (key) {
    case 'operator-name':
      return input.operator === '' ? [] : [known('case', input.operator)]
    case 'notice-kind':
      return [known('filing', kindWords(phase, before, local))]
    case 'notice-date':
      return filing === undefined ? [] : [known('filing', local(filing.at))]
    case 'signature':
      return filing === undefined ? [] : [known('filing', filing.by)]
    case 'other-authorities':
      return othersTold(input).map((one) => known('filing', `${one.recipient}, ${local(one.at)}${refOf(one)}, ${one.number}`))
    case 'notice-content':
      return letters.map((one) => known('filing', `As in ${one.number}, SHA-256 ${one.sha256}`))
    case 'notice-number':
      return letters.flatMap((one) =>
        one.told === undefined
          ? []
          : [known('filing', `${one.told.toLocaleString('en-US')} persons, ${local(one.at)}, ${one.number}`)],
      )
    default:
      return []
  }
}

/** The last notice to each other recipient; letters to persons are none. */
function othersTold(input: NoticeInput): FiledNotice[] {
  const chain = chainOf(input.duty)
  return [
    ...new Map(
      named(input)
        .filter((one) => one.lang === undefined)
        .map((one) => [one.chain, one]),
    ).values(),
  ].filter((one) => one.chain !== chain)
}

/** What was filed and may be named: nothing that tells of a designation, a contract or a policy. */
function named({ filed, unnamed }: NoticeInput): readonly FiledNotice[] {
  return filed.filter((one) => unnamed?.has(one.number) !== true)
}

function kindWords(phase: Phase, before: FiledNotice | undefined, local: (at: string) => string): string {
  if (before === undefined) return phase === 'final' ? 'First and final notice' : 'First notice; more may follow'
  return `${phase === 'final' ? 'Final notice' : 'Further notice'}, follows ${before.number} of ${local(before.at)}${refOf(before)}`
}

function refOf(one: FiledNotice): string {
  return one.ref === undefined ? '' : ` (${one.ref})`
}

function known(rests: 'case' | 'filing', text: string): FieldAnswer {
  return { text, rests, cites: [] }
}
