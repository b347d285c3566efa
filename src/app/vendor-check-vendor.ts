import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, sha256, UserError, type Watch } from '../base/index.ts'
import {
  answerTo,
  caseKey,
  checkBounds,
  commitTo,
  documentText,
  itemSpec,
  readDocument,
  requireQuestion,
  type Answer,
  type Commitment,
} from '../vendor-check/index.ts'
import { bulkFor, documentFile, openParts, readSeed, writeWhole } from './vendor-check-files.ts'
import { admit, enterCommitment, ledgerPath } from './vendor-check-ledger.ts'
import { openTableItems } from './vendor-check-table.ts'
import type { World } from './workspace.ts'

/** What the vendor commits with. */
export interface NewCommitment {
  readonly file: string
  readonly seedFile: string
  readonly case: string
  /** Folder for `commitment.json` and `set.bin`. */
  readonly out: string
  readonly item: string
  readonly columns?: Readonly<Record<string, string>>
  readonly country?: string
  /** The order that allows the asker to learn which rows; without it the count alone. */
  readonly order?: string
}

/** The vendor's first step: the set and the commitment to it. A stopped run goes on where it was. */
export async function commitVendorSet(
  world: Pick<World, 'now'>,
  given: NewCommitment,
  watch: Watch,
): Promise<{ readonly commitment: Commitment; readonly files: readonly string[]; readonly goneOn: number }> {
  const path = join(given.out, 'commitment.json')
  if (existsSync(path))
    throw new UserError({
      code: 'committed-already',
      message: `${path} is there already`,
      hint: 'a commitment is made once; for another one give another folder with --out',
    })
  const spec = itemSpec(given.item)
  const mode = given.order === undefined ? 'count' : 'rows'
  const seed = readSeed(given.seedFile, { create: true })
  const country = given.country === undefined ? {} : { country: given.country }
  const table = await openTableItems({
    file: given.file,
    spec,
    ...country,
    ...(given.columns === undefined ? {} : { columns: given.columns }),
    watch,
  })
  const bulk = await bulkFor(table.bytes / 40)
  try {
    const key = Buffer.from(caseKey(seed, { case: given.case, mode }).public).toString('hex')
    const columns = { ...given.columns }
    const work = canonicalJson({ key, table: table.sha256, spec: [...spec], columns, ...country, chunk: checkBounds.chunk })
    const parts = openParts(join(given.out, 'set.parts'), sha256(work))
    const { commitment, set } = await commitTo(itemsOnly(table.items), {
      terms: {
        case: given.case,
        mode,
        item: spec,
        at: world.now(),
        ...country,
        ...(given.order === undefined ? {} : { order: given.order }),
      },
      seed,
      bulk,
      parts,
      watch,
    })
    writeWhole(join(given.out, 'set.bin'), set.bytes)
    enterCommitment(ledgerPath(given.seedFile), commitment)
    writeWhole(path, documentText(commitment))
    parts.remove()
    return { commitment, files: [path, join(given.out, 'set.bin')], goneOn: parts.kept }
  } finally {
    await bulk.close()
    await table.release()
  }
}

async function* itemsOnly(
  items: AsyncIterable<readonly { readonly item: string | undefined }[]>,
): AsyncGenerator<(string | undefined)[]> {
  for await (const batch of items) yield batch.map((one) => one.item)
}

/** The vendor's second step: the answer to a question, within the limits of the ledger. A stopped run goes on where it was. */
export async function answerVendorQuestion(
  world: Pick<World, 'now'>,
  given: {
    readonly ask: string
    readonly seedFile: string
    readonly out: string
    readonly limit?: number
    readonly because?: string
  },
  watch: Watch,
): Promise<Answer> {
  const ask = readDocument('ask', documentFile(given.ask), given.ask)
  const seed = readSeed(given.seedFile, { create: false })
  const rounds = ask.commitment.mode === 'count' ? checkBounds.rounds : 10
  const bulk = await bulkFor(ask.elements.length * rounds)
  try {
    // Looked at before anything is written down: a wrong seed file or a malformed question must not use up the limit.
    requireQuestion(ask, seed)
    const at = world.now()
    admit(ledgerPath(given.seedFile), { ...given, ask, at })
    const parts = openParts(`${given.out}.parts`, ask.id)
    const answer = await answerTo(ask, { seed, at, bulk, parts, watch })
    writeWhole(given.out, documentText(answer))
    parts.remove()
    return answer
  } finally {
    await bulk.close()
  }
}
