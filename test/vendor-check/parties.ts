import { createHash } from 'node:crypto'
import { askAbout } from '../../src/vendor-check/ask.ts'
import { openBulk } from '../../src/vendor-check/bulk/bulk.ts'
import { commitTo } from '../../src/vendor-check/commit.ts'
import type { Ask, Commitment } from '../../src/vendor-check/documents.ts'
import type { Mode } from '../../src/vendor-check/token.ts'
import type { TokenSet } from '../../src/vendor-check/token-set.ts'

/** One thread, for tests. */
export const bulk = await openBulk(0)
export const watch = {}
export const at = '2026-10-07T00:00:00.000Z'
export const seed = new Uint8Array(32).fill(5)

/** Random bytes that are the same in every run. */
function repeatable(label: string): (bytes: number) => Uint8Array {
  let n = 0
  return (bytes) => {
    n += 1
    return createHash('sha512').update(`${label} ${n}`).digest().subarray(0, bytes)
  }
}

export function items(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, n) => `[["msisdn","6012${7_000_000 + from + n}"],["name","person ${from + n}"]]`)
}

/** A vendor's commitment to some items. */
export async function committed(
  list: readonly (string | undefined)[],
  options: { readonly mode?: Mode; readonly seed?: Uint8Array } = {},
): Promise<{ readonly commitment: Commitment; readonly set: TokenSet }> {
  const mode = options.mode ?? 'count'
  return commitTo(
    (async function* () {
      yield list
    })(),
    {
      terms: { case: 'case-1', mode, item: ['msisdn', 'name'], at, ...(mode === 'rows' ? { order: 'Order 17' } : {}) },
      seed: options.seed ?? seed,
      bulk,
      watch,
    },
  )
}

/** A question: `sample` items, with 20 controls of each sort. */
export async function asked(
  commitment: Commitment,
  sample: readonly string[],
  handed: readonly string[],
  label = 'asker',
  known = 0,
): Promise<{ readonly ask: Ask; readonly state: string }> {
  const numbered = (list: readonly string[]): Map<string, number> => new Map(list.map((item, n) => [item, n + 1]))
  return askAbout({
    commitment,
    questions: {
      sample: { sha256: 'ab'.repeat(32), rows: sample.length, incomplete: 0, handed: known, items: numbered(sample) },
      handed: numbered(handed),
      never: numbered(items(900_000, 900_020)),
    },
    ...(commitment.mode === 'rows' ? { order: 'Order 17' } : {}),
    at,
    random: repeatable(label),
    bulk,
  })
}
