import { isAlias, isNode, LineCounter, parseAllDocuments, type Document } from 'yaml'
import { limits } from '../base/index.ts'
import type { RuleProblem } from './problem.ts'
import type { NotLoaded } from './rule.ts'
import { nestsTooDeeply } from './yaml-depth.ts'

/** A rule file: its name for messages, and its text. One file may hold several YAML documents. */
export interface RuleFile {
  readonly name: string
  readonly text: string
}

/** One YAML document as plain values, with the way back to its lines. */
export interface YamlDocument {
  readonly file: string
  /** Line from 1 at which it begins. */
  readonly line: number
  readonly content: unknown
  /** Why it is of no use, with the line of the innermost part on the path that exists. */
  readonly failed: (problem: RuleProblem) => NotLoaded
}

/** Reads the documents of a file; each that is no sound YAML stands as `NotLoaded`. Whole numbers are `bigint`. */
export function readYaml(file: RuleFile): (YamlDocument | NotLoaded)[] {
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
      const line = lineOf(document, [], lines)
      const [problem] = [...document.errors, ...document.warnings]
      if (problem !== undefined) return failed(problem.linePos?.[0].line ?? line, firstLine(problem.message))
      try {
        return {
          file: file.name,
          line,
          content: document.toJS({ maxAliasCount: limits.yamlAliases }) as unknown,
          failed: (one) => failed(lineOf(document, one.path, lines), one.message),
        }
      } catch (error) {
        return failed(line, yamlFailure(error))
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
