import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { CanonicalKind } from '../../src/persons/index.ts'

interface Vectors {
  readonly canonical: readonly (readonly [CanonicalKind, string, string, string | null])[]
  readonly tokens: readonly (readonly [string, string, string])[]
}

export const vectors = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../cases/persons/vectors.json'), 'utf8'),
) as Vectors
