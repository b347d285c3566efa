import type { FactKind } from './fact.ts'
import { hexNumber, lowerField, field, processId, sql } from './fragments.ts'

const sysmon = (ids: string): string => `service = 'sysmon' AND event_id IN (${ids})`

/** Windows' own programs that open every process there is. */
const core = sql`match(lower(process), '\\\\(csrss|services|wininit|winlogon|smss|lsass|svchost|lsm|conhost|dwm|taskhostw|msmpeng|werfault|wermgr|audiodg|sihost|fontdrvhost|senseir|mssense)\\.exe$')`
const access = hexNumber(field('GrantedAccess'))
/** Files that Windows writes for itself at every start of a program. */
const ownFiles = sql`match(${lowerField('TargetFilename')}, '\\.(pf|etl|evtx|db-wal|db-shm|regtrans-ms|blf)$|\\\\__psscriptpolicytest_|\\\\windows\\\\prefetch\\\\')`
/** Places from which programs load modules that whoever runs them could have put there. */
const writable = sql`match(lower(${field('ImageLoaded')}), '^([a-z]:)?(\\\\users\\\\|\\\\programdata\\\\|\\\\windows\\\\temp\\\\|\\\\perflogs\\\\|\\\\temp\\\\|\\\\\\\\)|\\$recycle')`
/** Images that .NET compiles on the host itself; never signed. */
const nativeImage = sql`position(${lowerField('ImageLoaded')}, '\\assembly\\nativeimages_') > 0`
/** Registry values from which programs start. */
const autostart = sql`match(${lowerField('TargetObject')}, '\\\\currentversion\\\\(run|runonce|runonceex|runservices|policies\\\\explorer\\\\run)\\\\|\\\\services\\\\[^\\\\]+\\\\(imagepath|parameters\\\\servicedll)$|\\\\image file execution options\\\\[^\\\\]+\\\\(debugger|globalflag)$|\\\\silentprocessexit\\\\|\\\\winlogon\\\\(shell|userinit|notify)|\\\\appinit_dlls$|\\\\lsa\\\\(security packages|authentication packages|notification packages)|\\\\currentversion\\\\schedule\\\\taskcache\\\\tree\\\\|\\\\inprocserver32\\\\?(\\(default\\))?$|\\\\localserver32\\\\?(\\(default\\))?$|\\\\userinitmprlogonscript$|\\\\print\\\\monitors\\\\[^\\\\]+\\\\driver$|\\\\command processor\\\\autorun$|\\\\netsh\\\\')`
const sha256 = `lower(extract(${field('Hashes')}, 'SHA256=([0-9A-Fa-f]{64})'))`
const acting = { pid: processId(field('ProcessId')), guid: lowerField('ProcessGuid') }

/** What Sysmon records, on Windows and Linux. */
export const sysmonFacts: readonly FactKind[] = [
  {
    what: 'start',
    among: sysmon("'1'"),
    columns: {
      ...acting,
      other_pid: processId(field('ParentProcessId')),
      other_guid: lowerField('ParentProcessGuid'),
      logon: lowerField('LogonId'),
      hash: sha256,
      path: 'lower(process)',
      name: `left(${lowerField('ParentCommandLine')}, 200)`,
      text: 'left(command_line, 2000)',
    },
  },
  {
    what: 'connect',
    among: sysmon("'3'"),
    columns: {
      ...acting,
      port: field('SourcePort'),
      mode: lowerField('Initiated'),
      name: lowerField('DestinationHostname'),
    },
  },
  {
    what: 'module',
    among: sysmon("'7'"),
    when: `NOT ${nativeImage} AND (${lowerField('Signed')} = 'false' OR ${field('SignatureStatus')} NOT IN ('', 'Valid') OR ${writable}) AND ${lowerField('ImageLoaded')} != lower(process)`,
    columns: { ...acting, path: lowerField('ImageLoaded'), hash: sha256, mode: lowerField('Signed') },
  },
  {
    what: 'thread',
    among: sysmon("'8'"),
    when: sql`NOT match(lower(process), '\\\\(csrss|dwm|wininit|smss)\\.exe$')`,
    columns: {
      pid: processId(field('SourceProcessId')),
      guid: lowerField('SourceProcessGuid'),
      other_pid: processId(field('TargetProcessId')),
      other_guid: lowerField('TargetProcessGuid'),
      other_image: lowerField('TargetImage'),
    },
  },
  {
    what: 'open',
    among: sysmon("'10'"),
    // Writing into a process takes both rights; of lsass it is reading that matters.
    when: sql`((bitAnd(${access}, 0x28) = 0x28) OR (endsWith(${lowerField('TargetImage')}, '\\lsass.exe') AND bitAnd(${access}, 0x10) > 0)) AND NOT ${core}`,
    columns: {
      pid: processId(field('SourceProcessId')),
      guid: lowerField('SourceProcessGUID'),
      other_pid: processId(field('TargetProcessId')),
      other_guid: lowerField('TargetProcessGUID'),
      other_image: lowerField('TargetImage'),
      mode: lowerField('GrantedAccess'),
      text: `if(position(${field('CallTrace')}, 'UNKNOWN') > 0, 'unbacked', '')`,
    },
  },
  {
    what: 'file',
    among: sysmon("'11', '15'"),
    when: `NOT ${ownFiles}`,
    columns: {
      ...acting,
      path: lowerField('TargetFilename'),
      hash: `lower(extract(${field('Hash')}, 'SHA256=([0-9A-Fa-f]{64})'))`,
    },
  },
  {
    what: 'registry',
    among: sysmon("'13', '14'"),
    when: autostart,
    columns: { ...acting, path: lowerField('TargetObject'), text: `left(${lowerField('Details')}, 1000)` },
  },
  {
    what: 'subscription',
    among: sysmon("'19', '20', '21'"),
    columns: {
      name: sql`trim(BOTH ' "\\' FROM lower(if(${field('Name')} != '', ${field('Name')}, extract(${field('Consumer')}, 'Name=\\\\?"?([^"\\\\]+)'))))`,
      mode: lowerField('Operation'),
    },
  },
  {
    what: 'lookup',
    among: sysmon("'22'"),
    columns: {
      ...acting,
      name: `trim(TRAILING '.' FROM ${lowerField('QueryName')})`,
      text: `left(${lowerField('QueryResults')}, 1000)`,
    },
  },
]
