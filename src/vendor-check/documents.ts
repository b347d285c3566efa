import { z } from 'zod'
import { canonicalJson, sha256, UserError, type Canonical } from '../base/index.ts'
import { bounds } from './bounds.ts'

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const proof = z.string().regex(/^[0-9a-f]{128}$/)
const count = z.int().min(0).max(1e12)
const text = z.string().min(1).max(500)
const moment = z.string().max(40)
const elements = z.array(hex32).max(bounds.itemsPerCase)

const commitment = z.strictObject({
  format: z.literal('breachline vendor-check commitment 1'),
  case: text,
  mode: z.enum(['count', 'rows']),
  /** Mode `rows`: the order or agreement that allows it. */
  order: text.optional(),
  /** Kinds joined by +. */
  item: text,
  country: z.string().max(2).optional(),
  publicKey: hex32,
  /** Rows read, rows without a full item, and different tokens. */
  rows: count,
  incomplete: count,
  tokens: count,
  root: hex32,
  /** SHA-256 of set.bin. */
  set: hex32,
  at: moment,
  id: hex32,
})

const sizes = z.strictObject({ sample: count, handed: count, never: count })

const ask = z.strictObject({
  format: z.literal('breachline vendor-check ask 1'),
  commitment,
  order: text.optional(),
  /** `handed`: how many of its items the asker knows to have been handed to the vendor. */
  sample: z.strictObject({ sha256: hex32, rows: count, incomplete: count, handed: count }),
  sizes,
  /** Mode `count`: per class its blind times the generator. */
  anchors: z.strictObject({ sample: hex32, handed: hex32, never: hex32 }).optional(),
  elements,
  /** SHA-256 of the state the asker keeps: what an auditor may later open. */
  sealed: hex32,
  at: moment,
  id: hex32,
})

const round = z.strictObject({ anchor: hex32, list: hex32, opening: hex32 })

const answer = z.strictObject({
  format: z.literal('breachline vendor-check answer 1'),
  case: text,
  commitment: hex32,
  ask: hex32,
  elements,
  /** Mode `count`. */
  rounds: z.array(round).length(bounds.rounds).optional(),
  /** Mode `rows`: one per batch. */
  proofs: z.array(proof).max(bounds.itemsPerCase).optional(),
  at: moment,
  id: hex32,
})

const found = z.strictObject({
  /** Places in the answer's elements, ascending. */
  at: z.array(count).max(bounds.itemsPerCase),
  /** Those elements without the blind, and where their tokens stand in the set. */
  unblinded: elements,
  places: z.array(count).max(bounds.itemsPerCase),
  paths: z.array(z.array(hex32).max(40)).max(bounds.itemsPerCase),
  proofs: z.array(proof).max(bounds.itemsPerCase),
})

const transcript = z.strictObject({
  format: z.literal('breachline vendor-check transcript 1'),
  ask,
  answer,
  hits: sizes,
  /** Mode `count`: what proves the hits. */
  found: z.strictObject({ sample: found, handed: found, never: found }).optional(),
  sentences: z.array(z.string().max(2_000)).max(20),
  at: moment,
  id: hex32,
})

/** What the vendor commits to before it sees a question. */
export type Commitment = z.infer<typeof commitment>
/** The blinded question. */
export type Ask = z.infer<typeof ask>
/** The vendor's answer with its proofs. */
export type Answer = z.infer<typeof answer>
/** Everything a third party needs to check an answer. */
export type Transcript = z.infer<typeof transcript>
/** The proof of the hits of one class. */
export type Found = z.infer<typeof found>
/** The classes of items in a question. */
export const classes = ['sample', 'handed', 'never'] as const
export type Class = (typeof classes)[number]
export type Sizes = z.infer<typeof sizes>

const schemas = { commitment, ask, answer, transcript } as const

/** A document that crosses between the parties, by its name. */
export interface Documents {
  readonly commitment: Commitment
  readonly ask: Ask
  readonly answer: Answer
  readonly transcript: Transcript
}

/** Gives a document its id: SHA-256 over its canonical JSON without the id. */
export function sealed<T extends object>(body: T): T & { id: string } {
  return { ...body, id: sha256(canonicalJson(body as Canonical)) }
}

/** The text of a document as it is written to a file. */
export function documentText(document: Documents[keyof Documents]): string {
  return `${JSON.stringify(document, undefined, 1)}\n`
}

/** Reads a document. Throws a `UserError` when it is another kind of file, cut short, or changed since it was written. */
export function readDocument<Name extends keyof Documents>(name: Name, text: string, file: string): Documents[Name] {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError({
      code: `${name}-wrong`,
      message: `${file} ${why}`,
      hint: `ask its sender for the ${name} file again, byte for byte; nothing was done with this one`,
      ...(cause === undefined ? {} : { cause }),
    })
  }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    return refuse('is no JSON document, or is cut short', cause)
  }
  const format = (raw as { format?: unknown } | null)?.format
  const expected = `breachline vendor-check ${name} 1`
  if (format !== expected)
    return refuse(
      typeof format === 'string' && /^breachline vendor-check [a-z]+ 1$/.test(format)
        ? `is ${format.slice('breachline '.length)}, not the ${name} this step needs`
        : `is no ${name} of a vendor check`,
    )
  const read = schemas[name].safeParse(raw)
  if (!read.success) return refuse(`is malformed at "${read.error.issues[0]?.path.join('.') ?? ''}"`)
  const document = read.data as Documents[Name]
  requireIds(document, () => refuse('was changed after it was written: its content and its id disagree'))
  return document
}

/** Ids of the document and of those inside it. */
function requireIds(document: Documents[keyof Documents], refuse: () => never): void {
  const { id, ...body } = document
  if (sealed(body).id !== id) refuse()
  if ('ask' in document && typeof document.ask === 'object') requireIds(document.ask, refuse)
  if ('answer' in document) requireIds(document.answer, refuse)
  if ('commitment' in document && typeof document.commitment === 'object') requireIds(document.commitment, refuse)
}
