import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { placeText } from '../../src/base/index.ts'
import { expectCitesOpen, factsOf, readFolder } from './facts.ts'

const cases = resolve(import.meta.dirname, '../cases/claims')
const folders = readdirSync(cases).filter((name) => readdirSync(join(cases, name)).some((file) => file.startsWith('in')))

test('there are at least eight cases', () => {
  expect(folders.length).toBeGreaterThanOrEqual(8)
})

for (const name of folders)
  test(`case ${name}: threads as written down, every cite opens`, async () => {
    const folder = join(cases, name)
    const read = await readFolder(folder)
    const want = JSON.parse(readFileSync(join(folder, 'want.json'), 'utf8')) as unknown
    const faults = read.faults.map((one) => `${one.code} at ${placeText(one.where)}`)
    expect({ faults, threads: read.threads.map(factsOf) }).toEqual(want)
    for (const thread of read.threads) expectCitesOpen(thread, read)
  })
