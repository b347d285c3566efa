import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { storyFiles } from '../../src/app/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'story-correlations-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const names = ['admin', 'oracle', 'backup', 'test', 'git', 'nagios', 'ftp', 'deploy', 'crm', 'vendor', 'jenkins', 'billing']

/** Sign-ins by SSH on an invented host: so many names refused, one a minute, then one accepted. */
function attempts(refused: number, accepted: { readonly from: string; readonly minute: number }): string {
  const lines = names
    .slice(0, refused)
    .map(
      (name, n) =>
        `Oct  5 03:${String(n).padStart(2, '0')}:00 bss-jump sshd[90${n}]: Failed password for invalid user ${name} from 203.0.113.66 port 4${n}000 ssh2`,
    )
  const at = String(accepted.minute).padStart(2, '0')
  return `${[...lines, `Oct  5 03:${at}:00 bss-jump sshd[991]: Accepted password for vendor from ${accepted.from} port 50022 ssh2`].join('\n')}\n`
}

async function told(name: string, text: string): Promise<Awaited<ReturnType<typeof storyFiles>>> {
  const path = join(folder, name, 'auth-2026-10-05.log')
  mkdirSync(join(folder, name))
  writeFileSync(path, text)
  return storyFiles({ paths: [path], rules: [], watch: {} })
}

test('many refused sign-ins and then one accepted are a story, although no single record is one', async () => {
  const { stories, detections, unjoined } = await told('guessed', attempts(12, { from: '203.0.113.66', minute: 20 }))
  expect({ detections, unjoined }).toEqual({ detections: 1, unjoined: 0 })
  expect(stories).toHaveLength(1)
  const [story] = stories
  expect(story?.hosts.map(({ name, status }) => [name, status])).toEqual([['bss-jump', 'compromised']])
  expect(story?.accounts.map(({ name }) => name)).toEqual(['vendor'])
  const [step, ...others] = story?.steps ?? []
  expect(others).toEqual([])
  expect(step).toMatchObject({
    time: '2026-10-05T03:20:00.000000Z',
    level: 'high',
    text: 'SSH Accepted After Many Accounts Were Tried: on bss-jump under the account vendor from 203.0.113.66 (13 records).',
  })
  // The record at which it was made, then those before it.
  const lines = step?.cites.map((cite) => (cite.kind === 'exhibit' && cite.at?.kind === 'line' ? cite.at.n : undefined))
  expect(lines).toEqual([13, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
})

test.each([
  ['too few names', attempts(9, { from: '203.0.113.66', minute: 20 })],
  ['accepted from elsewhere', attempts(12, { from: '198.51.100.4', minute: 20 })],
])('no story: %s', async (name, text) => {
  expect(await told(name.replaceAll(' ', '-'), text)).toMatchObject({ stories: [], detections: 0, unjoined: 0 })
})
