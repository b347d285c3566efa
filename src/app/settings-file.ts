import { readFileSync } from 'node:fs'
import { parse } from 'smol-toml'
import type { z } from 'zod'

/** What a small file of settings holds, or why it cannot be taken, as the end of a sentence that begins with its name. */
type SettingsFile<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'wrong'; readonly why: string; readonly cause?: unknown }

/** Reads a small file of settings, JSON or TOML, against a schema; `holds` says in words what it should hold. */
export function readSettingsFile<T>(path: string, schema: z.ZodType<T>, holds: string): SettingsFile<T> {
  const text = readFileSync(path, 'utf8')
  let raw: unknown
  try {
    raw = /^\s*\{/.test(text) ? (JSON.parse(text) as unknown) : parse(text)
  } catch (cause) {
    return { kind: 'wrong', why: 'is neither valid JSON nor TOML', cause }
  }
  const read = schema.safeParse(raw)
  return read.success ? { kind: 'read', value: read.data } : { kind: 'wrong', why: `holds something else than ${holds}` }
}
