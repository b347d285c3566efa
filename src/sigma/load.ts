import { limits } from '../base/index.ts'
import { applyPipelines, fieldNameIn } from './apply-pipelines.ts'
import type { Correlation } from './correlation.ts'
import { filterFits, readFilter, type Filter, type FilterDraft } from './filter.ts'
import { linkCorrelations, type CorrelationSource } from './link-correlations.ts'
import type { Pipeline } from './pipeline.ts'
import { RuleProblem } from './problem.ts'
import { readCorrelation } from './read-correlation.ts'
import { isMap } from './read-parts.ts'
import { readRule } from './read-rule.ts'
import { ruleOf, type RuleDraft } from './rule-draft.ts'
import type { NotLoaded, Rule } from './rule.ts'
import type { Placeholders } from './values.ts'
import { readYaml, type RuleFile, type YamlDocument } from './yaml-file.ts'

/** What rule files hold. */
export interface LoadedRules {
  /** Sorted by id. Those that only serve correlations are marked `quiet`. */
  readonly rules: readonly Rule[]
  /** Inner ones before those that refer to them. */
  readonly correlations: readonly Correlation[]
  readonly filters: readonly Filter[]
  /** Every document that is none of these, with file, line and reason. */
  readonly notLoaded: readonly NotLoaded[]
}

/**
 * Reads Sigma rules, correlations and filters. Results do not depend on the order of the files. Filters are added to the rules they
 * name, then pipelines change the rules, then rules become plans. Placeholders are filled from `placeholders` first.
 */
export function loadRules(
  files: readonly RuleFile[],
  options: { readonly placeholders?: Placeholders; readonly pipelines?: readonly Pipeline[] } = {},
): LoadedRules {
  const notLoaded: NotLoaded[] = []
  const pipelines = options.pipelines ?? []
  const read = readDocuments(files, { placeholders: options.placeholders ?? {}, notLoaded })
  const filters = new Map(read.filters.map((one) => [one, { ids: new Set<string>(), otherLogSource: false }]))
  const rules = new Map<string, Rule>()
  const attempt = (document: YamlDocument, work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error
      notLoaded.push(document.failed(error))
    }
  }
  for (const { draft, document } of read.rules)
    attempt(document, () => {
      const fitting = read.filters.filter((one) => {
        const fits = filterFits(one.draft, draft)
        const seen = filters.get(one)
        if (seen !== undefined && fits === 'other-log-source') seen.otherLogSource = true
        return fits === 'yes'
      })
      const scopes = [...draft.scopes, ...fitting.map((one) => one.draft.scope)]
      const rule = ruleOf(applyPipelines({ ...draft, scopes }, pipelines))
      const earlier = rules.get(rule.id)
      if (earlier !== undefined) throw new RuleProblem(`the rule ${rule.id} was already loaded from ${earlier.file}`)
      if (rules.size >= limits.rules) throw new RuleProblem(`more than ${limits.rules} rules in one run`)
      rules.set(rule.id, rule)
      for (const one of fitting) filters.get(one)?.ids.add(rule.id)
    })
  const applied: Filter[] = []
  for (const [{ draft, document }, { ids, otherLogSource }] of filters) {
    if (ids.size > 0) applied.push({ ...draft.head, appliedTo: [...ids].sort() })
    else {
      const why = otherLogSource
        ? 'the rules it names are for another log source'
        : 'no rule that is loaded is meant by the filter'
      notLoaded.push(document.failed(new RuleProblem(why, ['filter'])))
    }
  }
  const sources = read.correlations.filter(({ draft, document }) => {
    const earlier = rules.get(draft.head.id)
    if (earlier === undefined) return true
    notLoaded.push(document.failed(new RuleProblem(`the rule ${draft.head.id} was already loaded from ${earlier.file}`)))
    return false
  })
  const inOrder = [...rules.values()].sort((a, b) => compareText(a.id, b.id))
  const linked = linkCorrelations(
    sources.map(({ draft, document }): CorrelationSource => {
      return { draft, document, fieldName: (field, of) => fieldNameIn(draft, { field, rules: of, pipelines }) }
    }),
    inOrder,
  )
  notLoaded.push(...linked.notLoaded)
  const quiet = quietRules(linked.correlations)
  return {
    rules: inOrder.map((rule) => (quiet.has(rule.id) ? { ...rule, quiet: true } : rule)),
    correlations: linked.correlations,
    filters: applied,
    notLoaded: notLoaded.sort((a, b) => compareText(a.file, b.file) || a.line - b.line),
  }
}

interface Read<Draft> {
  readonly draft: Draft
  readonly document: YamlDocument
}

function readDocuments(
  files: readonly RuleFile[],
  { placeholders, notLoaded }: { readonly placeholders: Placeholders; readonly notLoaded: NotLoaded[] },
): { rules: Read<RuleDraft>[]; filters: Read<FilterDraft>[]; correlations: Read<ReturnType<typeof readCorrelation>>[] } {
  const rules: Read<RuleDraft>[] = []
  const filters: Read<FilterDraft>[] = []
  const correlations: Read<ReturnType<typeof readCorrelation>>[] = []
  const byId = new Map<string, string>()
  for (const file of [...files].sort((a, b) => compareText(a.name, b.name) || compareText(a.text, b.text)))
    for (const document of readYaml(file)) {
      if ('why' in document) {
        notLoaded.push(document)
        continue
      }
      try {
        const { content, line } = document
        const from = { file: file.name, line, placeholders }
        if (!isMap(content)) throw new RuleProblem('a rule is a map with title, logsource and detection')
        if ('action' in content)
          throw new RuleProblem("collections with 'action' are not supported; write one document per rule", ['action'])
        if ('correlation' in content) {
          const draft = readCorrelation(content, from)
          const earlier = draft.head.id === '' ? undefined : byId.get(draft.head.id)
          if (earlier !== undefined) throw new RuleProblem(`the correlation ${draft.head.id} was already loaded from ${earlier}`)
          byId.set(draft.head.id, file.name)
          correlations.push({ draft, document })
        } else if ('filter' in content) filters.push({ draft: readFilter(content, from), document })
        else rules.push({ draft: readRule(content, from), document })
      } catch (error) {
        if (!(error instanceof RuleProblem)) throw error
        notLoaded.push(document.failed(error))
      }
    }
  return { rules, filters, correlations }
}

/** Ids of the rules and correlations that only serve others: referred to, and by none that says `generate`. */
export function quietRules(correlations: readonly Correlation[]): ReadonlySet<string> {
  const referred = new Set(correlations.flatMap((one) => one.parts.map((part) => part.id)))
  for (const one of correlations) if (one.generate) for (const part of one.parts) referred.delete(part.id)
  return referred
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
