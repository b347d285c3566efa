import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scenarioNames } from '../../../src/drill/index.ts'
import { run as runList, scratch } from '../../cli/fake.ts'

const run = (...args: readonly string[]): ReturnType<typeof runList> => runList(args)

const folder = scratch()

test('drill new lists the scenarios in its help, makes one with its options, and drill score measures it', async () => {
  const help = await run('drill', 'new', '--help')
  for (const name of scenarioNames) expect(help.out).toContain(`  ${name} `)
  const out = join(folder, 'vendor')
  const made = await run(
    'drill',
    'new',
    '--scenario',
    'vendor-vpn',
    '--seed',
    '3',
    '--size',
    '26',
    '--work',
    '0.05',
    '--no-sysmon',
    '--out',
    out,
    '--json',
  )
  expect(made.code).toBe(0)
  expect(JSON.parse(made.out)).toMatchObject({ out, scenario: 'vendor-vpn', seed: 3, hosts: 26 })
  const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as { options: object; entry: { host: string } }
  expect(truth.options).toEqual({ hosts: 26, work: 0.05, sysmon: false })
  const answer = join(folder, 'answer.json')
  writeFileSync(
    answer,
    JSON.stringify({ stories: [{ initialAccess: { where: truth.entry.host }, hosts: [{ name: truth.entry.host }] }] }),
  )
  const scored = await run('drill', 'score', out, '--answer', answer)
  expect(scored.code).toBe(0)
  expect(scored.out).toMatch(/initial access named +yes/)
  expect(scored.out).toContain('no bar is set')
})

test('stories told of ordinary work miss the bar', async () => {
  const out = join(folder, 'benign')
  await run('drill', 'new', '--scenario', 'benign', '--hosts', '26', '--work', '0.05', '--out', out)
  const answer = join(folder, 'two.json')
  writeFileSync(answer, JSON.stringify({ stories: [{ hosts: [] }, { hosts: [] }] }))
  expect((await run('drill', 'score', out, '--answer', answer)).code).toBe(10)
  writeFileSync(answer, JSON.stringify({ stories: [{ hosts: [] }] }))
  expect((await run('drill', 'score', out, '--answer', answer)).code).toBe(0)
})

test('options of estates are refused for the demo, and wrong ones by name', async () => {
  const out = join(folder, 'none')
  expect(await run('drill', 'new', '--hosts', '40', '--out', out)).toMatchObject({ code: 3 })
  expect(await run('drill', 'new', '--scenario', 'flood', '--out', out)).toMatchObject({ code: 2 })
  expect(await run('drill', 'new', '--scenario', 'softcell', '--second', 'benign', '--out', out)).toMatchObject({ code: 2 })
  expect(await run('drill', 'new', '--scenario', 'softcell', '--drop', 'much', '--out', out)).toMatchObject({ code: 3 })
})
