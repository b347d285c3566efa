import { stringify } from 'smol-toml'
import { localIso } from '../calendar.ts'
import type { Output } from '../output.ts'
import { databaseLogPath, databasePrefix } from './database-log.ts'
import type { Estate, Host, Role } from './estate.ts'
import type { ScenarioName } from './scenario.ts'
import { warehouseHost } from './warehouse.ts'
import { webLogPath } from './web-requests.ts'
import type { World } from './world.ts'

/** What the inventory calls a role. */
const kinds: Readonly<Record<Exclude<Role, 'database' | 'application'>, string>> = {
  controller: 'domain controller',
  jump: 'jump host',
  portal: 'web portal',
  selfcare: 'web portal',
  api: 'web portal',
  files: 'file server',
  backup: 'backup',
  scanner: 'vulnerability scanner',
  updates: 'software distribution',
  protection: 'endpoint protection',
  proxy: 'proxy',
  vpn: 'vpn gateway',
  router: 'router',
  workstation: 'workstations',
}

/** A body of data: what it is, on which system, under which names logs write it, what it says of persons, how bad its loss is. */
function object(id: string, kind: string, system: string, more: object): object {
  return { id, name: id, system, kind, ...more }
}

/** What the operator holds of persons, and what opens everything else. */
const dataObjects: readonly object[] = [
  object('call-records', 'table', 'cdr', {
    patterns: ['cdr.voice', 'cdr.voice_*'],
    data: ['cdr', 'location'],
    sensitivity: 'crown-jewel',
  }),
  object('customers', 'table', 'crm', {
    patterns: ['crm.customer'],
    data: ['identity', 'contact', 'contract'],
    sensitivity: 'high',
  }),
  object('contracts', 'table', 'crm', { patterns: ['crm.contract'], data: ['identity', 'contract'], sensitivity: 'high' }),
  object('customer-files', 'share', 'files', {
    patterns: ['Care\\Customers'],
    data: ['identity', 'contact', 'contract'],
    sensitivity: 'high',
  }),
  object('customer-interface', 'api', 'api', {
    patterns: ['/v1/customers', '/v2/customers', '/internal/customers'],
    data: ['identity', 'contact'],
    sensitivity: 'high',
  }),
  object('directory', 'file', 'controller', {
    patterns: ['ntds.dit'],
    data: ['credentials'],
    sensitivity: 'crown-jewel',
  }),
  object('router-configuration', 'file', 'router', {
    patterns: ['running-config'],
    data: ['none'],
    sensitivity: 'medium',
  }),
  object('warehouse-calls', 'table', warehouseHost, {
    patterns: ['MERIDIAN_DW.CDR.CALLS'],
    data: ['cdr', 'location'],
    sensitivity: 'crown-jewel',
  }),
  object('warehouse-customers', 'table', warehouseHost, {
    patterns: ['MERIDIAN_DW.CRM.CUSTOMERS'],
    data: ['identity', 'contact'],
    sensitivity: 'high',
  }),
]

/** Writes `inventory.toml`: systems by role with their hosts and the personal data they hold, vendors, log sources. */
export function writeInventory(estate: Estate, out: Output): void {
  const names = (hosts: readonly Host[]): string[] => hosts.map((host) => host.name)
  const system = (id: string, kind: string, hosts: readonly string[], more: object = {}): object => ({
    id,
    name: id,
    kind,
    hosts,
    ...more,
  })
  const byRole = Object.entries(kinds).map(([role, kind]) =>
    system(role, kind, names(estate.of(role as Role)), {
      internet_facing: role === 'portal' || role === 'selfcare' || role === 'api' || role === 'vpn',
      data: role === 'selfcare' || role === 'api' ? ['identity', 'contact'] : role === 'files' ? ['contract'] : [],
    }),
  )
  const [cdr, crm] = estate.of('database')
  const document = {
    system: [
      ...byRole,
      system('cdr', 'database', cdr === undefined ? [] : [cdr.name], { data: ['cdr', 'location'] }),
      system('crm', 'database', crm === undefined ? [] : [crm.name], { data: ['identity', 'contact', 'contract', 'payment'] }),
      system('applications', 'application', names(estate.of('application')), { data: ['identity', 'contract'] }),
      system(warehouseHost, 'data warehouse', [warehouseHost], { data: ['cdr', 'identity', 'contact'], internet_facing: true }),
    ],
    vendor: estate.vendors.map(({ id, name, services, account }) => ({
      id,
      name,
      status: 'active',
      services: [...services, `VPN account ${account.name} from ${account.network}`],
      accounts: [account.user, account.name],
      access: ['vpn'],
      networks: [account.network],
    })),
    object: dataObjects,
    log_source: [
      { id: 'windows', kind: 'windows events', retention_days: 150, owner: 'SOC' },
      { id: 'vpn', host: estate.one('vpn').name, kind: 'vpn', retention_days: 400, owner: 'network team' },
      ...[estate.one('portal'), estate.one('selfcare'), estate.one('api')].map((host) => ({
        id: `web-${host.name}`,
        host: host.name,
        kind: 'access log',
        retention_days: 400,
        owner: 'web team',
      })),
      ...estate.of('database').map((host) => ({
        id: `db-${host.name}`,
        host: host.name,
        kind: 'pgaudit',
        retention_days: 400,
        owner: 'database team',
      })),
      { id: 'tacacs', kind: 'tacacs accounting', retention_days: 400, owner: 'network team' },
      { id: 'snowflake', host: warehouseHost, kind: 'snowflake history', retention_days: 365, owner: 'data team' },
    ],
  }
  out.write(
    'case/inventory.toml',
    `# Generated for an exercise: operator, systems, vendors and persons are invented.\n${stringify(document)}\n`,
  )
}

/** Writes `breachline-case.toml`: which host a log is of where its lines do not say so. */
export function writeSettings(world: World, scenario: ScenarioName, out: Output): void {
  const { estate } = world
  const web = [estate.one('selfcare'), estate.one('api')]
  const written = new Set(out.written.map(({ path }) => path))
  const document = {
    case: {
      title: `Meridian Telekom: generated ${scenario}, seed ${world.seed}`,
      operator: 'Meridian Telekom',
      zone: '+08:00',
      country: 'MY',
      jurisdictions: ['MY'],
      opened: localIso(world.from + world.days * 86_400_000),
      generated: true,
    },
    files: [
      { glob: 'inventory.toml', role: 'inventory' },
      { glob: 'logs/*', role: 'logs' },
      ...web.map((host) => ({ glob: webLogPath(host), role: 'logs', host: host.name })),
      ...estate
        .of('database')
        .map((host) => ({ glob: databaseLogPath(host), role: 'logs', host: host.name, log_line_prefix: databasePrefix })),
      ...['login', 'query', 'access'].map((view) => ({
        glob: `logs/snowflake-${view}-history.ndjson`,
        role: 'logs',
        host: warehouseHost,
      })),
      ...estate.hosts.flatMap((host) =>
        ['mft', 'amcache']
          .map((kind) => `logs/${kind}-${host.name}.csv`)
          .filter((path) => written.has(`case/${path}`))
          .map((glob) => ({ glob, role: 'logs', host: host.name })),
      ),
    ],
  }
  out.write(
    'case/breachline-case.toml',
    `# Generated for an exercise (${scenario}, seed ${world.seed}): everything in this folder is invented.\n${stringify(document)}\n`,
  )
}
