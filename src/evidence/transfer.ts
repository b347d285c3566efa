import { UserError } from '../base/index.ts'
import type { Db } from '../store/index.ts'
import { appendCustody } from './custody.ts'
import type { CustodyEntry } from './custody-entry.ts'
import { exhibit } from './exhibits.ts'
import type { Signer } from './signing-key.ts'

/**
 * Records that an exhibit was handed over: to whom, why, by what means. Signed by who hands it over, and by who receives it when their
 * key is at hand (`with`). Throws a UserError for an unknown exhibit or without a receiver.
 */
export function transferExhibit(
  db: Db,
  options: {
    /** `E3` or the SHA-256. */
    readonly exhibit: string
    readonly to: string
    readonly reason: string
    readonly means?: string
    readonly by: Signer
    readonly with?: Signer
    /** Now, ISO 8601 UTC. */
    readonly at: string
  },
): CustodyEntry {
  const one = exhibit(db, options.exhibit)
  if (one === undefined)
    throw new UserError({
      code: 'exhibit-unknown',
      message: 'The case has no such exhibit.',
      hint: 'Give its number, such as E3, as `breachline case show` lists it.',
    })
  const say = (text: string | undefined): string => text?.toWellFormed().trim() ?? ''
  if (say(options.to) === '')
    throw new UserError({
      code: 'receiver-missing',
      message: 'A transfer needs the name of who receives the exhibit.',
      hint: 'Give the name: `--to "..."`.',
      exitCode: 2,
    })
  return appendCustody(db, {
    at: options.at,
    act: 'exhibit-transferred',
    exhibit: one.number,
    by: options.with === undefined ? [options.by] : [options.by, options.with],
    detail: {
      sha256: one.sha256,
      to: say(options.to),
      reason: say(options.reason) || 'unknown',
      means: say(options.means) || 'unknown',
    },
  })
}
