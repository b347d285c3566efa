import type { Entry } from '../../inventory/index.ts'
import { filed, type KeptAnswers } from '../kept-answers.ts'
import type { Sighting } from '../sighting.ts'
import type { Access } from './astray.ts'
import { countedSql } from './counted-up.ts'
import { findOddities, type Oddities } from './find-oddities.ts'
import { largeReadsSql } from './large-reads.ts'
import { sentSql } from './large-transfers.ts'
import { accessesSql } from './new-places.ts'
import type { OddSearch } from './oddity.ts'

/** Changed whenever what is asked is weighed otherwise; the statements speak for themselves. */
const version = 1
const statements = [countedSql, accessesSql, largeReadsSql, sentSql]

type Row =
  | { readonly kind: 'sighting'; readonly one: Sighting }
  | { readonly kind: 'measured'; readonly host: string }
  | { readonly kind: 'access'; readonly one: Access }

/** What is unusual in a period that is the whole of the evidence, by what the inventory says: worked out once. */
export async function keptOddities(
  { keep }: KeptAnswers,
  search: OddSearch & { readonly inventory: readonly Entry[] },
): Promise<Oddities> {
  const { from, to, inventory, fileOf } = search
  const rows = await keep(`oddities ${JSON.stringify([version, statements, from, to, inventory])}`, async (): Promise<Row[]> => {
    const { sightings, measured, accesses } = await findOddities(search)
    return [
      ...sightings.map((one): Row => ({ kind: 'sighting', one })),
      ...[...measured].map((host): Row => ({ kind: 'measured', host })),
      ...accesses.map((one): Row => ({ kind: 'access', one })),
    ]
  })
  return {
    sightings: rows.flatMap((row) => (row.kind === 'sighting' ? [refiled(row.one, fileOf)] : [])),
    measured: new Set(rows.flatMap((row) => (row.kind === 'measured' ? [row.host] : []))),
    accesses: rows.flatMap((row) => (row.kind === 'access' ? [row.one] : [])),
  }
}

function refiled(one: Sighting, fileOf: (sha256: string) => string): Sighting {
  const { restsOn } = one
  return {
    ...one,
    cite: filed(one.cite, fileOf),
    ...(restsOn === undefined ? {} : { restsOn: { ...restsOn, cites: restsOn.cites.map((cite) => filed(cite, fileOf)) } }),
  }
}
