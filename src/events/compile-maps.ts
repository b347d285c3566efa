import { invariant } from '../base/index.ts'
import { compileTemplate, type Template } from '../formats/index.ts'
import type { RawRecord } from './raw-record.ts'
import type { Meaning, SourceMap, When } from './source-map.ts'

/** A source map ready for records. */
interface CompiledMap {
  readonly map: SourceMap
  readonly templates: readonly Template[]
  readonly when: readonly Condition[]
  readonly kinds: readonly (readonly Condition[])[]
}

/** A field and the texts that it may hold, in lower case; none: it must only be filled. */
interface Condition {
  readonly name: string
  readonly asked: readonly string[]
}

/** What a record is by the maps: its source, its fields with the slots of its message, and all that is said of it. */
export interface Recognised {
  readonly source: string
  readonly fields: Readonly<Record<string, string>>
  readonly meaning: Meaning
}

/** Finds what a record is; undefined when no map takes it. */
export type Recogniser = (record: RawRecord) => Recognised | undefined

/** The recogniser of a set of maps, and of each of them by its name. */
export type MapRecogniser = Recogniser & {
  readonly names: readonly string[]
  /** `only` takes every record of the map's forms, without asking for its program or its telling fields. */
  readonly named: (name: string) => { readonly forms: readonly string[]; readonly only: Recogniser } | undefined
}

/**
 * Compiles source maps; a record is offered to those of its form in the order given. Throws when a map is wrong: a name
 * that is taken, no form, an unknown slot kind, or a condition on nothing.
 */
export function compileMaps(maps: readonly SourceMap[]): MapRecogniser {
  const byForm = new Map<string, CompiledMap[]>()
  const names = new Set<string>()
  const all: CompiledMap[] = []
  for (const map of maps) {
    invariant(/^[a-z0-9-]+$/.test(map.name) && !names.has(map.name), `source map ${map.name}: the name is wrong or taken`)
    invariant(map.forms.length > 0 && map.documentation !== '', `source map ${map.name}: forms and documentation are missing`)
    names.add(map.name)
    const templates = (map.messages ?? []).map(({ like }) => {
      invariant(!/\{\w*:(?!word|int|ip|peer|any|last|quoted)/.test(like), `source map ${map.name}: unknown slot in ${like}`)
      return compileTemplate(like)
    })
    for (const kind of map.kinds ?? [])
      invariant(Object.keys(kind.when).length > 0, `source map ${map.name}: a kind without a condition`)
    const compiled = {
      map,
      templates,
      when: conditions(map.when ?? {}),
      kinds: (map.kinds ?? []).map(({ when }) => conditions(when)),
    }
    all.push(compiled)
    for (const form of map.forms) byForm.set(form, [...(byForm.get(form) ?? []), compiled])
  }
  const recogniser: Recogniser = (record) => {
    const app = record.app.toLowerCase()
    for (const compiled of byForm.get(record.form) ?? []) {
      const { map } = compiled
      if (map.apps !== undefined && !map.apps.some((one) => equal(one, app))) continue
      if (!holds(compiled.when, record.fields)) continue
      const found = recognise(compiled, record)
      if (found !== undefined) return found
    }
    return undefined
  }
  const named: MapRecogniser['named'] = (name) => {
    const one = all.find(({ map }) => map.name === name)
    if (one === undefined) return undefined
    const { forms } = one.map
    return { forms, only: (record) => (forms.includes(record.form) ? recognise(one, record) : undefined) }
  }
  return Object.assign(recogniser, { names: [...names], named })
}

function recognise({ map, templates, kinds }: CompiledMap, record: RawRecord): Recognised | undefined {
  let { fields } = record
  let meaning: Meaning = map
  for (const [i, template] of templates.entries()) {
    const slots = template(record.text)
    if (slots === undefined) continue
    fields = { ...fields, ...slots }
    meaning = { ...meaning, ...together(meaning, map.messages?.[i]) }
    break
  }
  if (map.onlyMessages === true && meaning === map) return undefined
  const kind = map.kinds?.[kinds.findIndex((one) => holds(one, fields))]
  return { source: map.name, fields, meaning: kind === undefined ? meaning : { ...meaning, ...together(meaning, kind) } }
}

function together(one: Meaning, more: Meaning | undefined): Meaning {
  return {
    ...more,
    ...(one.also === undefined && more?.also === undefined ? {} : { also: { ...one.also, ...more?.also } }),
    ...(one.set === undefined && more?.set === undefined ? {} : { set: { ...one.set, ...more?.set } }),
  }
}

function conditions(when: When): readonly Condition[] {
  return Object.entries(when).map(([name, asked]) => ({
    name,
    asked: asked === true ? [] : (typeof asked === 'string' ? [asked] : asked).map((one) => one.toLowerCase()),
  }))
}

function holds(when: readonly Condition[], fields: Readonly<Record<string, string>>): boolean {
  for (const { name, asked } of when) {
    const value = fields[name]
    if (value === undefined || value === '') return false
    if (asked.length === 0) continue
    const lower = value.toLowerCase()
    if (!asked.some((one) => equal(one, lower))) return false
  }
  return true
}

function equal(asked: string, value: string): boolean {
  return asked.endsWith('*') ? value.startsWith(asked.slice(0, -1)) : asked === value
}
