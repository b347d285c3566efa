import { sha256, UserError, type Watch } from '../base/index.ts'
import { bounds } from './bounds.ts'
import type { Bulk } from './bulk/bulk.ts'
import { inOrder, type Parts } from './bulk/in-order.ts'
import type { Job } from './bulk/job.ts'
import { sealed, type Commitment } from './documents.ts'
import type { ItemSpec } from './item.ts'
import { treeOf } from './merkle.ts'
import { deriveKey, type KeyPair } from './suite.ts'
import type { Mode } from './token.ts'
import { makeSet, type TokenSet } from './token-set.ts'

/** What a commitment is about. */
export interface CommitmentTerms {
  readonly case: string
  readonly mode: Mode
  readonly order?: string
  readonly item: ItemSpec
  readonly country?: string
  /** ISO 8601 UTC. */
  readonly at: string
}

/** The key of a case: derived from the vendor's seed, another one for every case and mode (rule V3). */
export function caseKey(seed: Uint8Array, terms: { readonly case: string; readonly mode: Mode }): KeyPair {
  return deriveKey(seed, `${terms.mode} ${terms.case}`)
}

/**
 * Evaluates every item of the vendor's table under the key of the case and commits to the result (rules V3 to V5).
 * `items` come in the order of the table, undefined for a row without a full item; `parts` hold what an earlier, stopped run did.
 */
export async function commitTo(
  items: AsyncIterable<readonly (string | undefined)[]>,
  options: {
    readonly terms: CommitmentTerms
    readonly seed: Uint8Array
    readonly bulk: Bulk
    readonly parts?: Parts
    readonly watch: Watch
  },
): Promise<{ readonly commitment: Commitment; readonly set: TokenSet }> {
  const { terms, watch, bulk, parts } = options
  const key = caseKey(options.seed, terms)
  const seen = { rows: 0, incomplete: 0 }
  const tokens: Uint8Array[] = []
  let done = 0
  const given = parts === undefined ? {} : { parts }
  for await (const bytes of inOrder(jobs(items, { key, mode: terms.mode, seen }), { bulk, signal: watch.signal, ...given })) {
    tokens.push(bytes)
    done += bytes.length / 8
    watch.report?.({ step: 'evaluating the records', done, unit: 'records' })
  }
  watch.report?.({ step: 'building the tree over the set', done: 0, unit: 'tokens' })
  const set = makeSet(Buffer.concat(tokens))
  if (set.count === 0)
    throw new UserError({
      code: 'nothing-to-commit',
      message: `none of ${seen.rows} rows has ${terms.item.join(' and ')}`,
      hint: 'name the columns with --columns, or choose another --item',
    })
  const commitment = sealed({
    format: 'breachline vendor-check commitment 1' as const,
    case: terms.case,
    mode: terms.mode,
    ...(terms.order === undefined ? {} : { order: terms.order }),
    item: terms.item.join('+'),
    ...(terms.country === undefined ? {} : { country: terms.country }),
    publicKey: Buffer.from(key.public).toString('hex'),
    rows: seen.rows,
    incomplete: seen.incomplete,
    tokens: set.count,
    root: treeOf(set).root,
    set: sha256(set.bytes),
    at: terms.at,
  })
  return { commitment, set }
}

async function* jobs(
  items: AsyncIterable<readonly (string | undefined)[]>,
  to: { readonly key: KeyPair; readonly mode: Mode; readonly seen: { rows: number; incomplete: number } },
): AsyncGenerator<Job> {
  const { key, mode, seen } = to
  let chunk: string[] = []
  for await (const batch of items)
    for (const item of batch) {
      seen.rows += 1
      if (seen.rows > bounds.setTokens)
        throw new UserError({
          code: 'table-too-large',
          message: `the table has more than ${bounds.setTokens} rows`,
          hint: 'commit to it in parts, each a case of its own',
        })
      if (item === undefined) seen.incomplete += 1
      else chunk.push(item)
      if (chunk.length < bounds.chunk) continue
      yield { kind: 'tokens', items: chunk, secret: key.secret, mode }
      chunk = []
    }
  if (chunk.length > 0) yield { kind: 'tokens', items: chunk, secret: key.secret, mode }
}
