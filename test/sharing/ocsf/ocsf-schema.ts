import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Attribute {
  readonly requirement?: string
  readonly type?: string
  readonly is_array?: boolean
  readonly enum?: Readonly<Record<string, unknown>>
}
interface Definition {
  readonly name?: string
  readonly uid?: number
  readonly extends?: string
  readonly attributes: Readonly<Record<string, Attribute | readonly string[]>>
  readonly constraints?: { readonly at_least_one?: readonly string[] }
  readonly profiles?: readonly string[]
}

/** The part of the schema that a validator needs: classes, objects, dictionary and profiles, with what they extend and include. */
export class OcsfSchema {
  readonly #folder: string
  readonly #dictionary: Readonly<Record<string, Attribute>>
  readonly #types: ReadonlySet<string>
  /** Kinds of observables: numbers that types of values carry. */
  readonly #observables: ReadonlySet<number>
  readonly #classes = new Map<string, Definition>()

  constructor(folder: string) {
    this.#folder = folder
    const dictionary = this.#read<{
      attributes: Record<string, Attribute>
      types: { attributes: Record<string, { observable?: number }> }
    }>('dictionary.json')
    this.#dictionary = dictionary.attributes
    this.#observables = new Set(Object.values(dictionary.types.attributes).flatMap((one) => one.observable ?? []))
    this.#types = new Set(Object.keys(dictionary.types.attributes))
    for (const entry of readdirSync(join(folder, 'events'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.json')) continue
      this.#classes.set(
        entry.name.replace('.json', ''),
        JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as Definition,
      )
    }
  }

  /** What is wrong with an event. */
  problems(event: Readonly<Record<string, unknown>>): string[] {
    const profiles = (event['metadata'] as { profiles?: string[] } | undefined)?.profiles ?? []
    const name = [...this.#classes].find(
      ([, one]) =>
        one.uid !== undefined &&
        one.uid + 2000 === event['class_uid'] &&
        one.extends !== undefined &&
        ['incident_finding', 'detection_finding'].includes(one.name ?? ''),
    )?.[0]
    if (name === undefined) return ['class_uid is not known']
    const { attributes, constraints } = this.#whole(name, 'event', profiles)
    const wrong = this.#check(event, { attributes, constraints, at: '', profiles })
    const categories = this.#read<{ attributes: Record<string, { uid: number }> }>('categories.json')
    if (event['category_uid'] !== categories.attributes['findings']?.uid) wrong.push('category_uid does not fit')
    if (event['type_uid'] !== Number(event['class_uid']) * 100 + Number(event['activity_id'])) wrong.push('type_uid does not fit')
    return wrong
  }

  #check(
    value: Readonly<Record<string, unknown>>,
    {
      attributes,
      constraints,
      at,
      profiles,
    }: { attributes: ReadonlyMap<string, Attribute>; constraints: readonly string[]; at: string; profiles: readonly string[] },
  ): string[] {
    const wrong: string[] = []
    for (const [name, one] of attributes)
      if (one.requirement === 'required' && value[name] === undefined) wrong.push(`${at}${name} is missing`)
    if (constraints.length > 0 && !constraints.some((name) => value[name] !== undefined))
      wrong.push(`${at}one of ${constraints.join(', ')} is missing`)
    for (const [name, inner] of Object.entries(value)) {
      const said = attributes.get(name)
      if (said === undefined) {
        wrong.push(`${at}${name} is not known`)
        continue
      }
      const known = this.#dictionary[name] ?? {}
      const type = said.type ?? known.type ?? ''
      const allowed = { ...known.enum, ...said.enum }
      const list = said.is_array ?? known.is_array ?? false
      if (list !== Array.isArray(inner)) {
        wrong.push(`${at}${name}: is ${list ? 'no' : 'a'} list`)
        continue
      }
      for (const each of (list ? inner : [inner]) as unknown[]) {
        if (this.#types.has(type)) {
          if (!fitsType(each, type)) wrong.push(`${at}${name}: is no ${type}`)
          // The values of these two are made of categories and classes.
          else if (['category_uid', 'class_uid'].includes(name)) continue
          else if (at.endsWith('observables.') && name === 'type_id') {
            if (!this.#observables.has(Number(each))) wrong.push(`${at}type_id: ${String(each)} is not allowed`)
          } else if (Object.keys(allowed).length > 0 && type === 'integer_t' && !(String(each) in allowed))
            wrong.push(`${at}${name}: ${String(each)} is not allowed`)
        } else if (typeof each !== 'object' || each === null) wrong.push(`${at}${name}: is no ${type}`)
        else
          wrong.push(
            ...this.#check(each as Record<string, unknown>, {
              ...this.#whole(type, 'object', profiles),
              at: `${at}${name}.`,
              profiles,
            }),
          )
      }
    }
    return wrong
  }

  /** A class or object with everything it extends, includes and takes from the profiles of the event. */
  #whole(
    name: string,
    kind: 'event' | 'object',
    profiles: readonly string[],
  ): { attributes: Map<string, Attribute>; constraints: readonly string[] } {
    const own = kind === 'event' ? this.#classes.get(name) : this.#read<Definition>(`objects/${name}.json`)
    if (own === undefined) throw new Error(`no definition of ${name}`)
    const base = own.extends === undefined ? undefined : this.#whole(own.extends, kind, profiles)
    const attributes = new Map(base?.attributes)
    const take = (all: Definition['attributes']): void => {
      for (const [attribute, one] of Object.entries(all)) {
        if (attribute === '$include') for (const path of one as readonly string[]) this.#include(path, { profiles, take })
        else attributes.set(attribute, { ...attributes.get(attribute), ...(one as Attribute) })
      }
    }
    take(own.attributes)
    for (const profile of own.profiles ?? [])
      if (profiles.includes(profile)) take(this.#read<Definition>(`profiles/${profile}.json`).attributes)
    return { attributes, constraints: own.constraints?.at_least_one ?? base?.constraints ?? [] }
  }

  #include(
    path: string,
    { profiles, take }: { profiles: readonly string[]; take: (all: Definition['attributes']) => void },
  ): void {
    const definition = this.#read<Definition>(path)
    const profile = path.startsWith('profiles/') ? path.slice('profiles/'.length).replace('.json', '') : undefined
    if (profile === undefined || profiles.includes(profile)) take(definition.attributes)
  }

  #read<T>(path: string): T {
    return JSON.parse(readFileSync(join(this.#folder, path), 'utf8')) as T
  }
}

function fitsType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer_t':
    case 'long_t':
    case 'timestamp_t':
    case 'port_t':
      return Number.isSafeInteger(value)
    case 'boolean_t':
      return typeof value === 'boolean'
    case 'float_t':
      return typeof value === 'number'
    default:
      return typeof value === 'string'
  }
}
