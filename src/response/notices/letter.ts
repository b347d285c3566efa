import type { Duty } from '../duty.ts'
import type { Facts } from '../facts.ts'
import type { FormKey } from '../form-key.ts'
import { completeness, type CheckedPoint } from './completeness.ts'
import { contradictions, type Contradiction } from './contradictions.ts'
import { sortedItems } from './data-items.ts'
import { chainOf, type FiledNotice } from './filed.ts'
import { questionText } from './notice.ts'
import { plainRemarks, type PlainRemark } from './plain-language.ts'
import type { LetterPart, Said } from './said.ts'
import type { LetterLanguage, LetterTexts, NoticeTexts } from './texts.ts'

/** A paragraph of a letter and what it rests on: what a person wrote, our standing text, or the data found. */
export interface LetterLine {
  readonly text: string
  readonly rests: 'entry' | 'standard' | 'data'
}

/** A section of a letter; without lines it is missing, and `todo` says what would fill it. */
export interface LetterSection {
  readonly key: keyof LetterTexts['headings']
  readonly heading: string
  readonly lines: readonly LetterLine[]
  readonly todo?: string
}

/** The communication to the persons whose data are of the kinds given, in one language. Holds no value of a person. */
export interface Letter {
  readonly duty: Pick<Duty, 'id' | 'law' | 'recipient' | 'step'>
  readonly form: string
  readonly chain: string
  readonly lang: LetterLanguage
  readonly operator: string
  readonly caseId: string
  readonly asOf: string
  /** Ids of the kinds of data that it names. */
  readonly items: readonly string[]
  readonly sections: readonly LetterSection[]
  readonly points: readonly CheckedPoint[]
  readonly pointsFrom?: string
  readonly contradictions: readonly Contradiction[]
  readonly remarks: readonly PlainRemark[]
  /** What is kept of it when it is filed. */
  readonly fields: readonly { readonly key: FormKey; readonly label: string; readonly answers: readonly LetterLine[] }[]
}

export interface LetterInput {
  readonly duty: Duty
  readonly form: string
  readonly facts: Facts
  readonly texts: NoticeTexts
  readonly lang: LetterLanguage
  /** Kinds of data of these persons, by id. */
  readonly items: readonly string[]
  /** What people wrote for letters, oldest first. */
  readonly said: readonly Said[]
  readonly filed: readonly FiledNotice[]
  readonly operator: string
  readonly caseId: string
  readonly asOf: string
}

/** Fields of a form that a part of the letter answers. */
const partOf = {
  summary: 'summary',
  circumstances: 'summary',
  'incident-time': 'when',
  consequences: 'consequences',
  mitigation: 'mitigation',
  advice: 'advice',
} as const

