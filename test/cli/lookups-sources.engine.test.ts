import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { LookupReview } from '../../src/lookups/index.ts'
import { run, scratch } from './fake.ts'

const cases = resolve(import.meta.dirname, '../cases/lookups')

test('logs of every kind reach the review by their content alone, and no number of them is told', async () => {
  const home = scratch()
  const given = join(home, 'audit')
  mkdirSync(given)
  const copied = (from: string, name: string): void => copyFileSync(join(cases, from), join(given, name))
  copied('statements/oracle-unified-audit/in.csv', 'oracle.csv')
  copied('statements/clickhouse-query-log/in.csv', 'clickhouse.csv')
  copied('sources/ranger/in.jsonl', 'ranger.jsonl')
  copied('sources/web/in.log', 'selfcare.log')
  // What looks like any text is read where it is named.
  copyFileSync(join(cases, 'sources/console/in.txt'), join(home, 'console.txt'))
  copied('sources/signalling/in.csv', 'firewall.csv')
  copied('sources/sftp/in.log', 'sftp.log')
  writeFileSync(join(home, 'map.json'), '{"subscriber":"/api/customers/{subscriber} /api/search?msisdn={subscriber}"}')
  const args = [
    'lookups',
    given,
    join(home, 'console.txt'),
    '--map',
    join(home, 'map.json'),
    '--country',
    'MY',
    '--zone',
    '+08:00',
    '--workspace',
    join(home, 'w'),
  ]
  const { code, out, err } = await run([...args, '--json'], home)
  expect(code, err).toBe(0)
  const review = JSON.parse(out) as LookupReview & { readonly faults: readonly { readonly code: string }[] }
  expect(review.faults).toEqual([])
  expect(review.accesses).toBe(25)
  expect(new Set(review.notRecorded.map((one) => one.source.split('/').at(-1)))).toEqual(
    new Set(['oracle.csv', 'ranger.jsonl', 'selfcare.log', 'console.txt', 'firewall.csv', 'sftp.log']),
  )
  expect(review.bulk.map((one) => one.file)).toContain('/out/cdr_#.csv.gz')
  const told = review.notes.map((note) => note.text).join('\n')
  expect(told).toContain('From the signalling network, nusatel asked for 1 subscriber')
  expect(told).not.toContain('location: not recorded')
  for (const text of [out, err]) expect(text).not.toMatch(/60120010\d|50212000000\d/)
  const printed = await run(args, home)
  expect(printed.out).toContain('file /out/cdr_#.csv.gz of 2026-02-02, number of subscribers not recorded')
  expect(printed.out).not.toMatch(/-1 row|60120010\d/)
})
