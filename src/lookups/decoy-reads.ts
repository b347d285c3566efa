import type { Proposal } from '../casefile/index.ts'
import { limits } from '../base/index.ts'
import type { Lake } from '../store/index.ts'
import type { AccountName } from './account-name.ts'
import type { CiteOf } from './exhibit-cite.ts'
import type { DecoyRead } from './review.ts'
import { instant } from './instant.ts'

/** Every read of a decoy, whatever was recorded as its reason (rule D2). `decoys` are tokens of the key that the accesses were loaded with. */
export async function decoyReads(
  lake: Lake,
  options: {
    readonly accesses: readonly string[]
    readonly decoys: readonly string[]
    readonly cite: CiteOf
    readonly shown: AccountName
  },
): Promise<readonly DecoyRead[]> {
  if (options.decoys.length === 0) return []
  const rows = await lake.engine.rows<{
    account: string
    system: string
    reads: string
    decoys: string
    first: string
    last: string
    hosts: readonly string[]
    cited: readonly (readonly [string, string])[]
  }>(
    `SELECT toString(account) AS account, toString(system) AS system, toString(uniqExact(source, n)) AS reads,
       toString(uniqExact(subscriber)) AS decoys, toString(min(time)) AS first, toString(max(time)) AS last,
       arraySlice(arraySort(groupUniqArrayIf(toString(host), host != '')), 1, 8) AS hosts,
       arraySlice(arraySort(groupUniqArray((toString(source), n))), 1, {most:UInt32}) AS cited
     FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND subscriber IN ({decoys:Array(String)})
     GROUP BY account, system ORDER BY account, system`,
    { accesses: options.accesses, decoys: options.decoys, most: limits.citesPerSentence },
  )
  return rows.map((row) => ({
    account: options.shown(row.account),
    system: row.system,
    reads: Number(row.reads),
    decoys: Number(row.decoys),
    first: instant(row.first),
    last: instant(row.last),
    hosts: row.hosts,
    cites: row.cited.map(([source, n]) => options.cite(source, Number(n))),
  }))
}

/** The alarm as a finding. */
export function decoyProposal(one: DecoyRead): Proposal {
  const where = one.system === '' ? '' : ` in ${one.system}`
  return {
    kind: 'lookup',
    subject: `account:${one.account}`,
    code: 'decoy-read',
    params: { system: one.system, reads: one.reads, decoys: one.decoys, first: one.first, last: one.last },
    cites: one.cites,
    text: `Used to read ${one.decoys === 1 ? 'a decoy' : `${one.decoys} decoys`}${where}. Nobody has a reason to read one; who sat at the account is not established.`,
    confidence: 'high',
    grounds: [
      {
        text: `${one.reads === 1 ? 'One read' : `${one.reads} reads`} of ${one.decoys === 1 ? 'a number' : `${one.decoys} numbers`} that belong to no customer, by the account ${one.account}${where}, ${one.first} to ${one.last}${one.hosts.length === 0 ? '' : `, from ${one.hosts.join(', ')}`}.`,
        cites: one.cites,
      },
    ],
    producer: 'lookups',
    value: one,
  }
}
