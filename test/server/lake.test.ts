import { expect, test } from 'vitest'
import { openLake } from '../../src/store/index.ts'
import { lakeSuite } from '../store/lake-suite.ts'

const url = process.env['BREACHLINE_TEST_SERVER']
if (url === undefined) throw new Error('run "npm run test:server": it starts the server these tests talk to')

lakeSuite({ url, database: 'breachline_test' })

test('a server that does not answer is named as such, with what to check', async () => {
  const opening = openLake({
    directory: '/tmp/breachline-nowhere',
    tables: [],
    server: { url: 'http://127.0.0.1:9', database: 'x' },
  })
  await expect(opening).rejects.toMatchObject({ code: 'engine-unreachable' })
})
