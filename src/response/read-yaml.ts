import { LineCounter, parseDocument, type Document } from 'yaml'
import { limits } from '../base/index.ts'

/** A place in a text: line and column from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** A YAML text within its limits: the value, with the document it stands in and the place of an offset; or what makes it unreadable. */
export type ReadYaml =
  | { readonly value: unknown; readonly document: Document; readonly at: (offset: number) => TextPlace }
  | { readonly unreadable: readonly (TextPlace & { readonly what: string })[] }

/** Mistakes told of one file. */
export const flawsShown = 50

/** Reads the YAML text of a file that a person writes; a key that stands twice is a mistake. */
export function readYaml(text: string): ReadYaml {
  const whole = (what: string): ReadYaml => ({ unreadable: [{ line: 1, column: 1, what }] })
  if (text.length > limits.ruleBytes) return whole('the file is larger than the limit')
  const lines = new LineCounter()
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines })
  const at = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  if (document.errors.length > 0)
    return {
      unreadable: document.errors.slice(0, flawsShown).map((one) => ({ ...at(one.pos[0]), what: firstLine(one.message) })),
    }
  try {
    return { value: document.toJS({ maxAliasCount: limits.yamlAliases }), document, at }
  } catch {
    return whole('the file refers to itself too often')
  }
}

/** The first line of a message, without the place that is told beside it. */
export function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message
}
