import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accountPseudonym, lookupTables, proposals, reviewLookups, type LookupReview } from '../../src/lookups/index.ts'
import { canonical, tokenKey, tokenOf } from '../../src/persons/index.ts'
import { openLake } from '../../src/store/index.ts'
import { base, msisdn, smallOperator } from './case.ts'
import { generatedFiles } from './generated.ts'

const directory = mkdtempSync(join(tmpdir(), 'lookups-keys-'))

afterAll(() => {
  rmSync(directory, { recursive: true, force: true })
})

type Given = Pick<ReturnType<typeof generatedFiles>, 'audit' | 'reasons' | 'base'>

/** The review under a token key, every token replaced by the number it stands for. */
async function named(given: Given, seed: number): Promise<{ readonly text: string; readonly review: LookupReview }> {
  const key = tokenKey(new Uint8Array(16).fill(seed))
  const lake = await openLake({ directory: join(directory, `${given.base}-${seed}`), tables: lookupTables })
  const { review } = await reviewLookups(lake, {
    key,
    country: 'MY',
    zone: '+08:00',
    accountName: (login) => login,
    subscriberBase: given.base,
    audit: given.audit,
    reasons: given.reasons,
  })
  await lake.close()
  const numbers = new Map(
    Array.from({ length: given.base }, (_one, at) => {
      const number = msisdn(at)
      return [tokenOf(key, 'msisdn', canonical('msisdn', number, { country: 'MY' }) ?? ''), number]
    }),
  )
  const text = JSON.stringify(review, undefined, 1).replace(/\b[0-9a-f]{32}\b/g, (token) => numbers.get(token) ?? '`unknown`')
  return { text, review }
}

test('N2: the same log under three keys gives the same review, but for the tokens', async () => {
  const given = generatedFiles({ seed: 33, size: 12_000, accounts: 200, unexplained: 0.1 })
  const first = await named(given, 7)
  // Groups of accounts, pairs, lists and the permutation all have something to tell here.
  expect(first.review.watched.some((one) => one.tests.includes('S3'))).toBe(true)
  expect(first.review.permutation?.runs).toBe(1)
  expect(first.text).not.toContain('`unknown`')
  for (const seed of [8, 200]) expect((await named(given, seed)).text).toBe(first.text)
}, 120_000)

test('N2: so does a log of statements beside a table', async () => {
  const given = { ...smallOperator({ seed: 4, planted: 12 }), base }
  const first = await named(given, 7)
  expect(first.review.watched).toHaveLength(12)
  expect((await named(given, 8)).text).toBe(first.text)
}, 120_000)

test('L27: no login stands in a review or its findings: accounts are pseudonyms, the same for the same login', async () => {
  const given = smallOperator({ seed: 1, planted: 20 })
  const key = tokenKey(new Uint8Array(16).fill(7))
  const lake = await openLake({ directory: join(directory, 'pseudonyms'), tables: lookupTables })
  const options = { key, country: 'MY', zone: '+08:00', subscriberBase: base, audit: given.audit, reasons: given.reasons }
  const { review } = await reviewLookups(lake, options)
  const { review: logins } = await reviewLookups(lake, { ...options, accountName: (login) => login })
  await lake.close()
  expect(JSON.stringify([review, proposals(review)])).not.toMatch(/agent\d|loader/)
  expect(JSON.stringify([logins, proposals(logins)])).toMatch(/agent\d.*loader/)
  const pseudonym = (login: string): string => accountPseudonym(key, login)
  expect(review.accounts.map((one) => one.account)).toEqual(logins.accounts.map((one) => pseudonym(one.account)))
  expect(review.bulk.map((one) => one.account)).toEqual([pseudonym('loader')])
  for (const [at, one] of review.watched.entries()) {
    expect(one.accounts).toEqual(logins.watched[at]?.accounts.map(pseudonym).sort())
    expect(one.grounds[1]?.text).toContain(one.accounts[0])
  }
  expect(pseudonym('loader')).toMatch(/^A-[0-9a-f]{12}$/)
  expect(accountPseudonym(tokenKey(new Uint8Array(16).fill(8)), 'loader')).not.toBe(pseudonym('loader'))
})
