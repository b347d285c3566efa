import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { languages } from './language/languages.ts'
import { sentencesAtFirst, type OwnVoices } from './own-words.ts'
import { flatten } from './sentence.ts'

const roles = ['actor', 'victim', 'authority', 'researcher', 'press'] as const
/** Whose words a whole text may be. */
export type WholeVoice = (typeof roles)[number]

const org = languages.find((one) => one.language === 'en')?.terms['org'] ?? ''
const cues = z
  .array(
    z
      .object({
        role: z.enum(roles),
        where: z.enum(['head', 'foot', 'body', 'all']),
        weight: z.number().int().min(1).max(4),
        exact: z.boolean().default(false),
        words: z.string(),
      })
      .strict(),
  )
  .parse(parse(readFileSync(join(import.meta.dirname, '..', '..', 'data', 'claims', 'lists', 'voices.yaml'), 'utf8')))
  .map((one) => ({ ...one, words: new RegExp(one.words.replaceAll('<org>', org), one.exact ? 'u' : 'iu') }))

/** Lines or sentences that count of one cue: one turn of phrase is not the whole text. */
const most = 2
/** Points that a role needs, and how far it must be ahead of the next. */
const enough = 3
const ahead = 2
const spoken = { reported: 1.5, others: 4 } as const

/**
 * Whose words a text is by the cues of `data/claims/lists/voices.yaml`: the role with most points and how far it is ahead; undefined where no
 * role is clearly ahead. In: paragraphs of a text that names nobody as speaking, whose words its sentences sound like.
 */
export function voiceByCues(
  paragraphs: readonly { readonly text: string }[],
  voices: OwnVoices,
): { readonly role: WholeVoice; readonly ahead: number } | undefined {
  const lines = paragraphs.flatMap(({ text }) => text.slice(0, 4_000).split('\n')).map((line) => flatten(line.slice(0, 200)))
  const kept = lines.filter((line) => line !== '')
  const short = (line: string) => line.length <= 140
  const places = {
    head: kept.slice(0, 8).filter(short),
    foot: kept.slice(-4).filter(short),
    body: sentencesAtFirst(paragraphs),
  }
  const points = new Map<WholeVoice, number>(roles.map((role) => [role, 0]))
  const add = (role: WholeVoice, value: number) => points.set(role, (points.get(role) ?? 0) + value)
  for (const { role, where, weight, words } of cues) {
    const texts = where === 'all' ? [...new Set([...places.head, ...places.body])] : places[where]
    add(role, weight * Math.min(most, texts.filter((text) => words.test(text)).length))
  }
  add('press', spoken.reported * Math.min(spoken.others, voices.others))
  add('actor', Math.min(most, voices.own))
  add('victim', Math.min(most, voices.hit))
  add('authority', Math.min(most, voices.office))
  add('researcher', Math.min(most, voices.examined))
  const [first, second] = [...points].sort((a, b) => b[1] - a[1])
  const lead = (first?.[1] ?? 0) - (second?.[1] ?? 0)
  return first !== undefined && first[1] >= enough && lead >= ahead ? { role: first[0], ahead: lead } : undefined
}
