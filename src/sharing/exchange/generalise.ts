import { uuid5, sharingNamespace } from '../redaction/uuid.ts'
import type { Gate, Shareable } from '../redaction/shareable.ts'
import { isCommonTool } from './common-tools.ts'
import { ruleText, type RuleShape } from './rule-text.ts'

/** What rules are made from: the fields of a record of the story, and the log source it came from. */
export interface StoryRecord {
  readonly product: string
  readonly category: string
  readonly service: string
  readonly eventId: string
  readonly fields: Readonly<Record<string, string>>
  /** Numbers of the story's steps that rest on it, and their techniques and tactics of ATT&CK. */
  readonly steps: readonly number[]
  readonly techniques: readonly string[]
  readonly tactics: readonly string[]
}

/** A rule that nobody tried yet. */
export interface RuleDraft {
  readonly id: string
  readonly title: string
  readonly yaml: string
  readonly steps: readonly number[]
}

/** Programs that seldom start others: what they start tells by itself. */
const workers = new Set(
  'java.exe w3wp.exe httpd.exe nginx.exe php.exe php-cgi.exe tomcat9.exe node.exe sqlservr.exe mysqld.exe postgres.exe umworkerprocess.exe'.split(
    ' ',
  ),
)
/** Folders from which programs are seldom run. */
const oddFolders = ['\\Windows\\Temp\\', '\\$Recycle.Bin\\', '\\PerfLogs\\', '\\Users\\Public\\']
const uploadFolders = [
  '/uploads/',
  '/upload/',
  '/files/',
  '/images/',
  '/img/',
  '/static/',
  '/media/',
  '/tmp/',
  '/temp/',
  '/assets/',
]
const scripts = ['.jsp', '.jspx', '.aspx', '.ashx', '.asmx', '.php', '.phtml', '.cgi']
const mostDrafts = 40

/**
 * Rules that find what the records of a story did without naming where: programs by name and by who started them with which switches,
 * requests to scripts where none belong, files and services. Alike ones are one rule. None is to be offered untried.
 */
export function generalise(records: readonly StoryRecord[], gate: Gate): readonly RuleDraft[] {
  const drafts = new Map<string, RuleDraft & { techniques: Set<string>; tactics: Set<string>; shape: RuleShape }>()
  for (const record of records)
    for (const shape of shapesOf(record, gate)) {
      const key = JSON.stringify([shape.logsource, shape.conditions])
      const id = uuid5(sharingNamespace, `rule ${key}`)
      const one = drafts.get(key) ?? {
        id,
        title: shape.title,
        yaml: '',
        steps: [],
        techniques: new Set(),
        tactics: new Set(),
        shape,
      }
      for (const technique of record.techniques)
        if (/^T\d{4}(?:\.\d{3})?$/.test(technique)) one.techniques.add(technique.toLowerCase())
      for (const tactic of record.tactics) if (/^[a-z-]{4,30}$/.test(tactic)) one.tactics.add(tactic)
      drafts.set(key, { ...one, steps: [...new Set([...one.steps, ...record.steps])].sort((a, b) => a - b) })
    }
  return [...drafts.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, mostDrafts)
    .map(({ id, title, steps, techniques, tactics, shape }) => ({
      id,
      title,
      steps,
      yaml: ruleText({ id, shape, tags: [...[...tactics].sort(), ...[...techniques].sort()] }),
    }))
}

function shapesOf(record: StoryRecord, gate: Gate): RuleShape[] {
  const { fields } = record
  const name = (path: string | undefined): Shareable | undefined => {
    const answer = gate.word((path ?? '').replace(/^.*[\\/]/, ''))
    return answer.kind === 'admitted' ? answer.value : undefined
  }
  const windows = record.product === 'windows'
  if (windows && record.category === 'process_creation') {
    const image = name(fields['Image'])
    const parent = name(fields['ParentImage'])
    const switches = switchesOf(fields['CommandLine'] ?? '', gate)
    if (image === undefined) return []
    const folder = oddFolders.find((one) => (fields['Image'] ?? '').toLowerCase().includes(one.toLowerCase()))
    const by =
      parent !== undefined && workers.has(parent.toLowerCase())
        ? [{ field: 'ParentImage|endswith', values: [`\\${parent}`] }]
        : []
    const told = switches.length < 2 || !switches.some(isTelling) ? [] : [{ field: 'CommandLine|contains|all', values: switches }]
    const from = folder === undefined ? [] : [{ field: 'Image|contains', values: [folder] }]
    // A program's name alone, or with one switch, would find ordinary work.
    if (by.length + told.length + from.length === 0) return []
    const words = [
      ...(by.length === 0 ? [] : [`Started by ${parent ?? ''}`]),
      ...(told.length === 0 ? [] : [`With${switches.join('')}`]),
      ...(folder === undefined ? [] : [`Run From ${folder}`]),
    ]
    return [
      {
        title: [image, ...words].join(' '),
        logsource: { category: 'process_creation', product: 'windows' },
        conditions: [{ field: 'Image|endswith', values: [`\\${image}`] }, ...by, ...told, ...from],
      },
    ]
  }
  if (windows && record.category === 'file_event') {
    const image = name(fields['Image'])
    const end = /\.[a-z0-9]{2,5}$/i.exec(fields['TargetFilename'] ?? '')?.[0].toLowerCase()
    const bin = /\\\$recycle\.bin\\[^\\]+$/i.test(fields['TargetFilename'] ?? '')
    if (image === undefined || end === undefined || !(scripts.includes(end) || bin)) return []
    return [
      {
        title: bin ? `${image} Writes Into the Recycle Bin Folder` : `${image} Writes a Script of the Kind ${end}`,
        logsource: { category: 'file_event', product: 'windows' },
        conditions: [
          { field: 'Image|endswith', values: [`\\${image}`] },
          ...(bin ? [{ field: 'TargetFilename|contains', values: ['\\$Recycle.Bin\\'] }] : []),
          { field: 'TargetFilename|endswith', values: [end] },
        ],
      },
    ]
  }
  if (windows && record.eventId === '7045') {
    const service = gate.word(fields['ServiceName'] ?? '')
    if (service.kind === 'withheld' || isCommonTool(`${service.value}.exe`)) return []
    return [
      {
        title: `Service ${service.value} Installed`,
        logsource: { product: 'windows', service: 'system' },
        conditions: [
          { field: 'EventID', values: ['7045'] },
          { field: 'ServiceName', values: [service.value] },
        ],
      },
    ]
  }
  if (record.category === 'webserver') {
    const stem = (fields['cs-uri-stem'] ?? '').toLowerCase()
    const folder = uploadFolders.find((one) => stem.includes(one))
    const end = scripts.find((one) => stem.endsWith(one))
    const method = fields['cs-method'] ?? ''
    if (folder === undefined || end === undefined || !/^(?:GET|POST|PUT)$/.test(method)) return []
    return [
      {
        title: `${method} to a Script of the Kind ${end} Under ${folder}`,
        logsource: { category: 'webserver' },
        conditions: [
          { field: 'cs-method', values: [method] },
          { field: 'cs-uri-stem|contains', values: [folder] },
          { field: 'cs-uri-stem|endswith', values: [end] },
        ],
      },
    ]
  }
  return []
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
