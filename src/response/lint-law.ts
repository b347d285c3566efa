import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml'
import type { z } from 'zod'
import { isZone } from './calendar.ts'
import { lawSchema, type Law } from './law-schema.ts'
import { nearest } from './nearest.ts'
import { firstLine, flawsShown, readYaml } from './read-yaml.ts'

/** What is wrong in a law file: line and column from 1, and the field as a path (`rules.2.period.hours`; '' for the whole file). */
export interface LawFlaw {
  readonly line: number
  readonly column: number
  readonly field: string
  readonly what: string
}

/**
 * Holds the YAML text of one law file against the form. Every flaw has its line and field; a misspelt key or word is answered with the
 * one that was likely meant. `law` is there only when the text fits the form.
 */
export function lintLaw(text: string): { readonly law?: Law; readonly flaws: readonly LawFlaw[] } {
  const read = readYaml(text)
  if ('unreadable' in read) return { flaws: read.unreadable.map((one) => ({ ...one, field: '' })) }
  const { document, at } = read
  const parsed = lawSchema.safeParse(read.value, { reportInput: true })
  if (!parsed.success) {
    const flaws = parsed.error.issues.flatMap((issue) =>
      flawsOf(issue).map(({ path, key, what }) => ({ ...at(offsetOf(document, path, key)), field: path.join('.'), what })),
    )
    return { flaws: sorted(flaws).slice(0, flawsShown) }
  }
  const inner = innerFlaws(parsed.data).map(({ path, what }) => ({
    ...at(offsetOf(document, path, false)),
    field: path.join('.'),
    what,
  }))
  return inner.length > 0 ? { flaws: sorted(inner) } : { law: parsed.data, flaws: [] }
}

type Path = readonly (string | number)[]

/** One issue of the schema as flaws; an unknown key is a flaw at that key. */
function flawsOf(issue: z.core.$ZodIssue): { path: Path; key: boolean; what: string }[] {
  const path = issue.path.filter((one): one is string | number => typeof one !== 'symbol')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      key: true,
      what: `unknown key "${key.slice(0, 64)}"${meant(key, keysAt(path))}`,
    }))
  if (issue.input === undefined && issue.code !== 'custom') {
    const only = issue.code === 'invalid_value' && issue.values.length === 1 ? `; write "${String(issue.values[0])}"` : ''
    return [{ path, key: false, what: `is missing${only}` }]
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1) {
    const words = issue.values.map(String)
    const said = typeof issue.input === 'string' ? issue.input : undefined
    return [{ path, key: false, what: `is none of ${words.join(', ')}${said === undefined ? '' : meant(said, words)}` }]
  }
  return [{ path, key: false, what: firstLine(issue.message) }]
}

/** Keys the form knows at a place, for "did you mean". */
function keysAt(path: Path): string[] {
  const names = path.filter((one) => typeof one === 'string')
  const last = names.at(-1)
  const shape = lawSchema.shape
  switch (last) {
    case undefined:
      return Object.keys(shape)
    case 'rules':
      return Object.keys(shape.rules.element.shape)
    case 'source':
      return Object.keys(shape.rules.element.shape.source.shape)
    case 'forms':
      return Object.keys(shape.forms.element.shape)
    case 'fields':
      return Object.keys(shape.forms.element.shape.fields.element.shape)
    case 'thresholds':
      return Object.keys(shape.rules.element.shape.thresholds.element.shape)
    default:
      return [
        'text',
        'any',
        'hours',
        'days',
        'months',
        'businessDays',
        'calendar',
        'personsOver',
        'personsAtLeast',
        'judgement',
        'is',
        'rule',
        'by',
      ]
  }
}

function meant(said: string, known: readonly string[]): string {
  const word = nearest(said, known)
  return word === undefined ? '' : `; "${word}" is likely meant`
}

/** References inside one law: a step follows an earlier rule, thresholds name earlier rules, forms exist, zones are zones. */
function innerFlaws(law: Law): { path: Path; what: string }[] {
  const flaws: { path: Path; what: string }[] = []
  const earlier: string[] = []
  const forms = law.forms.map((form) => form.id)
  if (law.zone !== 'authority' && !isZone(law.zone))
    flaws.push({ path: ['zone'], what: 'is no time zone (such as Asia/Kuala_Lumpur) and not "authority"' })
  for (const [n, zone] of (law.authorityZones ?? []).entries())
    if (!isZone(zone)) flaws.push({ path: ['authorityZones', n], what: 'is no time zone (such as Europe/Lisbon)' })
  if (law.effectiveTo !== undefined && law.effectiveFrom !== undefined && law.effectiveTo < law.effectiveFrom)
    flaws.push({ path: ['effectiveTo'], what: 'lies before effectiveFrom' })
  for (const [n, one] of law.rules.entries()) {
    const flaw = (field: Path, what: string): number =>
      flaws.push({ path: ['rules', n, ...field], what: `rule ${one.id}: ${what}` })
    if (earlier.includes(one.id)) flaw(['id'], 'this id stands twice')
    if (one.after !== undefined && !earlier.includes(one.after))
      flaw(['after'], `it follows "${one.after}", which does not stand before it${meant(one.after, earlier)}`)
    if ((one.after !== undefined) !== one.trigger.includes('previous-step'))
      flaw(['trigger'], 'trigger "previous-step" and "after" go together')
    if (one.trigger.includes('new-fact') && one.trigger.length > 1) flaw(['trigger'], '"new-fact" stands alone')
    if (!forms.includes(one.form)) flaw(['form'], `there is no form "${one.form}"${meant(one.form, forms)}`)
    if (one.period === undefined && one.promptly === undefined) flaw([], 'it has neither a period nor a word for one')
    for (const list of ['thresholds', 'exemptions'] as const)
      for (const [g, group] of one[list].entries())
        for (const [c, condition] of group.any.entries())
          if ('rule' in condition && !earlier.includes(condition.rule))
            flaw(
              [list, g, 'any', c],
              `it rests on "${condition.rule}", which does not stand before it${meant(condition.rule, earlier)}`,
            )
    for (const role of one.roles ?? []) if (!law.roles.includes(role)) flaw(['roles'], `the law does not name the role "${role}"`)
    earlier.push(one.id)
  }
  return flaws
}

/** Offset of the node at a path, or of the nearest one around it when it is not there; `key` points at the key, not at its value. */
function offsetOf(document: Document, path: Path, key: boolean): number {
  let node: unknown = document.contents
  let offset = start(node) ?? 0
  for (const [n, step] of path.entries()) {
    const last = n === path.length - 1
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(step))
      if (pair === undefined) return offset
      const keyAt = start(pair.key) ?? offset
      if (last && key) return keyAt
      node = pair.value
      offset = (last && isScalar(node) ? start(node) : keyAt) ?? keyAt
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = start(node) ?? offset
    } else return offset
  }
  return offset
}

function start(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0]
}

function sorted(flaws: readonly LawFlaw[]): LawFlaw[] {
  return flaws.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.field < b.field ? -1 : 1))
}
