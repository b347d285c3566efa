import { isAlias, isNode, LineCounter, parseAllDocuments, type Document } from 'yaml'
import { limits } from '../base/index.ts'
import { RuleProblem } from './problem.ts'
import { readRule } from './read-rule.ts'
import type { NotLoaded, Rule } from './rule.ts'
import type { Placeholders } from './values.ts'
import { nestsTooDeeply } from './yaml-depth.ts'

/** A rule file: its name for messages, and its text. One file may hold several YAML documents. */
export interface RuleFile {
  readonly name: string
  readonly text: string
}

/**
 * Reads Sigma rules. `rules` come sorted by id, whatever the order of the files; what cannot be loaded stands in
 * `notLoaded` with file, line and reason. Placeholders of the `expand` modifier are filled from `placeholders`.
 */
export function loadRules(
  files: readonly RuleFile[],
  options: { readonly placeholders?: Placeholders } = {},
): { readonly rules: readonly Rule[]; readonly notLoaded: readonly NotLoaded[] } {
  const rules = new Map<string, Rule>()
  const notLoaded: NotLoaded[] = []
  const inOrder = [...files].sort((a, b) => compareText(a.name, b.name) || compareText(a.text, b.text))
  for (const file of inOrder) {
    for (const one of readFile(file, options.placeholders ?? {})) {
      if ('why' in one) {
        notLoaded.push(one)
        continue
      }
      const earlier = rules.get(one.id)
      if (earlier !== undefined) {
        notLoaded.push({ file: one.file, line: one.line, why: `the rule ${one.id} was already loaded from ${earlier.file}` })
      } else if (rules.size >= limits.rules) {
        notLoaded.push({ file: one.file, line: one.line, why: `more than ${limits.rules} rules in one run` })
      } else rules.set(one.id, one)
    }
  }
  return { rules: [...rules.values()].sort((a, b) => compareText(a.id, b.id)), notLoaded }
}

function readFile(file: RuleFile, placeholders: Placeholders): (Rule | NotLoaded)[] {
  const failed = (line: number, why: string): NotLoaded => ({ file: file.name, line, why })
  if (Buffer.byteLength(file.text) > limits.ruleBytes) return [failed(1, `larger than ${limits.ruleBytes} bytes`)]
  if (nestsTooDeeply(file.text)) return [failed(1, `nested deeper than ${limits.depth} levels`)]
  const lines = new LineCounter()
  try {
    const documents = parseAllDocuments(file.text, { lineCounter: lines, schema: 'core', intAsBigInt: true, logLevel: 'silent' })
    if (!Array.isArray(documents) || documents.length === 0) return [failed(1, 'the file holds no document')]
    const read = documents.filter((document) => document.contents !== null)
    if (read.length === 0) return [failed(1, 'the file holds no document')]
    return read.map((document) => {
      const start = lineOf(document, [], lines)
      try {
        const [problem] = [...document.errors, ...document.warnings]
        if (problem !== undefined) return failed(problem.linePos?.[0].line ?? start, firstLine(problem.message))
        const content: unknown = document.toJS({ maxAliasCount: limits.yamlAliases })
        return readRule(content, { file: file.name, line: start, placeholders })
      } catch (error) {
        if (error instanceof RuleProblem) return failed(lineOf(document, error.path, lines), error.message)
        return failed(start, yamlFailure(error))
      }
    })
  } catch (error) {
    return [failed(1, yamlFailure(error))]
  }
}

/** Errors the YAML reader throws instead of recording: too many aliases, too deep nesting. Anything else is a bug. */
function yamlFailure(error: unknown): string {
  if (error instanceof RangeError) return 'nested too deeply'
  if (error instanceof ReferenceError) return `YAML aliases: ${firstLine(error.message)}`
  throw error
}

/** Line of the innermost node on the path that exists, from 1. */
function lineOf(document: Document.Parsed, path: readonly (string | number)[], lines: LineCounter): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const found = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
    if (isNode(found) && !isAlias(found) && found.range) return lines.linePos(found.range[0]).line
  }
  return 1
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '').slice(0, 300)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
