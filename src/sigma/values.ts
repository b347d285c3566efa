import { unreachable } from '../base/index.ts'
import { base64, base64Offsets, plainTexts, utf16 } from './encode.ts'
import type { Chain } from './modifiers.ts'
import { parsePattern, withAny, withDashes, type Part } from './pattern.ts'
import { RuleProblem } from './problem.ts'

/** Values for `%name%` placeholders, by name without the percent signs. */
export type Placeholders = Readonly<Record<string, readonly string[]>>

/** `%name%`; `\\%` is a plain percent sign. */
const placeholder = /\\%|%([^%\s]+)%/g

type Draft = { readonly kind: 'parts'; readonly parts: readonly Part[] } | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** The patterns that one text of a rule stands for after its transformations, in the order they are written. */
export function transform(text: string, chain: Chain, placeholders: Placeholders): (readonly Part[])[] {
  const texts = chain.expand ? expandPlaceholders(text, placeholders) : [text]
  let drafts: Draft[] = texts.map((one) => ({ kind: 'parts', parts: parsePattern(one) }))
  for (const step of chain.steps) drafts = drafts.flatMap((draft) => applyStep(draft, step))
  return drafts.map((draft) => (draft.kind === 'parts' ? draft.parts : literal(Buffer.from(draft.bytes).toString('latin1'))))
}

/** The names of the placeholders of a text that have no values. */
export function openNames(text: string, placeholders: Placeholders): string[] {
  const names = [...text.matchAll(placeholder)].flatMap(([, name]) => name ?? [])
  return names.filter((name) => !Object.hasOwn(placeholders, name) || placeholders[name]?.length === 0)
}

/** Every choice of values for the placeholders of a text; throws when one has no values. */
export function expandPlaceholders(text: string, placeholders: Placeholders): string[] {
  let texts = ['']
  let from = 0
  for (const match of text.matchAll(placeholder)) {
    const name = match[1]
    const before = text.slice(from, match.index)
    from = match.index + match[0].length
    const values = name === undefined ? ['%'] : Object.hasOwn(placeholders, name) ? (placeholders[name] ?? []) : []
    if (values.length === 0) throw new RuleProblem(`no values are given for the placeholder '%${name?.slice(0, 60) ?? ''}%'`)
    texts = texts.flatMap((one) => values.map((value) => one + before + value))
    if (texts.length > 10_000) throw new RuleProblem('placeholders stand for too many values')
  }
  return texts.map((one) => one + text.slice(from))
}

function applyStep(draft: Draft, step: Chain['steps'][number]): Draft[] {
  switch (step) {
    case 'contains':
      return [{ kind: 'parts', parts: withAny(partsOf(draft), 'around') }]
    case 'startswith':
      return [{ kind: 'parts', parts: withAny(partsOf(draft), 'after') }]
    case 'endswith':
      return [{ kind: 'parts', parts: withAny(partsOf(draft), 'before') }]
    case 'windash':
      return [{ kind: 'parts', parts: withDashes(partsOf(draft)) }]
    case 'wide':
    case 'utf16':
    case 'utf16le':
    case 'utf16be':
      return textsOf(draft).map((text) => ({ kind: 'bytes', bytes: utf16(text, step) }))
    case 'base64':
      return bytesOf(draft).map((bytes) => ({ kind: 'parts', parts: literal(base64(bytes)) }))
    case 'base64offset':
      return bytesOf(draft).flatMap((bytes) => base64Offsets(bytes).map((text) => ({ kind: 'parts', parts: literal(text) })))
    default:
      return unreachable(step)
  }
}

function literal(text: string): Part[] {
  return text === '' ? [] : [{ kind: 'text', text }]
}

function partsOf(draft: Draft): readonly Part[] {
  return draft.kind === 'parts' ? draft.parts : literal(Buffer.from(draft.bytes).toString('latin1'))
}

function textsOf(draft: Draft): string[] {
  if (draft.kind === 'bytes') throw new RuleProblem('a value cannot be encoded as UTF-16 twice')
  return plainTexts(draft.parts)
}

function bytesOf(draft: Draft): Uint8Array[] {
  return draft.kind === 'bytes' ? [draft.bytes] : plainTexts(draft.parts).map((text) => Buffer.from(text, 'utf8'))
}
