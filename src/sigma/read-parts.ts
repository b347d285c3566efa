import { RuleProblem } from './problem.ts'

export type YamlMap = Readonly<Record<string, unknown>>

export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text (numbers are written out), '' when the key is absent or null; throws RuleProblem on anything else. */
export function textAt(map: YamlMap, key: string, path: readonly string[] = []): string {
  const value = Object.hasOwn(map, key) ? map[key] : undefined
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string' && typeof value !== 'bigint' && typeof value !== 'number') {
    throw new RuleProblem(`'${key}' is a text`, [...path, key])
  }
  return String(value).toWellFormed()
}

/** True or false; false when the key is absent. */
export function flagAt(map: YamlMap, key: string): boolean {
  const value = map[key]
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean') throw new RuleProblem(`'${key}' is true or false`, [key])
  return value
}

/** A list of texts, or one text for a list of one; [] when the key is absent or null. */
export function textsAt(map: YamlMap, key: string): string[] {
  const value = Object.hasOwn(map, key) ? map[key] : undefined
  if (value === undefined || value === null) return []
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map((one, index) => {
    if (typeof one === 'string' || typeof one === 'bigint' || typeof one === 'number') return String(one)
    throw new RuleProblem(`'${key}' is a list of texts`, Array.isArray(value) ? [key, index] : [key])
  })
}

export function oneOf<T extends string>(text: string, allowed: readonly T[], key: string): T {
  const found = allowed.find((one) => one === text.toLowerCase())
  if (found === undefined) throw new RuleProblem(`'${text.slice(0, 40)}' is no ${key} of Sigma`, [key])
  return found
}

/** Runs a step of reading; a problem inside gets the path in front of its own. */
export function inside<T>(path: readonly (string | number)[], read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RuleProblem) throw new RuleProblem(error.message, [...path, ...error.path])
    throw error
  }
}
