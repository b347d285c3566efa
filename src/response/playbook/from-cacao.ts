import { listOf, objectOf, UserError, type JsonFields } from '../../base/index.ts'
import { ownMembers } from './cacao.ts'
import { orderedSteps, playbookSchema, type Playbook } from './playbook.ts'

/** Steps of one document; more are refused. */
const mostSteps = 500

/**
 * Reads a CACAO 2.0 playbook: actions in the order in which the workflow reaches them, each waiting for those before it; parallel branches wait for the
 * step before the branch alone; a condition is a step for a person to decide, and every branch waits for it. Commands are never run: they are shown as text. Remarks
 * say what was left out. Throws a `UserError` for another document, or one that does not fit the form.
 */
export function fromCacao(document: unknown, file: string): { readonly playbook: Playbook; readonly remarks: readonly string[] } {
  const root = objectOf(document)
  if (root['type'] !== 'playbook' || root['spec_version'] !== 'cacao-2.0') throw refused(file, 'is no CACAO 2.0 playbook')
  const workflow = objectOf(root['workflow'])
  const agents = objectOf(root['agent_definitions'])
  const remarks: string[] = []
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const nameOf = (id: string): string => {
    const known = names.get(id)
    if (known !== undefined) return known
    const wanted = slug(textOf(objectOf(workflow[id])['name']) ?? '') || `step-${names.size + 1}`
    let name = wanted
    for (let n = 2; taken.has(name); n += 1) name = `${wanted.slice(0, 70)}-${n}`
    taken.add(name)
    names.set(id, name)
    return name
  }
  const steps = new Map<string, { step: Record<string, unknown>; after: Set<string> }>()
  const queue: { id: string; after: readonly string[] }[] = [{ id: textOf(root['workflow_start']) ?? '', after: [] }]
  const passed = new Set<string>()
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const { id, after } = item
    const step = objectOf(workflow[id])
    const kind = textOf(step['type'])
    if (kind === undefined) {
      remarks.push(`a step that is not in the workflow: ${id.slice(0, 80)}`)
      continue
    }
    const known = steps.get(id)
    if (known !== undefined) {
      for (const one of after) if (!leadsTo(steps, id, one)) known.after.add(one)
      continue
    }
    if (passed.has(id) && kind !== 'end') {
      remarks.push(`${nameOf(id)} goes back to a step before it; the circle is left out`)
      continue
    }
    passed.add(id)
    if (steps.size >= mostSteps) throw refused(file, `has more than ${mostSteps} steps`)
    if (kind === 'start' || kind === 'end') {
      for (const next of onwards(step)) queue.push({ id: next, after })
      continue
    }
    if (kind === 'parallel') {
      for (const next of [...textsOf(step['next_steps']), ...onwards(step)]) queue.push({ id: next, after })
      continue
    }
    steps.set(id, { step: stepOf(step, kind, agents), after: new Set(after) })
    for (const next of [...onwards(step), ...branches(step)]) queue.push({ id: next, after: [id] })
  }
  const made = [...steps].map(([id, { step, after }]) => {
    const own = ownMembers(objectOf(workflow[id]))
    const stated = Array.isArray(own['after']) ? own['after'].filter((one): one is string => typeof one === 'string') : undefined
    return { id: nameOf(id), ...step, after: stated ?? [...after].map(nameOf) }
  })
  const label = Array.isArray(root['labels']) ? slug(textOf(root['labels'][0]) ?? '') : ''
  const title = textOf(root['name']) ?? 'playbook'
  const parsed = playbookSchema.safeParse({
    id: label || slug(title) || 'imported',
    name: title,
    when: textOf(root['description']) ?? title,
    steps: made,
  })
  if (!parsed.success)
    throw refused(file, `does not fit: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`)
  const { ordered, flaws } = orderedSteps(parsed.data.steps)
  if (flaws.length > 0) throw refused(file, flaws[0]?.what ?? 'has a circle')
  return { playbook: { ...parsed.data, steps: [...ordered] }, remarks }
}

function stepOf(step: JsonFields, kind: string, agents: JsonFields): Record<string, unknown> {
  const own = ownMembers(step)
  const commands = (Array.isArray(step['commands']) ? (step['commands'] as readonly unknown[]) : []).map(objectOf)
  const told = commands.flatMap((command) => {
    const type = textOf(command['type']) ?? 'manual'
    const text = textOf(command['command']) ?? textOf(command['description'])
    return text === undefined ? [] : [type === 'manual' ? text : `(${type}) ${text}`]
  })
  const text =
    kind === 'action'
      ? told.join('; ')
      : `decide: ${textOf(step['condition']) ?? textOf(step['switch']) ?? textOf(step['name']) ?? kind}`
  const within = textOf(own['within'])
  return {
    do: (text || textOf(step['description']) || textOf(step['name']) || kind).slice(0, 2_000),
    who: textOf(objectOf(agents[textOf(step['agent']) ?? ''])['name']) ?? 'incident lead',
    gives: textOf(own['gives']) ?? 'a note of what was done',
    disruptive: own['disruptive'] === true,
    ...(within === undefined ? {} : { within }),
    ...(own['expands'] === 'containment' ? { expands: 'containment' } : {}),
  }
}

function onwards(step: JsonFields): readonly string[] {
  return ['on_completion', 'on_success', 'on_failure'].flatMap((key) => textOf(step[key]) ?? [])
}

function branches(step: JsonFields): readonly string[] {
  const cases = Object.values(objectOf(step['cases'])).flatMap((one) => textOf(one) ?? [])
  return [...['on_true', 'on_false'].flatMap((key) => textOf(step[key]) ?? []), ...cases]
}

/** Does a way lead from one step to another already? Then waiting the other way round would be a circle. */
function leadsTo(steps: ReadonlyMap<string, { after: ReadonlySet<string> }>, before: string, from: string): boolean {
  const seen = new Set<string>()
  const left = [from]
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (one === before) return true
    if (seen.has(one)) continue
    seen.add(one)
    left.push(...(steps.get(one)?.after ?? []))
  }
  return false
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 78)
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((one): one is string => typeof one === 'string')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function refused(file: string, what: string): UserError {
  return new UserError({
    code: 'playbook-unreadable',
    message: `${file} ${what}`,
    hint: 'give a CACAO 2.0 playbook, or a playbook in YAML ("breachline playbook lint FILE")',
  })
}
