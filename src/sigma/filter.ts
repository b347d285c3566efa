import { RuleProblem } from './problem.ts'
import { inside, isMap, textAt, textsAt, type YamlMap } from './read-parts.ts'
import { readLogSource, readScope, readTitle } from './read-rule.ts'
import type { RuleDraft, Scope } from './rule-draft.ts'
import { isWrittenFor } from './rule-set.ts'
import type { LogSource } from './rule.ts'
import type { Placeholders } from './values.ts'

/** A filter as read from its file, with the rules it was added to. */
export interface Filter {
  /** Its own id, or '' when the file gives none. */
  readonly id: string
  readonly title: string
  /** Ids of the rules it narrows; sorted. */
  readonly appliedTo: readonly string[]
  readonly file: string
  readonly line: number
}

/** A filter before it is added to rules. */
export interface FilterDraft {
  readonly head: Omit<Filter, 'appliedTo'>
  readonly logsource: LogSource
  /** Ids (lower case) and names, or all rules of its log source. */
  readonly rules: ReadonlySet<string> | 'any'
  readonly scope: Scope
}

/** Turns one YAML document into a filter; throws RuleProblem when it is none. */
export function readFilter(
  content: YamlMap,
  from: { readonly file: string; readonly line: number; readonly placeholders: Placeholders },
): FilterDraft {
  const title = readTitle(content, 'filter')
  const logsource = readLogSource(content['logsource'], 'filter')
  const filter = content['filter']
  if (!isMap(filter)) throw new RuleProblem('a filter is a map with rules, selections and a condition', ['filter'])
  const names = inside(['filter'], () => textsAt(filter, 'rules'))
  const any = names.length === 0 || (names.length === 1 && names[0]?.toLowerCase() === 'any')
  const scope = inside(['filter'], () =>
    readScope(filter, { name: `filter: ${title}`, not: ['condition', 'rules'], placeholders: from.placeholders }),
  )
  return {
    head: { id: textAt(content, 'id').toLowerCase(), title, file: from.file, line: from.line },
    logsource,
    rules: any ? 'any' : new Set(names.flatMap((name) => [name, name.toLowerCase()])),
    scope,
  }
}

/** Whether a filter is meant for a rule: it names the rule, and the rule has every part of the log source that the filter states. */
export function filterFits(filter: FilterDraft, { head, logsource }: RuleDraft): 'yes' | 'not-named' | 'other-log-source' {
  const named = filter.rules === 'any' || filter.rules.has(head.id) || (head.name !== '' && filter.rules.has(head.name ?? ''))
  if (!named) return 'not-named'
  return isWrittenFor(filter.logsource, logsource) ? 'yes' : 'other-log-source'
}
