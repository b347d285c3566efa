import { stringify } from 'smol-toml'
import { calendar, dayText } from './calendar.ts'
import type { CopiesWritten } from './copies.ts'
import type { Estate } from './estate.ts'
import { vendors, type Extract } from './extracts.ts'
import type { Output } from './output.ts'

/** The six systems of the operator, by the ids that copies and logs use. */
export const systemNames = {
  crm: 'CRM',
  billing: 'Billing',
  cdr: 'CDR database',
  selfcare: 'Self-care portal',
  dwh: 'Data warehouse',
  queue: 'Store queue management',
} as const

/** Texts that the pages of a system show: the pictures of the claim are compared with them. */
const screenLabels: Readonly<Record<keyof typeof systemNames, readonly string[]>> = {
  crm: ['Meridian Customer Desk', 'Subscriber search', 'Account', 'Customer', 'MSISDN', 'Plan', 'Status', 'City', 'Open case'],
  billing: ['Bill run', 'Invoice No', 'Amount due', 'Dunning level', 'Payment method', 'Write-off', 'Due date'],
  cdr: ['Calling party', 'Called party', 'Cell id', 'Start of call', 'Duration', 'Partition', 'Retention'],
  selfcare: ['My plan', 'My bills', 'Top up', 'Roaming', 'Add-ons', 'Chat with us', 'Data left this month'],
  dwh: ['Dataset', 'Load job', 'Last refresh', 'Row count', 'Lineage', 'Data owner', 'Schedule'],
  queue: [
    'Admin dashboard',
    'Subscribers',
    'Employees online',
    'Open tickets',
    'Queue tokens today',
    'Employee sessions',
    'Login',
    'Team',
    'Terminal',
    'Records read today',
  ],
}

/** Writes `inventory.toml`: systems, vendors, copies handed out, log sources with what they keep, the subscriber base. */
export function writeInventory(options: {
  readonly estate: Estate
  readonly extracts: readonly Extract[]
  readonly copies: CopiesWritten
  readonly size: number
  readonly out: Output
}): void {
  const { estate, extracts, copies, size, out } = options
  const named = (stem: string): string =>
    (estate.windows.find((machine) => machine.name.startsWith(stem)) ?? estate.application).name.toLowerCase()
  const web = estate.web.name.toLowerCase()
  const system = (
    id: keyof typeof systemNames,
    kind: string,
    hosts: readonly string[],
    data: readonly string[],
    facing = false,
  ): object => ({
    id,
    name: systemNames[id],
    kind,
    hosts,
    internet_facing: facing,
    data,
    screen_labels: screenLabels[id],
  })
  const object = (
    id: string,
    on: keyof typeof systemNames,
    patterns: readonly string[],
    data: readonly string[],
    sensitivity: string,
  ): object => ({
    id,
    name: id,
    system: on,
    hosts: [on === 'cdr' ? estate.database.name : estate.billingDatabase.name],
    kind: 'table',
    patterns,
    data,
    sensitivity,
  })
  const document = {
    system: [
      system('crm', 'customer management', [estate.application.name.toLowerCase()], ['identity', 'contact', 'contract']),
      system('billing', 'billing', [named('BIL-APP'), estate.billingDatabase.name], ['billing', 'payment', 'contract']),
      system('cdr', 'database', [estate.database.name, estate.adminHost.name.toLowerCase()], ['cdr', 'location']),
      system('selfcare', 'web portal', [web], ['identity', 'contact', 'billing'], true),
      system('dwh', 'data warehouse', [named('DWH-ETL')], ['identity', 'contact', 'contract', 'device']),
      system('queue', 'retail', [named('QMS-APP')], ['identity', 'contact']),
    ],
    vendor: vendors.map((vendor) => ({
      id: vendor.id,
      name: vendor.name,
      status: vendor.status,
      ...(vendor.ended === undefined ? {} : { ended: vendor.ended }),
      services: vendor.services.split(', '),
    })),
    copy: extracts.map((extract) => ({
      id: extract.id,
      holder: vendors.find((vendor) => vendor.id === extract.vendor)?.name ?? extract.vendor,
      system: systemNames[extract.system as keyof typeof systemNames],
      cut: dayText(extract.cut),
      fields: extract.fields.map(([header]) => header),
      rows: copies.extracts.get(extract.id)?.rows ?? 0,
    })),
    log_source: [
      { id: 'windows-events', kind: 'winlogbeat', retention_days: 105, owner: 'SOC' },
      { id: 'selfcare-access', host: web, kind: 'access log', retention_days: 120, owner: 'Web operations' },
      {
        id: 'cdr-audit',
        host: estate.database.name,
        system: 'cdr',
        kind: 'pgaudit',
        retention_days: 365,
        owner: 'Database team',
      },
      {
        id: 'crm-audit',
        host: estate.application.name.toLowerCase(),
        system: 'crm',
        kind: 'access csv',
        retention_days: 180,
        owner: 'CRM team',
      },
      {
        id: 'billing-audit',
        host: estate.billingDatabase.name,
        system: 'billing',
        kind: 'pgaudit',
        retention_days: 180,
        owner: 'Database team',
      },
      { id: 'vpn-gateway', kind: 'vpn', retention_days: 30, owner: 'Network team' },
    ],
    object: [
      object('cdr-voice', 'cdr', ['cdr.voice', 'cdr.voice_*'], ['cdr', 'location'], 'crown-jewel'),
      object('cdr-sms', 'cdr', ['cdr.sms', 'cdr.sms_*'], ['cdr'], 'crown-jewel'),
      object('cdr-data', 'cdr', ['cdr.data_session', 'cdr.data_session_*'], ['cdr', 'location'], 'crown-jewel'),
      object('billing-invoices', 'billing', ['billing.invoice'], ['billing'], 'high'),
      object('billing-payments', 'billing', ['billing.payment'], ['billing', 'payment'], 'high'),
    ],
    subscriber_base: [{ id: 'all', count: size, as_of: dayText(calendar.ownCopy) }],
  }
  out.write(
    'case/inventory.toml',
    `# Generated for an exercise: operator, systems, vendors and persons are invented.\n${stringify(document)}\n`,
  )
}
