import type { Gate, Shareable } from '../redaction/shareable.ts'
import { isCommonTool } from './common-tools.ts'
import { scriptEnds, type Proposed, type StoryRecord } from './proposed-rule.ts'
import type { RuleShape } from './rule-text.ts'

/** Programs that seldom start others: what they start tells by itself. */
const workers =
  'java.exe w3wp.exe httpd.exe nginx.exe php.exe php-cgi.exe tomcat9.exe node.exe sqlservr.exe mysqld.exe postgres.exe umworkerprocess.exe'.split(
    ' ',
  )
const shells = ['cmd.exe', 'powershell.exe', 'pwsh.exe', 'wscript.exe', 'cscript.exe', 'mshta.exe', 'bash.exe', 'sh.exe']
/** Folders from which programs are seldom run. */
const oddFolders = ['\\Windows\\Temp\\', '\\$Recycle.Bin\\', '\\PerfLogs\\', '\\Users\\Public\\']
const straightInOdd = String.raw`\\(?:Windows\\Temp|\$Recycle\.Bin|PerfLogs|Users\\Public)\\[^\\]+$`
const straightInBin = String.raw`^[A-Za-z]:\\\$Recycle\.Bin\\[^\\]+$`

const started = { category: 'process_creation', product: 'windows' }
const written = { category: 'file_event', product: 'windows' }
const paths = (names: readonly string[]): readonly string[] => names.map((one) => `\\${one}`)

const shellOfServer: RuleShape = {
  title: 'Shell Started by a Server Program',
  logsource: started,
  conditions: [
    { field: 'ParentImage|endswith', values: paths(workers) },
    { field: 'Image|endswith', values: paths(shells) },
  ],
}
const oddOfShell: RuleShape = {
  title: 'Program Straight in a Temporary or Common Folder Started by a Shell',
  logsource: started,
  conditions: [
    { field: 'ParentImage|endswith', values: paths(shells) },
    { field: 'Image|re|i', values: [straightInOdd] },
  ],
}
const fileInBin: RuleShape = {
  title: 'File Written Straight Into the Recycle Bin Folder',
  logsource: written,
  conditions: [{ field: 'TargetFilename|re|i', values: [straightInBin] }],
}
const scriptOfServer: RuleShape = {
  title: 'Script Written by a Server Program',
  logsource: written,
  conditions: [
    { field: 'Image|endswith', values: paths(workers) },
    { field: 'TargetFilename|endswith', values: scriptEnds },
  ],
}

/** Rules that a Windows record of a story gives; names of programs and services in them passed the gate. */
export function windowsRules(record: StoryRecord, gate: Gate): readonly Proposed[] {
  if (record.category === 'process_creation') return programRules(record, gate)
  if (record.category === 'file_event') return fileRules(record, gate)
  return record.eventId === '7045' ? serviceRules(record, gate) : []
}

function programRules({ fields }: StoryRecord, gate: Gate): readonly Proposed[] {
  const path = (fields['Image'] ?? '').slice(0, 1_024)
  const image = admitted(path, gate)
  const parent = admitted(fields['ParentImage'], gate)
  const [ownName, parentName] = [baseName(path), baseName(fields['ParentImage'])].map((one) => one.toLowerCase())
  const isOfServer = workers.includes(parentName ?? '')
  const wide: RuleShape[] = []
  if (isOfServer && shells.includes(ownName ?? '')) wide.push(shellOfServer)
  else if (shells.includes(parentName ?? '') && new RegExp(straightInOdd, 'i').test(path)) wide.push(oddOfShell)
  const proposed = wide.map((shape): Proposed => ({ shape, wide: true }))
  if (image === undefined) return proposed
  const switches = switchesOf(fields['CommandLine'] ?? '', gate)
  const folder = oddFolders.find((one) => path.toLowerCase().includes(one.toLowerCase()))
  const by = parent !== undefined && isOfServer ? [{ field: 'ParentImage|endswith', values: [`\\${parent}`] }] : []
  const told = switches.length < 2 || !switches.some(isTelling) ? [] : [{ field: 'CommandLine|contains|all', values: switches }]
  const from = folder === undefined ? [] : [{ field: 'Image|contains', values: [folder] }]
  // A program's name alone, or with one switch, would find ordinary work.
  if (by.length + told.length + from.length === 0) return proposed
  const words = [
    ...(by.length === 0 ? [] : [`Started by ${parent ?? ''}`]),
    ...(told.length === 0 ? [] : [`With${switches.join('')}`]),
    ...(folder === undefined ? [] : [`Run From ${folder}`]),
  ]
  const shape = {
    title: [image, ...words].join(' '),
    logsource: started,
    conditions: [{ field: 'Image|endswith', values: [`\\${image}`] }, ...by, ...told, ...from],
  }
  return [...proposed, { shape, within: wide }]
}

function fileRules({ fields }: StoryRecord, gate: Gate): readonly Proposed[] {
  const path = (fields['TargetFilename'] ?? '').slice(0, 1_024)
  const image = admitted(fields['Image'], gate)
  const end = /\.[a-z0-9]{2,5}$/i.exec(path)?.[0].toLowerCase()
  const bin = new RegExp(straightInBin, 'i').test(path)
  const isScript = end !== undefined && scriptEnds.includes(end)
  const wide: RuleShape[] = []
  if (bin) wide.push(fileInBin)
  else if (isScript && workers.includes(baseName(fields['Image']).toLowerCase())) wide.push(scriptOfServer)
  const proposed = wide.map((shape): Proposed => ({ shape, wide: true }))
  if (image === undefined || end === undefined || !(isScript || bin)) return proposed
  const shape = {
    title: bin ? `${image} Writes Into the Recycle Bin Folder` : `${image} Writes a Script of the Kind ${end}`,
    logsource: written,
    conditions: [
      { field: 'Image|endswith', values: [`\\${image}`] },
      ...(bin ? [{ field: 'TargetFilename|contains', values: ['\\$Recycle.Bin\\'] }] : []),
      { field: 'TargetFilename|endswith', values: [end] },
    ],
  }
  return [...proposed, { shape, within: wide }]
}

function serviceRules({ fields }: StoryRecord, gate: Gate): readonly Proposed[] {
  const service = gate.word(fields['ServiceName'] ?? '')
  if (service.kind === 'withheld' || isCommonTool(`${service.value}.exe`)) return []
  const shape = {
    title: `Service ${service.value} Installed`,
    logsource: { product: 'windows', service: 'system' },
    conditions: [
      { field: 'EventID', values: ['7045'] },
      { field: 'ServiceName', values: [service.value] },
    ],
  }
  return [{ shape }]
}

function baseName(path: string | undefined): string {
  return (path ?? '').replace(/^.*[\\/]/, '')
}

function admitted(path: string | undefined, gate: Gate): Shareable | undefined {
  const answer = gate.word(baseName(path))
  return answer.kind === 'admitted' ? answer.value : undefined
}

/** Switches of a command in order: what an actor types the same way everywhere. Values beside them are never taken. */
function switchesOf(command: string, gate: Gate): string[] {
  const found = command
    .slice(0, 4_096)
    .split(/\s+/)
    .filter((word) => /^-{1,2}[A-Za-z][A-Za-z-]{0,19}$/.test(word))
    .map((word) => gate.word(word))
    .flatMap((answer) => (answer.kind === 'admitted' ? [` ${answer.value}`] : []))
  return [...new Set(found)].slice(0, 4)
}

/** A switch written out; single letters mean something else to every program. */
function isTelling(text: string): boolean {
  return text.trim().replace(/^-+/, '').length >= 4
}
