import { canonicalJson, sha256, UserError } from '../base/index.ts'
import { bounds } from './bounds.ts'
import type { Bulk } from './bulk/bulk.ts'
import { inOrder } from './bulk/in-order.ts'
import type { Job } from './bulk/job.ts'
import { classes, sealed, type Ask, type Class, type Commitment } from './documents.ts'
import { elementAt, elementsOf, hexOf } from './elements.ts'
import { scalarOf, timesBase } from './suite.ts'

/** What the asker keeps to itself until the answer is there. */
type AskState =
  /** One blind per class, 32 bytes in hex: no row and no value. */
  | { readonly mode: 'count'; readonly salt: string; readonly blinds: Readonly<Record<Class, string>> }
  /** Per element its class, item, first row in the file and blind, in the order of the question. */
  | {
      readonly mode: 'rows'
      readonly salt: string
      readonly items: readonly { readonly class: Class; readonly item: string; readonly row: number; readonly blind: string }[]
    }

/** The items of a question; a row number counts the data rows of its file from 1. */
export interface Questions {
  readonly sample: {
    readonly sha256: string
    readonly rows: number
    readonly incomplete: number
    readonly handed: number
    readonly items: ItemRows
  }
  readonly handed: ItemRows
  readonly never: ItemRows
}

/** Different items with the first row each stands in. */
export type ItemRows = ReadonlyMap<string, number>

/**
 * Blinds the items of a sample and of its controls (rules V7, V8): the question for the vendor, and the text of the
 * state to be kept secret.
 * Throws a `UserError` when there are too few, too many, or no controls.
 */
export async function askAbout(options: {
  readonly commitment: Commitment
  readonly questions: Questions
  /** Mode `rows`: the order or agreement that allows the asker to learn which rows. */
  readonly order?: string
  readonly at: string
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Uint8Array
  readonly bulk: Bulk
}): Promise<{ readonly ask: Ask; readonly state: string }> {
  const { commitment, questions, random, bulk } = options
  const asked = { sample: questions.sample.items, handed: questions.handed, never: questions.never }
  const sizes = { sample: asked.sample.size, handed: asked.handed.size, never: asked.never.size }
  requireSizes(sizes, commitment)
  requireOrder(commitment, options.order)
  const list = classes.flatMap((of) => [...asked[of]].map(([item, row]) => ({ class: of, item, row })))
  const scalar = (): Uint8Array => scalarOf(random(64))
  const shared = { sample: scalar(), handed: scalar(), never: scalar() }
  const counting = commitment.mode === 'count'
  const blinds = Buffer.concat(list.map((one) => (counting ? shared[one.class] : scalar())))
  const elements = elementsOf(await blind(list, blinds, bulk))
  const order = elements.map((_, at) => at).sort((a, b) => Buffer.compare(elements[a] as Buffer, elements[b] as Buffer))
  const hex = hexOf(Buffer.concat(order.map((at) => elements[at] as Uint8Array)))
  const salt = Buffer.from(random(32)).toString('hex')
  const hexBlind = (of: Class): string => Buffer.from(shared[of]).toString('hex')
  const state: AskState = counting
    ? { mode: 'count', salt, blinds: { sample: hexBlind('sample'), handed: hexBlind('handed'), never: hexBlind('never') } }
    : {
        mode: 'rows',
        salt,
        items: order.map((at) => ({
          ...(list[at] as (typeof list)[number]),
          blind: Buffer.from(elementAt(blinds, at)).toString('hex'),
        })),
      }
  const text = canonicalJson(state)
  const anchor = (of: Class): string => Buffer.from(timesBase(shared[of])).toString('hex')
  const { items: _items, ...sample } = questions.sample
  const ask = sealed({
    format: 'breachline vendor-check ask 1' as const,
    commitment,
    ...(options.order === undefined ? {} : { order: options.order }),
    sample,
    sizes,
    ...(counting ? { anchors: { sample: anchor('sample'), handed: anchor('handed'), never: anchor('never') } } : {}),
    elements: hex,
    sealed: sha256(text),
    at: options.at,
  })
  return { ask, state: text }
}

/** The state a question was made with, from its text. Throws a `UserError` when the hash in the question says that it was changed. */
export function openState(text: string, ask: Pick<Ask, 'sealed'>): AskState {
  if (sha256(text) === ask.sealed) return JSON.parse(text) as AskState
  throw new UserError({
    code: 'state-differs',
    message: 'what was kept when this question was made has been changed since',
    hint: 'restore it from a backup of the workspace, or ask again',
  })
}

async function blind(list: readonly { readonly item: string }[], blinds: Uint8Array, bulk: Bulk): Promise<Uint8Array> {
  const size = 500
  const jobs = Array.from({ length: Math.ceil(list.length / size) }, (_, n): Job => {
    const [from, to] = [n * size, Math.min(list.length, (n + 1) * size)]
    return { kind: 'blind', items: list.slice(from, to).map((one) => one.item), scalars: blinds.subarray(from * 32, to * 32) }
  })
  const out: Uint8Array[] = []
  for await (const bytes of inOrder(jobs, { bulk })) out.push(bytes)
  return Buffer.concat(out)
}

function requireSizes(sizes: Readonly<Record<Class, number>>, { mode, item }: Commitment): void {
  const refuse = (code: string, message: string, hint: string): never => {
    throw new UserError({ code, message, hint })
  }
  if (sizes.sample === 0)
    refuse('sample-empty', `no row of the sample has ${item.replaceAll('+', ' and ')}`, 'name its columns with --columns')
  if (mode === 'count' && sizes.sample < bounds.sampleAtLeast)
    refuse(
      'sample-too-small',
      `the sample has ${sizes.sample} different items; a count over so few would tell of single rows`,
      `ask about ${bounds.sampleAtLeast} or more, or agree on an order with the vendor (commit --rows-order)`,
    )
  if (sizes.handed === 0 || sizes.never === 0)
    refuse(
      'controls-missing',
      'there are no controls, and without them no count can be relied on',
      'give rows that were handed to the vendor and are not in the sample with --handed, at least two',
    )
  const total = sizes.sample + sizes.handed + sizes.never
  if (total > bounds.itemsPerCase)
    refuse(
      'too-many-items',
      `${total} items are more than the ${bounds.itemsPerCase} that may be asked in one case`,
      'ask about a random part of the sample',
    )
}

function requireOrder({ mode, order }: Commitment, given: string | undefined): void {
  if (mode === 'count' && given === undefined) return
  if (mode === 'rows' && given !== undefined && given === order) return
  throw new UserError({
    code: 'order-differs',
    message:
      mode === 'count'
        ? 'the vendor committed to answer with a count alone'
        : `the vendor committed to name rows on the order "${order ?? ''}", and ${given === undefined ? 'no order is given' : 'another one is given'}`,
    hint:
      mode === 'count'
        ? 'leave out --rows-order, or ask for a commitment made with it'
        : 'repeat the order word for word with --rows-order',
  })
}
