import type { Cite } from '../../evidence/index.ts'
import { citeOf } from '../cited.ts'
import type { Reading } from '../movement-rows.ts'
import { basename, shortName } from '../names.ts'
import type { Trace, TraceKind } from './trace.ts'
import type { TraceRow } from './traces-sql.ts'

/** Processes of the system that connect to other computers all day. */
const systemProcess =
  /^(?:system|svchost\.exe|lsass\.exe|services\.exe|dfsrs\.exe|dns\.exe|spoolsv\.exe|dsregcmd\.exe|taskhostw\.exe|backgroundtaskhost\.exe|microsoft\.activedirectory\.webservices\.exe)$/i
/** Interfaces behind IPC$ through which a host is controlled: services, tasks, the registry. */
const controlPipes = /^(?:svcctl|atsvc|winreg|itaskscheduler)$/i
const programs = /\.(?:exe|dll|sys|bat|cmd|ps1|vbs|js|msi|scr|hta)$/i
/** Bits of an access mask that write: data, appending, attributes, deletion. */
const writing = 0x1_0156
/** Processes that the system starts in a session by itself, as soon as somebody logs on. */
const sessionNoise =
  /^(?:conhost|wmiprvse|wsmprovhost|taskhostw|dllhost|runtimebroker|rundll32|sihost|ctfmon|userinit|svchost|werfault)\.exe$/i

/** What one record says: none or several traces. `nameOf` gives the host that uses an address. */
export function tracesOf(row: TraceRow, { nameOf, timeOf, fileOf }: Reading): readonly Trace[] {
  // A process made in somebody's name is theirs, not its maker's.
  const made = row.event_id === '4688' && !/^-?\\?-?$/.test(row.target_account) ? row.target_account : row.account
  const account = accountOf(made)
  const cite: Cite = citeOf(row, fileOf)
  const trace = (kind: TraceKind, of: Partial<Trace>): Trace => ({
    kind,
    time: timeOf(row.host, row.at_time),
    from: '',
    to: row.host,
    account,
    session: '',
    cite,
    ...of,
  })
  const source = row.source_ip === '' ? shortName(row.workstation) : nameOf(row.source_ip)
  switch (row.event_id) {
    case '3':
    case '5156':
      return connection(row, nameOf).map(({ kind, ...of }) => trace(kind, of))
    case '5157':
      // Refused where it came in, or on its way out.
      return [
        trace('connection refused', {
          from: nameOf(row.source_ip),
          to: outgoing(row, nameOf) ? nameOf(row.target_ip) : row.host,
        }),
      ]
    case '4624':
      return [trace(row.logon_type === '3' ? 'network logon' : 'remote desktop', { from: source, session: row.session })]
    case '4625':
      return [trace('logon refused', { from: source })]
    case '4648': {
      const to = shortName(row.target_server)
      const used = row.target_account === '\\' ? account : accountOf(row.target_account)
      return used.endsWith('$') ? [] : [trace('explicit credentials', { from: row.host, to, account: used })]
    }
    case '4769':
      return [trace('ticket for the host', { from: source, to: shortName(row.service_name.slice(0, -1)) })]
    case '5140':
    case '5145':
      return [trace(shareKind(row), { from: source, session: row.session })]
    case '4697':
    case '7045':
      return [trace('service installed', { account: '', session: row.session })]
    case '4698':
    case '4702':
      return [trace('task made', { session: row.session })]
    case '4742':
      return [trace('password of the computer set without a name', {})]
    case '1149':
      return [trace('remote desktop', { from: source })]
    default:
      if (row.class === 'process') return processTraces(row).map(({ kind, ...of }) => trace(kind, of))
      return row.class === 'authentication' ? [trace('secure shell', { from: source })] : []
  }
}

function outgoing({ host, source_ip: source }: TraceRow, nameOf: (address: string) => string): boolean {
  return nameOf(source) === host
}

function connection(
  row: TraceRow,
  nameOf: (address: string) => string,
): readonly { readonly kind: TraceKind; readonly from: string; readonly to: string; readonly account: string }[] {
  const from = nameOf(row.source_ip)
  const to = nameOf(row.target_ip)
  // What the target saw come in is a connection whatever the port: the account and the process are the target's own.
  const incoming = row.event_id === '3' ? row.initiated === 'false' : row.host === to
  const system = incoming || systemProcess.test(basename(row.process))
  const account = system ? '' : accountOf(row.account)
  switch (row.target_port) {
    case 22:
      return [{ kind: 'connection', from, to, account }]
    case 3389:
      return [{ kind: 'connection', from, to, account }]
    case 5985:
    case 5986:
      return [{ kind: system ? 'connection' : 'remote management', from, to, account }]
    case 135:
      return [{ kind: system ? 'endpoint mapper asked' : 'remote procedure call', from, to, account }]
    default:
      return [{ kind: 'connection', from, to, account }]
  }
}

function shareKind({ share, path, access, event_id: id }: TraceRow): TraceKind {
  if (id === '5140') return 'share opened'
  if (/IPC\$$/i.test(share)) return controlPipes.test(path) ? 'service manager opened' : 'share opened'
  const mask = Number(access)
  const writes = Number.isFinite(mask) && (mask & writing) !== 0
  return programs.test(path) && writes ? 'program written to an administrative share' : 'share opened'
}

function processTraces(row: TraceRow): readonly (Partial<Trace> & { readonly kind: TraceKind })[] {
  const process = basename(row.process)
  const parent = basename(row.parent)
  const found: (Partial<Trace> & { readonly kind: TraceKind })[] = []
  const { session } = row
  if (/^wsmprovhost\.exe$/i.test(process)) found.push({ kind: 'process of remote management', session })
  else if (/^wmiprvse\.exe$/i.test(parent) && !sessionNoise.test(process))
    found.push({ kind: 'process made through WMI', session })
  else if (/^wsmprovhost\.exe$/i.test(parent) && !/^conhost\.exe$/i.test(process))
    found.push({ kind: 'process of remote management', session })
  else if (!sessionNoise.test(process)) found.push({ kind: 'process of the session', session })
  for (const to of hostsNamed(row.command))
    if (to !== row.host) found.push({ kind: 'command that names the host', from: row.host, to })
  return found
}

/** Programs whose option names the computer they are to act on. */
const remoteTools =
  /(?:psexec|paexec|wmic|schtasks|winrs|sc(?:\.exe)?\s+\\\\|at(?:\.exe)?\s+\\\\|reg(?:\.exe)?\s+\w+\s+\\\\|enter-pssession|invoke-command|new-pssession|invoke-wmimethod|invoke-cimmethod|mimikatz|lsadump)/i
const named = /(?:\\\\|\/node:"?|-(?:computername|cn)[ :]"?|\/s\s+\\{0,2}|-r(?:emote)?:|\/target:)([a-z0-9][a-z0-9._-]{0,62})/gi

/** Hosts that a command of remote control names. */
function hostsNamed(command: string): readonly string[] {
  if (!remoteTools.test(command)) return []
  return [...new Set([...command.matchAll(named)].map((match) => shortName(match[1] ?? '')))]
}

function accountOf(account: string): string {
  const lower = account.toLowerCase()
  const slash = lower.indexOf('\\')
  return slash < 0 ? lower : `${lower.slice(0, slash).split('.')[0]}${lower.slice(slash)}`
}
