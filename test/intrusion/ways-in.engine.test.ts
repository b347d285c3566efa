import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { storyFiles } from '../../src/app/index.ts'

const cases = resolve(import.meta.dirname, '../cases/intrusion/ways-in')

interface Want {
  /** One kind, or several with `|` between. */
  readonly kind: string
  readonly where: string
  readonly says: readonly string[]
  readonly never: readonly string[]
  /** Cites at least. */
  readonly cites: number
}

for (const name of readdirSync(cases).sort())
  test(`how it began: ${name.replaceAll('-', ' ')}`, async () => {
    const want = JSON.parse(readFileSync(resolve(cases, name, 'want.json'), 'utf8')) as Want
    const { stories, faults } = await storyFiles({ paths: [resolve(cases, name, 'in')], rules: [], watch: {} })
    expect(faults.map((one) => one.what)).toEqual([])
    expect(stories).toHaveLength(1)
    const entry = stories[0]?.initialAccess
    expect(want.kind.split('|')).toContain(entry?.kind)
    expect(entry?.where).toBe(want.where)
    for (const words of want.says) expect(entry?.text).toContain(words)
    const told = [entry, stories[0]?.alternative].map((way) => `${way?.kind ?? ''} ${way?.where ?? ''} ${way?.text ?? ''}`)
    for (const words of want.never) expect(told.join('\n')).not.toContain(words)
    const cites = entry?.cites ?? []
    expect(cites.length).toBeGreaterThanOrEqual(want.cites)
    expect(new Set(cites.map((cite) => JSON.stringify(cite))).size).toBe(cites.length)
  }, 180_000)
