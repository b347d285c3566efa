import { isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { limits } from '../../base/index.ts'
import { orderedSteps, playbookSchema, type Playbook } from './playbook.ts'

/** What is wrong in a playbook: line from 1, and the field as a path (`steps.2.after.0`; '' for the whole file). */
export interface PlaybookFlaw {
  readonly line: number
  readonly field: string
  readonly what: string
}

const flawsShown = 50

/** Holds the YAML text of a playbook against the form; `playbook`, with its steps in order, is there only when it fits. */
export function lintPlaybook(text: string): { readonly playbook?: Playbook; readonly flaws: readonly PlaybookFlaw[] } {
  if (text.length > limits.ruleBytes) return { flaws: [{ line: 1, field: '', what: 'the file is larger than the limit' }] }
  const lines = new LineCounter()
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines })
  if (document.errors.length > 0)
    return {
      flaws: document.errors
        .slice(0, flawsShown)
        .map((one) => ({ line: lines.linePos(one.pos[0]).line, field: '', what: one.message.split('\n')[0] ?? '' })),
    }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: limits.yamlAliases })
  } catch {
    return { flaws: [{ line: 1, field: '', what: 'the file refers to itself too often' }] }
  }
  const parsed = playbookSchema.safeParse(value)
  const told = (path: readonly PropertyKey[], what: string): PlaybookFlaw => ({
    line: lineOf(document, lines, path),
    field: path.map(String).join('.'),
    what,
  })
  if (!parsed.success) return { flaws: parsed.error.issues.slice(0, flawsShown).map((issue) => told(issue.path, issue.message)) }
  const { ordered, flaws } = orderedSteps(parsed.data.steps)
  if (flaws.length > 0) return { flaws: flaws.map(({ path, what }) => told(path, what)) }
  return { playbook: { ...parsed.data, steps: [...ordered] }, flaws: [] }
}

/** The line of a value, or of what holds it where it is absent. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const range =
      isScalar(node) || (typeof node === 'object' && node !== null && 'range' in node)
        ? (node as { range?: readonly number[] | null }).range
        : undefined
    if (range?.[0] !== undefined) return Math.max(1, lines.linePos(range[0]).line)
  }
  return 1
}
