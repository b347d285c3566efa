import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the folder of an invented claim: the operator's own customers, a sample somebody posted, and the settings of the case. */
export function claimFolder(
  folder: string,
  tables: { readonly jurisdictions: readonly string[]; readonly crm: readonly string[]; readonly sample: readonly string[] },
): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'breachline-case.toml'),
    `[case]
title = "Claim of October"
operator = "Meridian Telekom"
zone = "+08:00"
country = "MY"
jurisdictions = ${JSON.stringify(tables.jurisdictions)}
opened = "2026-10-06T09:00:00+08:00"
[[files]]
glob = "sample.csv"
role = "sample"
[[files]]
glob = "crm.csv"
role = "copy"
holder = "Meridian Telekom"
system = "CRM"
as_of = "2026-10-01"
`,
  )
  writeFileSync(join(folder, 'crm.csv'), `${tables.crm.join('\n')}\n`)
  writeFileSync(join(folder, 'sample.csv'), `${tables.sample.join('\n')}\n`)
  return folder
}

/** Twelve invented customers, of whom eight are in the sample. */
export function smallClaim(folder: string): string {
  const head = 'account_no,msisdn,name'
  const customers = Array.from({ length: 12 }, (_, at) => `${70_000_001 + at},6012${2_000_000 + at * 37},Person Nr${at} Abdullah`)
  return claimFolder(folder, { jurisdictions: ['MY'], crm: [head, ...customers], sample: [head, ...customers.slice(0, 8)] })
}
