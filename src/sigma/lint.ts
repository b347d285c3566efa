import { attackOf } from './attack.ts'
import { isReachable } from './lint-sources.ts'
import { loadRules, type LoadedRules } from './load.ts'
import type { Pipeline } from './pipeline.ts'
import { RuleProblem } from './problem.ts'
import { isMap, textAt, type YamlMap } from './read-parts.ts'
import { isWrittenFor } from './rule-set.ts'
import type { LogSource, NotLoaded } from './rule.ts'
import type { Placeholders } from './values.ts'
import { readYaml, type RuleFile } from './yaml-file.ts'

/** Something about a rule that does not keep it from loading. */
export interface LintNote extends NotLoaded {
  /** `duplicate`: its id stands elsewhere too; `missing`: a field of the specification or of good use; `tag`; `unreachable`. */
  readonly kind: 'duplicate' | 'missing' | 'tag' | 'unreachable'
  /** Id of the rule; '' when it has none. */
  readonly rule: string
}

/** What is said about rule files before they are used. */
export interface Lint {
  readonly loaded: LoadedRules
  /** In order of file, line and kind. */
  readonly notes: readonly LintNote[]
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const wanted = ['id', 'status', 'description', 'author', 'level', 'tags'] as const

/** Loads rule files and says what else is the matter with them; results do not depend on the order of files. */
export function lintRules(
  files: readonly RuleFile[],
  options: { readonly placeholders?: Placeholders; readonly pipelines?: readonly Pipeline[] } = {},
): Lint {
  const loaded = loadRules(files, options)
  const notes: LintNote[] = []
  const byId = new Map<string, { readonly file: string; readonly line: number }>()
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)))
    for (const document of readYaml(file)) {
      if ('why' in document || !isMap(document.content)) continue
      const { content } = document
      if (!['detection', 'correlation', 'filter'].some((part) => part in content)) continue
      const id = typeof content['id'] === 'string' ? content['id'].toLowerCase() : ''
      const note = (kind: LintNote['kind'], why: string, path: readonly string[] = []): void => {
        notes.push({ ...document.failed(new RuleProblem(why, path)), kind, rule: id })
      }
      const earlier = id === '' ? undefined : byId.get(id)
      if (earlier !== undefined) note('duplicate', `the id stands in ${earlier.file}, line ${earlier.line} too`, ['id'])
      else if (id !== '') byId.set(id, { file: file.name, line: document.line })
      noteMissing(content, note)
      noteTags(content, note)
      if ('detection' in content) noteUnreachable(content, note)
    }
  const key = (one: LintNote): string => [one.file, String(one.line).padStart(9, '0'), one.kind, one.why].join('\u0000')
  return {
    loaded,
    notes: notes
      .map((one) => [key(one), one] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([, one]) => one),
  }
}

type Note = (kind: LintNote['kind'], why: string, path?: readonly string[]) => void

function noteMissing(content: YamlMap, note: Note): void {
  const filter = 'filter' in content
  for (const field of filter ? (['id'] as const) : wanted) {
    const value = content[field]
    if (value === undefined || value === null || value === '') note('missing', `${field} is missing`)
  }
  const id = content['id']
  if (typeof id === 'string' && id !== '' && !uuid.test(id)) note('missing', 'id is no UUID', ['id'])
}

/** Namespaces of the specification's appendix on tags. */
const namespaces = new Set(['attack', 'car', 'cve', 'd3fend', 'detection', 'stp', 'tlp'])
const tactics = new Set(
  'reconnaissance resource-development initial-access execution persistence privilege-escalation defense-evasion stealth defense-impairment credential-access discovery lateral-movement collection command-and-control exfiltration impact initial-compromise'.split(
    ' ',
  ),
)

function noteTags(content: YamlMap, note: Note): void {
  const tags: unknown = content['tags']
  if (!Array.isArray(tags)) return
  for (const tag of tags as readonly unknown[]) {
    if (typeof tag !== 'string') {
      note('tag', 'a tag is no text', ['tags'])
      continue
    }
    const [space = ''] = tag.toLowerCase().split('.')
    if (!namespaces.has(space)) note('tag', `the tag ${tag} is in no namespace of the specification`, ['tags'])
    else if (space === 'attack' && !isAttack(tag))
      note('tag', `the tag ${tag} names no tactic, technique, group or software`, ['tags'])
  }
}

function isAttack(tag: string): boolean {
  if (/^attack\.(?:[gs]|ds)\d{4}$/i.test(tag)) return true
  const { tactics: told, techniques } = attackOf([tag])
  return techniques.length > 0 || told.some((one) => tactics.has(one))
}

function noteUnreachable(content: YamlMap, note: Note): void {
  const logsource = content['logsource']
  if (!isMap(logsource)) return
  const part = (name: keyof LogSource): string => {
    try {
      return textAt(logsource, name).toLowerCase()
    } catch {
      return ''
    }
  }
  const source = { product: part('product'), category: part('category'), service: part('service') }
  if (Object.values(source).every((one) => one === '') || isReachable(source, isWrittenFor)) return
  const told = Object.entries(source).flatMap(([name, value]) => (value === '' ? [] : [`${name} ${value}`]))
  note('unreachable', `no log that is read gives events of ${told.join(', ')}`, ['logsource'])
}
