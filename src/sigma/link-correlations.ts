import { contentId, limits } from '../base/index.ts'
import type { Correlation } from './correlation.ts'
import { RuleProblem } from './problem.ts'
import type { CorrelationDraft } from './read-correlation.ts'
import { levels } from './read-rule.ts'
import type { Level, NotLoaded, Rule } from './rule.ts'
import type { YamlDocument } from './yaml-file.ts'

/** A correlation with the document it was read from, and how pipelines call the fields it reads. */
export interface CorrelationSource {
  readonly draft: CorrelationDraft
  readonly document: YamlDocument
  /** The name of a field of the rules a correlation refers to, as pipelines made it; throws RuleProblem when there are several. */
  readonly fieldName: (field: string, rules: readonly Rule[]) => string
}

/**
 * Resolves what correlations refer to, by id or name. Inner correlations stand before those that refer to them, else by id. One
 * that refers to something that is not there, to a name carried twice, or to itself is told as not loaded.
 */
export function linkCorrelations(
  sources: readonly CorrelationSource[],
  rules: readonly Rule[],
): { readonly correlations: readonly Correlation[]; readonly notLoaded: readonly NotLoaded[] } {
  const byName = new Map<string, Set<Rule | CorrelationSource>>()
  const file = (name: string, one: Rule | CorrelationSource): void => {
    if (name !== '') byName.set(name, (byName.get(name) ?? new Set()).add(one))
  }
  for (const rule of rules) {
    file(rule.id, rule)
    file(rule.name ?? '', rule)
  }
  for (const source of sources) {
    file(source.draft.head.id, source)
    file(source.draft.head.name, source)
  }
  const linked = new Map<CorrelationSource, Correlation | RuleProblem>()
  const correlations: Correlation[] = []
  const link = (source: CorrelationSource, from: readonly CorrelationSource[]): Correlation => {
    const known = linked.get(source)
    if (known instanceof RuleProblem) throw known
    if (known !== undefined) return known
    if (from.length >= limits.depth) throw new RuleProblem(`more than ${limits.depth} correlations one inside the other`)
    try {
      const parts = source.draft.rules.map((name, n) => {
        const [found, ...more] = byName.get(name) ?? byName.get(name.toLowerCase()) ?? []
        const fail = (why: string): RuleProblem => new RuleProblem(why, ['correlation', 'rules', n])
        if (found === undefined) throw fail(`no rule that is loaded has the id or name '${name.slice(0, 80)}'`)
        if (more.length > 0) throw fail(`${more.length + 1} rules have the name '${name.slice(0, 80)}'`)
        if (!('draft' in found)) return { name, part: found, rules: [found] }
        if (found === source || from.includes(found)) throw fail('the correlation refers to itself')
        try {
          return { name, part: link(found, [...from, source]), rules: [] }
        } catch (error) {
          if (error instanceof RuleProblem) throw fail(`the correlation '${name.slice(0, 80)}' is not loaded`)
          throw error
        }
      })
      const correlation = correlationOf(source, parts)
      linked.set(source, correlation)
      correlations.push(correlation)
      return correlation
    } catch (error) {
      if (error instanceof RuleProblem) linked.set(source, error)
      throw error
    }
  }
  const notLoaded: NotLoaded[] = []
  for (const source of [...sources].sort((a, b) => compareText(a.draft.head.id, b.draft.head.id))) {
    try {
      link(source, [])
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error
      notLoaded.push(source.document.failed(error))
    }
  }
  return { correlations, notLoaded }
}

interface LinkedPart {
  readonly name: string
  readonly part: Rule | Correlation
  /** The rule itself; none for a correlation. */
  readonly rules: readonly Rule[]
}

function correlationOf({ draft, fieldName }: CorrelationSource, linked: readonly LinkedPart[]): Correlation {
  const { head, aliases } = draft
  const parts = linked.map(({ name, part, rules }) => {
    const field = (wanted: string): string => {
      const alias = aliases.get(wanted)
      const written = alias?.get(name)
      // The groups of an inner correlation carry the names it was written with.
      if (rules.length === 0) return written ?? wanted
      return alias !== undefined && written === undefined ? wanted : fieldName(written ?? wanted, rules)
    }
    return { id: part.id, groupFields: head.groupBy.map(field), valueFields: head.fields.map(field) }
  })
  const level = draft.level ?? highest(linked.map(({ part }) => part.level))
  const id =
    head.id === ''
      ? contentId('K', { title: head.title, correlation: JSON.stringify({ ...head, parts, line: 0, file: '' }) })
      : head.id
  return { ...head, id, level, parts }
}

function highest(all: readonly Level[]): Level {
  return levels[Math.max(0, ...all.map((one) => levels.indexOf(one)))] ?? 'informational'
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
