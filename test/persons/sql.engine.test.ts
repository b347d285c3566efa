import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import {
  attributeKinds,
  canonical,
  canonicalSql,
  identifierKinds,
  partTag,
  partTokensSql,
  partsOf,
  tokenKey,
  tokenOf,
  tokenParams,
  tokenSql,
  type CanonicalKind,
} from '../../src/persons/index.ts'
import { openLake } from '../../src/store/index.ts'
import { vectors } from './vectors.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'persons-'))
const lake = await openLake({ directory, tables: [] })
afterAll(async () => {
  await lake.close()
  rmSync(directory, { recursive: true })
})

const kinds: readonly CanonicalKind[] = [...identifierKinds, ...attributeKinds]
const countries = ['MY', 'SG', 'IT', 'US', 'NZ', 'ZZ', '']

async function inEngine(kind: CanonicalKind, country: string, texts: readonly string[]): Promise<string[]> {
  const form = canonicalSql(kind, 'c1', { country })
  const result = await lake.engine.rows<{ form: string }>(
    `SELECT ${form} AS form FROM (SELECT arrayJoin({texts:Array(String)}) AS c1)`,
    { texts },
  )
  return result.map((row) => row.form)
}

for (const kind of kinds) {
  test(`canonical ${kind} in SQL agrees with the vectors`, async () => {
    for (const country of countries) {
      const own = vectors.canonical.filter((vector) => vector[0] === kind && vector[1] === country)
      if (own.length === 0) continue
      const forms = await inEngine(
        kind,
        country,
        own.map((vector) => vector[2]),
      )
      expect(forms).toEqual(own.map((vector) => vector[3] ?? ''))
    }
  })

  test(`canonical ${kind} in SQL agrees with TypeScript on generated values`, async () => {
    for (const country of countries) {
      const texts = generated(kind)
      const forms = await inEngine(kind, country, texts)
      expect(forms).toEqual(texts.map((text) => canonical(kind, text, { country }) ?? ''))
    }
  })
}

test('T1 a token in SQL is the token in TypeScript; no value gives the empty token', async () => {
  for (const [hex, tag, text] of vectors.tokens) {
    const key = tokenKey(Buffer.from(hex, 'hex'))
    const result = await lake.engine.rows<{ token: string }>(
      `SELECT lower(hex(${tokenSql(tag, 'c1')})) AS token FROM (SELECT {text:String} AS c1)`,
      { ...tokenParams(key), text },
    )
    const want = text === '' ? '0'.repeat(32) : tokenOf(key, tag, text)
    expect(result).toEqual([{ token: want }])
  }
})

test('T4 parts and their tokens in SQL are those in TypeScript', async () => {
  const key = tokenKey(Uint8Array.from({ length: 16 }, (_, at) => at * 3))
  const words = fc.sample(fc.oneof(fc.stringMatching(/^([a-cñ]{1,2} ){0,8}[a-z]$/), fc.constant('')), { numRuns: 300, seed: 7 })
  for (const kind of kinds) {
    const texts = kind === 'date' ? ['', '1990-01-31', '2024-12-01'] : words
    const result = await lake.engine.rows<{ tokens: string[] }>(
      `SELECT arrayMap(x -> lower(hex(x)), ${partTokensSql('field:f', kind, 'c1')}) AS tokens
       FROM (SELECT arrayJoin({texts:Array(String)}) AS c1)`,
      { ...tokenParams(key), texts },
    )
    const tokens = texts.map((text) => partsOf(kind, text).map((part) => tokenOf(key, partTag('field:f'), part).slice(0, 16)))
    expect(result.map((row) => row.tokens)).toEqual(tokens)
  }
})

/** Values near the forms and far from them. */
function generated(kind: CanonicalKind): string[] {
  const digits = fc.stringMatching(/^[0-9]{0,21}$/)
  const dialled = fc.stringMatching(/^(\+|00|0|\+60|60|0060|1|011|39|65)?[0-9 ()./-]{5,14}(\.0)?$/)
  const written = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9]{1,4}[ -~]{0,20}$/),
    fc.stringMatching(/^ ?(null|NONE|n\/a|Na|nan|\\N|---) ?$/),
  )
  const near: Record<CanonicalKind, fc.Arbitrary<string>> = {
    msisdn: fc.oneof(dialled, fc.stringMatching(/^(\+60|0060|60|0|)1[0-9]{8,9}$/), digits),
    imsi: fc.stringMatching(/^[0-9]{13,16}$/),
    imei: fc.oneof(fc.stringMatching(/^[0-9]{14,16}$/), fc.stringMatching(/^[01]{14,16}$/)),
    iccid: fc.stringMatching(/^89[0-9 ]{15,19}[fF]?$/),
    'national-id': fc.stringMatching(/^[0-9]{2}[01][0-9][0-3][0-9]-?[0-9]{2}-?[0-9]{4}$/),
    email: fc.oneof(fc.emailAddress(), fc.stringMatching(/^[a-zA-Z.@, ]{1,20}$/)),
    contract: fc.stringMatching(/^[A-Za-z]{0,4}[-. _/]?[0-9]{0,12}$/),
    'cpe-serial': fc.stringMatching(/^[A-Za-z0-9:-]{4,34}$/),
    mac: fc.stringMatching(/^([0-9a-fA-F]{2}[:-]?){6}$/),
    ip: fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.stringMatching(/^[0-9a-fF:]{1,12}(::)?[0-9a-f:]{1,20}$/),
      fc.stringMatching(/^((::|0:0:0:0:0:)ffff:)?([0-9]{1,3}[.]){3}[0-9]{1,3}$/),
      fc.stringMatching(/^(([0-9a-f]{1,4}|0)(:|::)){3,8}[0-9a-f]{0,4}$/),
    ),
    'user-name': fc.stringMatching(/^[A-Za-z0-9._@\\ -]{1,20}$/),
    date: fc.oneof(
      fc.stringMatching(/^(19|20|18|22)[0-9]{2}[-/]?[0-1][0-9][-/]?[0-3][0-9]([T ]10:00)?$/),
      fc.stringMatching(/^[0-3]?[0-9][-/.][0-3]?[0-9][-/.](19|20)[0-9]{2}( .)?$/),
      fc.stringMatching(/^[0-3]?[0-9]-(Jan|feb|MAR|Jon|December)-(19|20)[0-9]{2}$/),
    ),
    name: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), written),
    place: fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), written),
    code: fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), written),
  }
  const any = fc.oneof({ weight: 4, arbitrary: near[kind] }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) })
  return fc.sample(any, { numRuns: 400, seed: 7 }).map((text) => text.toWellFormed())
}
