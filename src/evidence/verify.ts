import type { Watch } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { verification, type Findings, type Verification } from './verification.ts'
import { verifyChain, type GivenHead } from './verify-chain.ts'
import { verifyExhibits } from './verify-exhibits.ts'
import { verifyRecords } from './verify-records.ts'

/**
 * Checks a case: every byte of every exhibit, the records against the chain of custody, the chain against its signatures and
 * against a head kept outside. `ledgers` are further checks over the same `case.db` (the case file's own). Reads only; needs no lake.
 */
export async function verify(options: {
  readonly db: Db
  readonly evidenceDir: string
  readonly head?: GivenHead
  readonly ledgers?: readonly ((db: Db) => Findings)[]
  readonly watch?: Watch
}): Promise<Verification> {
  const { db } = options
  const exhibits = await verifyExhibits({ db, directory: options.evidenceDir }, options.watch)
  const parts = [exhibits, verifyRecords(db), verifyChain(db, options.head), ...(options.ledgers ?? []).map((check) => check(db))]
  return verification(parts, { headGiven: options.head !== undefined })
}