/** The letter; English falls back on the entries of the form, Malay on nothing: what was not written in it is missing. */
export function letterOf(input: LetterInput): Letter {
  const { duty, facts, texts, lang, said, filed } = input
  const words = texts.languages[lang]
  const items = sortedItems(texts, input.items)
  const wrote = (part: LetterPart): LetterLine[] => {
    const own = said.findLast((one) => one.lang === lang && one.part === part)
    const entry = lang === 'en' ? facts.entries[part === 'when' ? 'incident-time' : part]?.text : undefined
    const text = own?.text ?? entry
    return text === undefined ? [] : [{ text, rests: 'entry' }]
  }
  const standing = (list: Readonly<Record<string, string>>, of: 'risk' | 'advice'): LetterLine[] =>
    [...new Set(items.map((one) => one[of]))].map((name) => ({ text: list[name] ?? '', rests: 'standard' }))
  const when = wrote('when').map((one): LetterLine => ({ ...one, text: filled(words.when, { text: one.text }) }))
  const data = items.map((one): LetterLine => ({ text: one[lang], rests: 'data' }))
  const consequences = [...wrote('consequences'), ...standing(words.risks, 'risk')]
  const advice = [...wrote('advice'), ...standing(words.advices, 'advice')]
  const { contact, has } = contactOf(facts, words)
  const section = (key: LetterSection['key'], lines: readonly LetterLine[], todo: string): LetterSection => ({
    key,
    heading: words.headings[key],
    lines,
    ...(lines.length > 0 ? {} : { todo }),
  })
  const write = (part: LetterPart): string => `breachline notice say ${part} "..." --lang ${lang} --reason "..."`
  const sections = [
    section('summary', [...wrote('summary'), ...when], write('summary')),
    section('data-nature', data, 'no column of a sample names a kind of personal data'),
    section('consequences', consequences, write('consequences')),
    section('mitigation', wrote('mitigation'), write('mitigation')),
    section('advice', advice, write('advice')),
    section('contact', contact, 'breachline duty entry contact-name "..." and contact-phone or contact-email'),
  ]
  const answered: Readonly<Partial<Record<FormKey, readonly LetterLine[]>>> = {
    summary: wrote('summary'),
    circumstances: wrote('summary'),
    'incident-time': wrote('when'),
    'data-nature': data,
    consequences,
    mitigation: wrote('mitigation'),
    advice,
    ...(input.operator === '' ? {} : { 'operator-name': [{ text: input.operator, rests: 'standard' as const }] }),
    ...has,
  }
  const fields = (Object.entries(answered) as [FormKey, readonly LetterLine[]][]).map(([key, answers]) => ({
    key,
    label: duty.fields.find((one) => one.key === key)?.label ?? key,
    answers,
  }))
  const points = texts.forms[input.form]
  const asked =
    points?.points === undefined
      ? duty.fields.map(({ key, label }) => ({ key: key as FormKey, label, answers: answered[key as FormKey] ?? [] }))
      : fields
  const chain = chainOf(duty)
  const written = (['summary', 'when', 'consequences', 'mitigation', 'advice'] as const).flatMap((part) =>
    wrote(part).map(({ text }) => ({ where: part, text })),
  )
  return {
    duty: { id: duty.id, law: duty.law, recipient: duty.recipient, step: duty.step },
    form: input.form,
    chain,
    lang,
    operator: input.operator,
    caseId: input.caseId,
    asOf: input.asOf,
    items: items.map((one) => one.id),
    sections,
    points: completeness({
      fields: asked,
      form: points,
      phase: 'final',
      question: (key) => (key in partOf ? write(partOf[key as keyof typeof partOf]) : questionText(texts, key)),
    }),
    ...(points === undefined ? {} : { pointsFrom: `${points.source.text} (${points.source.basis}, read ${points.source.read})` }),
    contradictions: contradictions({ fields, chain, filed }),
    remarks: plainRemarks(written, words),
    fields,
  }
}

/** Text with its places filled: `{operator}`. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? '')
}

function contactOf(
  facts: Facts,
  words: LetterTexts,
): { contact: LetterLine[]; has: Partial<Record<FormKey, readonly LetterLine[]>> } {
  const entry = (key: FormKey): LetterLine[] => {
    const text = facts.entries[key]?.text
    return text === undefined ? [] : [{ text, rests: 'entry' }]
  }
  const [name] = entry('contact-name')
  const [title] = entry('contact-title')
  const [phone] = entry('contact-phone')
  const [email] = entry('contact-email')
  const line = (template: string, values: Readonly<Record<string, string>>): LetterLine => ({
    text: filled(template, values),
    rests: 'entry',
  })
  return {
    contact: [
      ...(name === undefined
        ? []
        : [line(words.contact, { name: name.text, title: title === undefined ? '' : ` (${title.text})` })]),
      ...(phone === undefined ? [] : [line(words.phone, { text: phone.text })]),
      ...(email === undefined ? [] : [line(words.email, { text: email.text })]),
    ],
    has: {
      'contact-name': entry('contact-name'),
      'contact-phone': entry('contact-phone'),
      'contact-email': entry('contact-email'),
    },
  }
}
