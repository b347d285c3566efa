import type { Paragraph } from '../formats/index.ts'
import { linesOf } from './article-head.ts'
import { signedBy } from './author.ts'
import { isOwnWords, ownVoices } from './own-words.ts'
import type { Passage } from './passage.ts'
import { flatten } from './sentence.ts'

/** A turn of a conversation: who speaks, and where the words begin and end in the paragraph. */
export interface Turn {
  readonly paragraph: Paragraph
  readonly head: NonNullable<Passage['head']>
}

const turn =
  /^\s*(?:[[(]?[\d:. -]{4,22}(?:[ap]m)?[\])]?,?\s+)?[<*[]{0,2}(?<label>[\p{L}\p{N}][\p{L}\p{N}_.' -]{0,30}?)[>*\]]{0,2}\s?:\s+(?=\S)/iu
/** Labels of those who write for a gang without telling a name. */
const nameless = /^(?:support|agent|admin|operator|manager|chat|helper|you|client|visitor|guest|victim|q|a)$/i
/** Labels of whoever such a gang talks to. */
const addressed = /^(?:you|client|visitor|guest|victim|customer|company|negotiator|mangsa|pelanggan|klien|korban)$/i

/**
 * The turns of a conversation between two or three (a negotiation, a talk by messages): lines that each begin with a label. Who presses the
 * other is the actor, the others are those hit. In: paragraphs of a text. Undefined for texts that are none, or in which nobody presses.
 */
export function turnsOf(paragraphs: readonly Paragraph[]): Turn[] | undefined {
  const lines = paragraphs.flatMap(linesOf)
  const labels = lines.map(({ text }) => turn.exec(text)?.groups?.['label'])
  const spoken = labels.filter((label) => label !== undefined)
  const names = [...new Set(spoken)]
  if (spoken.length < 4 || names.length < 2 || names.length > 3 || spoken.length < lines.length * 0.6) return undefined
  const texts = new Map<string, { readonly text: string }[]>(names.map((name) => [name, []]))
  let label = names[0] ?? ''
  const turns = lines.map((paragraph, index) => {
    label = labels[index] ?? label
    const skip = labels[index] === undefined ? 0 : (turn.exec(paragraph.text)?.[0].length ?? 0)
    const from = paragraph.from === undefined ? {} : { from: paragraph.from + Buffer.byteLength(paragraph.text.slice(0, skip)) }
    const words = { ...paragraph, text: paragraph.text.slice(skip), ...from }
    texts.get(label)?.push(words)
    return { label, paragraph: words }
  })
  const voices = names.map((name) => ({ name, voices: ownVoices(texts.get(name) ?? []) }))
  const [first] = voices.sort((a, b) => b.voices.own - b.voices.hit - (a.voices.own - a.voices.hit))
  const hit = names.find((name) => addressed.test(flatten(name)))
  const other = hit === undefined || names.length !== 2 ? undefined : voices.find((one) => one.name !== hit)
  const presser = other ?? first
  if (presser === undefined || (other === undefined && !isOwnWords(presser.voices))) return undefined
  const own = nameless.test(flatten(presser.name)) ? signedBy(texts.get(presser.name) ?? []) : presser.name
  return turns.map((one) => ({
    paragraph: one.paragraph,
    head: {
      name: one.label === presser.name ? (own ?? '') : '',
      own: true,
      role: one.label === presser.name ? 'actor' : 'victim',
    },
  }))
}
