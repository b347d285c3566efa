import { isScalar } from 'yaml'
import { flawsShown, readYaml, type ReadYaml } from '../read-yaml.ts'
import { orderedSteps, playbookSchema, type Playbook } from './playbook.ts'

/** What is wrong in a playbook: line from 1, and the field as a path (`steps.2.after.0`; '' for the whole file). */
export interface PlaybookFlaw {
  readonly line: number
  readonly field: string
  readonly what: string
}

/** Holds the YAML text of a playbook against the form; `playbook`, with its steps in order, is there only when it fits. */
export function lintPlaybook(text: string): { readonly playbook?: Playbook; readonly flaws: readonly PlaybookFlaw[] } {
  const read = readYaml(text)
  if ('unreadable' in read) return { flaws: read.unreadable.map(({ line, what }) => ({ line, field: '', what })) }
  const parsed = playbookSchema.safeParse(read.value)
  const told = (path: readonly PropertyKey[], what: string): PlaybookFlaw => ({
    line: lineOf(read, path),
    field: path.map(String).join('.'),
    what,
  })
  if (!parsed.success) return { flaws: parsed.error.issues.slice(0, flawsShown).map((issue) => told(issue.path, issue.message)) }
  const { ordered, flaws } = orderedSteps(parsed.data.steps)
  if (flaws.length > 0) return { flaws: flaws.map(({ path, what }) => told(path, what)) }
  return { playbook: { ...parsed.data, steps: [...ordered] }, flaws: [] }
}

/** The line of a value, or of what holds it where it is absent. */
function lineOf({ document, at }: Extract<ReadYaml, { value: unknown }>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const range =
      isScalar(node) || (typeof node === 'object' && node !== null && 'range' in node)
        ? (node as { range?: readonly number[] | null }).range
        : undefined
    if (range?.[0] !== undefined) return at(range[0]).line
  }
  return 1
}
