import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Assessment } from '../../src/assessment/index.ts'
import type { Thread } from '../../src/claims/index.ts'

const main = path.resolve(import.meta.dirname, '../../src/cli/main.ts')
let folder: string

/** The real command on a folder of its own. */
async function run(...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args, '--json'], {
    env: { ...process.env, BREACHLINE_KEYS: path.join(folder, 'keys') },
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout)
}

// Operator, vendor and actor are invented.
const files = {
  'breachline-case.toml': `[case]
id = "words"
title = "A vendor speaks"
operator = "Meridian Telekom"
country = "MY"
zone = "+08:00"
opened = "2026-10-08T09:00:00+08:00"

[[files]]
glob = "claim/*.md"
role = "claim"
`,
  'inventory.toml': `[[system]]
id = "crm"
name = "CRM"
hosts = ["crm-01"]
internet_facing = false
data = ["identity"]

[[vendor]]
id = "northline"
name = "Northline Print"
status = "active"
services = ["printing of bills"]
evidence_days = 5
`,
  'claim/post.md': `# Grey Kestrel, 5 October 2026

GREY KESTREL wrote on 5 October 2026: "We have full access to the CRM of Meridian Telekom. We took the records of 5,000 customers."
`,
  'claim/northline.md': `# Statement of Northline Print

Northline Print Sdn Bhd, 6 October 2026

We have investigated and found no evidence of access to our systems. No data of Meridian Telekom left our network.
`,
  'claim/news.md': `# Telco hack claim

6 October 2026

GREY KESTREL claims to have hacked Meridian Telekom. "We have full access to the CRM of Meridian Telekom," the group wrote.

Meridian Telekom said on 6 October 2026 that it did not identify anything related to its own systems.
`,
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'breachline-vendor-'))
  mkdirSync(path.join(folder, 'case/claim'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, 'case', name), text)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test(
  'A19: from the text to the assessment, a vendor speaks as vendor, and its word is no evidence',
  { timeout: 120_000 },
  async () => {
    const answer = (await run('investigate', path.join(folder, 'case'), '--workspace', path.join(folder, 'ws'))) as {
      threads: readonly Thread[]
      assessment: Assessment
    }
    const said = answer.threads.flatMap((thread) => thread.statements.map(({ by, name }) => `${by} ${name ?? ''}`))
    expect(said).toContain('vendor Northline Print Sdn Bhd')
    expect(said).toContain('victim Meridian Telekom')
    expect(said).not.toContain('victim Northline Print Sdn Bhd')
    const parts = answer.assessment.threads?.[0]?.parts ?? []
    const part = (kind: string) => parts.find((one) => one.part === kind)
    const third = part('third-party')
    expect(third).toMatchObject({ status: 'open', strength: 'none', for: [], against: [] })
    expect(third?.said.map(({ by, name, denies }) => [by, name, denies])).toContainEqual([
      'vendor',
      'Northline Print Sdn Bhd',
      true,
    ])
    expect(third?.restsOn).toContain('a vendor')
    // What it says of its own systems says nothing of the operator's.
    for (const kind of ['access', 'system']) expect(part(kind)?.said.map(({ by }) => by) ?? []).not.toContain('vendor')
    const own = answer.assessment.assertions.filter(({ by }) => by === 'vendor')
    expect(own.length).toBeGreaterThan(0)
    for (const one of own) {
      expect(one).toMatchObject({ status: 'open', for: [], against: [] })
      expect(one.ground.text).toContain('a statement and no evidence')
      expect(one.settles?.map(({ ask }) => ask)).toContain('Northline Print')
    }
    expect(answer.assessment.assertions.filter(({ by }) => by === 'victim').map(({ ground }) => ground.text)).not.toContain(
      own[0]?.ground.text,
    )
  },
)

test('without an inventory that names it, nobody is told to be a vendor', { timeout: 60_000 }, async () => {
  const claim = ['post.md', 'northline.md'].map((name) => path.join(folder, 'case/claim', name))
  const speakers = async (...more: string[]): Promise<Set<string>> => {
    const { threads } = (await run('claim', 'read', ...claim, ...more)) as { threads: readonly Thread[] }
    return new Set(
      threads.flatMap((thread) =>
        [...thread.statements, ...(thread.readings ?? [])]
          .filter(({ text }) => text.startsWith('We have investigated'))
          .map(({ by }) => by),
      ),
    )
  }
  const told = await speakers()
  expect(told.size).toBeGreaterThan(0)
  expect(told).not.toContain('vendor')
  expect(await speakers('--inventory', path.join(folder, 'case/inventory.toml'))).toContain('vendor')
})
