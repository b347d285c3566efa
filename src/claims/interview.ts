import type { Paragraph } from '../formats/index.ts'
import { linesOf } from './article-head.ts'
import { signedBy } from './author.ts'
import type { Turn } from './dialogue.ts'
import { issuerName } from './issuer.ts'
import { pattern } from './language/languages.ts'
import { isOwnWords, ownVoices } from './own-words.ts'
import type { Passage } from './passage.ts'
import { flatten } from './sentence.ts'
import { voiceByCues } from './voice-cue.ts'

const label = /^\s*(?<label>(?:\p{Lu}[\p{L}\p{N}.' -]{0,30}|\p{Lu})(?:[,(] ?[\p{L} ]{2,40}\)?)?)\s?:\s+(?=\S)/u
const asks = pattern('asks-questions')
const answers = pattern('answers-questions')
const speaksFor = [
  ['victim', pattern('company-title')],
  ['authority', pattern('official-title')],
  ['researcher', pattern('researcher-title')],
] as const

type Head = NonNullable<Passage['head']>

/**
 * The turns of an interview, a list of questions and answers, a transcript: lines that begin with a label. Whoever asks is nobody's voice; who
 * answers is told by the label (`CFO`, `Minister`), by what the answers sound like, else by the lines before. In: paragraphs of a text.
 * Undefined for texts that are none; a turn without `head` is nobody's in particular.
 */
export function interviewOf(paragraphs: readonly Paragraph[]): (Omit<Turn, 'head'> & { readonly head?: Head })[] | undefined {
  const lines = paragraphs.flatMap(linesOf)
  const labels = lines.map(({ text }) => label.exec(text)?.groups?.['label']?.trim())
  const spoken = labels.filter((one) => one !== undefined)
  const names = [...new Set(spoken)]
  if (spoken.length < 3 || names.length < 2 || names.length > 6 || spoken.length < lines.length * 0.5) return undefined
  const turned = names.length > 2 || names.some((name) => spoken.filter((one) => one === name).length > 1)
  if (!turned || !names.some((name) => asks.test(flatten(name)))) return undefined
  const before = lines.slice(
    0,
    labels.findIndex((one) => one !== undefined),
  )
  let current = ''
  const turns = lines.map((paragraph, index) => {
    current = labels[index] ?? current
    const titled = speaksFor.some(([, title]) => title.test(labels[index] ?? ''))
    const skip = labels[index] === undefined || titled ? 0 : (label.exec(paragraph.text)?.[0].length ?? 0)
    const from = paragraph.from === undefined ? {} : { from: paragraph.from + Buffer.byteLength(paragraph.text.slice(0, skip)) }
    return { label: current, paragraph: { ...paragraph, text: paragraph.text.slice(skip), ...from } }
  })
  const heads = new Map(
    names.map((name) => [
      name,
      asks.test(flatten(name))
        ? undefined
        : headOf(
            name,
            turns.filter((one) => one.label === name).map((one) => one.paragraph),
            before,
          ),
    ]),
  )
  return turns.map(({ label: name, paragraph }) => {
    const head = heads.get(name)
    return { paragraph, ...(head === undefined ? {} : { head }) }
  })
}

function headOf(name: string, words: readonly Paragraph[], before: readonly Paragraph[]): Head | undefined {
  const titled = speaksFor.find(([, title]) => title.test(name))?.[0]
  if (titled !== undefined) return { name: titled === 'victim' ? issuerName(before, 'victim') : '', own: true, role: titled }
  const voices = ownVoices(words)
  if (isOwnWords(voices)) return { name: signedBy(words) ?? '', own: true, role: 'actor' }
  const cued = voiceByCues(words, voices)?.role ?? (voices.examined > 0 ? 'researcher' : voices.hit > 0 ? 'victim' : undefined)
  const role =
    cued ??
    (answers.test(flatten(name)) && before.length > 0 ? (voiceByCues(before, ownVoices(before))?.role ?? 'victim') : undefined)
  if (role === undefined || role === 'press') return undefined
  return { name: role === 'actor' ? (signedBy(words) ?? '') : issuerName([...before, ...words], role), own: true, role }
}
