import { expect, test } from 'vitest'
import type { Cite } from '../../src/evidence/index.ts'
import { citeKey, findCite } from '../../web/src/evidence/cite-key.ts'
import { citeLabel } from '../../web/src/text/cite-label.ts'
import { madeUpView } from '../sharing/made-up-view.ts'

const row = (n: number): Cite => ({ kind: 'exhibit', sha256: 'a'.repeat(64), file: 'x/sample.csv', at: { kind: 'row', n } })

test('keys of many cites differ, and each finds its cite again', () => {
  const cites = Array.from({ length: 20_000 }, (_, n) => row(n))
  expect(new Set(cites.map(citeKey)).size).toBe(cites.length)
  expect(findCite({ deep: [{ cites }] }, citeKey(row(777)))).toEqual(row(777))
  expect(findCite({ deep: [{ cites }] }, citeKey(row(20_001)))).toBeUndefined()
})

test('every ground of a case is found by its key', () => {
  const view = madeUpView()
  for (const { ground } of view.assessment.assertions)
    for (const cite of ground.cites) expect(findCite(view, citeKey(cite))).toEqual(cite)
})

test('labels name the exhibit, or the file where the case has none, and hide nothing', () => {
  expect(citeLabel(row(412), () => 'E3')).toBe('E3 row 412')
  expect(citeLabel(row(412), () => undefined)).toBe('sample.csv row 412')
  const hidden: Cite = { kind: 'exhibit', sha256: 'b', file: 'a\u202egnp.exe', at: { kind: 'set', unit: 'record', n: [3, 5, 9] } }
  expect(citeLabel(hidden, () => undefined)).toBe('a\\u{202e}gnp.exe record 3 and 2 more')
})
