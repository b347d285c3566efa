import { stringify } from 'smol-toml'
import { calendar, dayText, localIso } from './calendar.ts'
import type { CopiesWritten } from './copies.ts'
import type { Estate } from './estate.ts'
import { vendors, type Extract } from './extracts.ts'
import { systemNames } from './inventory.ts'
import type { Output } from './output.ts'
import { logLinePrefix } from './pgaudit.ts'

/** Writes `breachline-case.toml`: what each file of the folder is for. */
export function writeCaseSettings(options: {
  readonly seed: number
  readonly extracts: readonly Extract[]
  readonly copies: CopiesWritten
  readonly estate: Estate
  readonly webLogs: readonly { readonly path: string; readonly host: string }[]
  readonly out: Output
}): void {
  const { seed, extracts, copies, estate, out } = options
  const inCase = (path: string): string => path.slice('case/'.length)
  const document = {
    case: {
      title: `Meridian Telekom: generated exercise, seed ${seed}`,
      operator: 'Meridian Telekom',
      zone: '+08:00',
      country: 'MY',
      jurisdictions: ['MY', 'EU'],
      opened: localIso(calendar.opened),
      generated: true,
    },
    files: [
      { glob: 'claim/result.json', role: 'claim' },
      { glob: 'claim/statement.md', role: 'claim' },
      { glob: 'claim/photos/*.png', role: 'screenshot' },
      { glob: 'sample/sample.csv', role: 'sample' },
      { glob: 'inventory.toml', role: 'inventory' },
      {
        glob: inCase(copies.own.path),
        role: 'copy',
        holder: 'Meridian Telekom',
        system: systemNames.crm,
        as_of: dayText(calendar.ownCopy),
        history: true,
      },
      ...extracts.map((extract) => ({
        glob: inCase(copies.extracts.get(extract.id)?.path ?? ''),
        role: 'copy',
        holder: vendors.find((vendor) => vendor.id === extract.vendor)?.name ?? extract.vendor,
        system: systemNames[extract.system as keyof typeof systemNames],
        as_of: dayText(extract.cut),
      })),
      { glob: inCase(copies.leak.path), role: 'leak', name: 'forum-2021', date: dayText(calendar.leak) },
      { glob: 'logs/*.ndjson', role: 'logs' },
      ...options.webLogs.map((log) => ({ glob: inCase(log.path), role: 'logs', host: log.host })),
      {
        glob: 'audit/cdr-db-postgresql.log',
        role: 'audit',
        system: systemNames.cdr,
        host: estate.database.name,
        log_line_prefix: logLinePrefix,
      },
      {
        glob: 'audit/billing-postgresql.log',
        role: 'audit',
        system: systemNames.billing,
        host: estate.billingDatabase.name,
        log_line_prefix: logLinePrefix,
      },
      { glob: 'audit/crm-access.csv', role: 'audit', system: systemNames.crm },
      { glob: 'explain/contacts.csv', role: 'explain' },
    ],
  }
  out.write(
    'case/breachline-case.toml',
    `# Generated for an exercise (drill, seed ${seed}): everything in this folder is invented.\n${stringify(document)}\n`,
  )
}
