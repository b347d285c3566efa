import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scoreDrill } from '../../bench/story/score-drill.ts'
import { storyFiles } from '../../src/app/index.ts'
import { writeScenario, type ScenarioOptions } from '../../src/drill/index.ts'

type Name = Parameters<typeof writeScenario>[0]['scenario']

/** A generated estate, told; everything in it is invented. */
async function told(scenario: Name, options: ScenarioOptions = {}) {
  const out = await mkdtemp(join(tmpdir(), 'breachline-drill-'))
  try {
    const truth = await writeScenario({ scenario, seed: 7, options, out: join(out, 'x'), watch: {} })
    const answer = await storyFiles({ paths: [join(out, 'x', 'case')], rules: [], watch: {} })
    return { truth, answer, score: scoreDrill(truth, answer.stories) }
  } finally {
    await rm(out, { recursive: true })
  }
}

test.each(['vendor-vpn', 'insider-export', 'api-enumeration', 'mail-attachment', 'removable-drive'] as const)(
  '%s: one story, its way in right, no host called compromised that is not',
  async (scenario) => {
    const { truth, answer, score } = await told(scenario, { work: 0.5 })
    expect(score).toMatchObject({ attackers: 1, entries: 1, stories: 1, false: 0 })
    expect(score.hostsCalled).toBe(score.hostsRight)
    expect(score.objectsRight).toBeGreaterThan(0)
    expect(answer.stories[0]?.initialAccess?.kind).not.toBe('first-seen')
    if (truth.entry?.kind === 'mail' || truth.entry?.kind === 'removable-drive')
      expect(answer.stories[0]?.initialAccess?.kind).toBe(truth.entry.kind)
  },
  180_000,
)

test('thirty days of ordinary work with everything in it that looks bad give at most one story', async () => {
  const { truth, answer } = await told('benign', { hosts: 30, work: 0.5 })
  expect(truth.looksBad.length).toBe(8)
  expect(answer.stories.length).toBeLessThanOrEqual(1)
}, 180_000)

test('a leaver’s account that signs in from outside is told with its inventory entry; before the last day it is not', async () => {
  const out = await mkdtemp(join(tmpdir(), 'breachline-leaver-'))
  try {
    await mkdir(join(out, 'logs'))
    const settings = '[case]\ntitle = "Leaver"\nzone = "+08:00"\n[[files]]\nglob = "inventory.toml"\nrole = "inventory"\n'
    await writeFile(
      join(out, 'breachline-case.toml'),
      `${settings}[[files]]\nglob = "logs/*"\nrole = "logs"\nhost = "gw-1"\nyear = 2026\n`,
    )
    await writeFile(join(out, 'inventory.toml'), '[[leaver]]\nid = "l-1"\naccount = "noor"\nleft = "2026-03-10"\nsystems = []\n')
    const line = (day: string, user: string): string =>
      `Mar ${day} 09:00:00 gw-1 sshd[77]: Accepted password for ${user} from 198.51.100.7 port 50122 ssh2`
    const tell = async (...lines: string[]) => {
      await writeFile(join(out, 'logs', 'auth.log'), `${lines.join('\n')}\n`)
      return (await storyFiles({ paths: [out], rules: [], watch: {} })).stories
    }
    const [story] = await tell(line('12', 'noor'), line('12', 'mei'))
    expect(story?.initialAccess?.text).toContain('the account noor at gw-1 from 198.51.100.7, after the day (2026-03-10)')
    expect(await tell(line(' 9', 'noor'), line('12', 'mei'))).toEqual([])
  } finally {
    await rm(out, { recursive: true })
  }
}, 60_000)
