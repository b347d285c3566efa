import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCase } from '../../src/app/case-store.ts'
import { propose, type Proposal } from '../../src/casefile/index.ts'
import { exhibits } from '../../src/evidence/index.ts'
import type { KeptStatement, Sitrep, StatementCheck } from '../../src/response/index.ts'
import { newCase, run, scratch } from './fake.ts'

const persons = {
  'Ana Lim': 'incident lead',
  'Priya Nair': 'counsel',
  'Farid Hamzah': 'privacy officer',
  'Mei Tan': 'communications',
}

/** A case whose analysis runs are written by the test; times are given as hours and minutes of 6 October 2026 UTC. */
async function aCase(): Promise<{
  call: (time: string, who: keyof typeof persons, ...args: string[]) => ReturnType<typeof run>
  file: (name: string, text: string) => string
  analyse: (time: string, proposals: (hash: (name: string) => string) => readonly Proposal[]) => void
  finding: (code: string) => string
  verify: () => ReturnType<typeof run>
}> {
  const home = scratch()
  const place = { path: (...parts: string[]) => join(home, 'data', ...parts) }
  const call = (time: string, who: string, ...args: string[]): ReturnType<typeof run> =>
    run([...args, '--workspace', join(home, 'data'), '--as', who], home, `2026-10-06T${time}:00.000Z`)
  for (const [name, role] of Object.entries(persons)) expect((await run(['key', 'new', name, '--role', role], home)).code).toBe(0)
  const made = await call('08:00', 'Ana Lim', ...newCase('Claim'))
  expect(made.code, made.err).toBe(0)
  return {
    call,
    verify: () => run(['verify', 'claim', '--workspace', join(home, 'data')], home),
    file: (name, text) => {
      writeFileSync(join(home, name), text)
      return join(home, name)
    },
    analyse: (time, proposals) => {
      const store = openCase(place, 'claim')
      try {
        const at = `2026-10-06T${time}:00.000Z`
        const hash = (name: string): string => exhibits(store.db).find((one) => one.name.endsWith(name))?.sha256 ?? ''
        const all = proposals(hash)
        propose(store.db, all, { run: `run ${at}`, at, complete: ['claim', 'assessment', 'story'] })
        store.keepAnswer({ run: `run ${at}`, at, json: JSON.stringify(answerOf(all)) })
      } finally {
        store.close()
      }
    },
    finding: (code) => {
      const store = openCase(place, 'claim')
      try {
        const row = store.db.get<{ id: string }>(
          "SELECT id FROM finding_rows WHERE json_extract(body, '$.code') = ? ORDER BY seq DESC",
          code,
        )
        return row?.id ?? ''
      } finally {
        store.close()
      }
    },
  }
}

function answerOf(all: readonly Proposal[]): unknown {
  const assertions = all.filter((one) => one.kind === 'assessment').map(({ value }) => value as { status: 'open' | 'supported' })
  const counts = { supported: 0, contradicted: 0, open: 0 }
  for (const { status } of assertions) counts[status] += 1
  return {
    threads: [
      {
        id: 'thread:otter',
        actor: 'OTTER',
        victims: [],
        posts: [
          {
            at: { at: '2026-10-06T06:40:00.000000Z', zone: 'stated' },
            channel: 'x',
            source: 'actor',
            text: 'x',
            attachments: [],
            cite,
          },
        ],
        assertions: [{ id: 'A1', kind: 'access', by: 'actor', text: 'We are in.', cite }],
        demands: [],
        deadlines: [],
        statements: [],
        thirdParties: [],
      },
    ],
    provenance: null,
    furtherSamples: [],
    stories: null,
    lookups: null,
    affected: { groups: [], floor: 5, notes: [] },
    assessment: { assertions, headline: '', counts },
    coverage: { sources: [], gaps: [], rows: [] },
    assumedSamples: [],
    faults: { total: 0, kept: [] },
  }
}

const cite = { kind: 'reference', file: 'test', version: '1', key: 'x' } as const

function claim(sha256: string): Proposal {
  return {
    kind: 'claim',
    subject: 'thread:otter',
    code: 'claim-access',
    params: { by: 'actor' },
    cites: [{ kind: 'exhibit', sha256, file: 'claim.txt', at: { kind: 'whole' } }],
    text: 'OTTER claims: "We are in."',
    grounds: [],
    producer: 'claims',
  }
}

function assessed(status: 'open' | 'supported', sha256: string): Proposal {
  const text =
    status === 'open'
      ? 'No logs have been handed over in which such access could be seen.'
      : 'The logs show a way in at sc-web-07.'
  const cites = [{ kind: 'exhibit', sha256, file: 'x', at: { kind: 'whole' } }] as const
  return {
    kind: 'assessment',
    subject: 'thread:otter/A1',
    code: `assertion-${status}`,
    params: { status, ground: text },
    cites,
    text: `${status}: ${text}`,
    grounds: [{ text, cites }],
    producer: 'assessment',
    value: {
      id: 'thread:otter/A1',
      thread: 'thread:otter',
      assertion: 'A1',
      by: 'actor',
      words: 'We are in.',
      status,
      ground: { text, cites },
      grounds: [],
      missing: ['logs of the system named'],
      coverage: [],
      cite,
    },
  }
}

function story(sha256: string): Proposal {
  return {
    kind: 'story',
    subject: 'story:S1',
    code: 'attack-story',
    params: {
      from: '2026-07-01T05:18:42.000000Z',
      to: '2026-07-02T02:55:03.000000Z',
      hosts: ['dc-05', 'sc-web-07'],
      entry: 'sc-web-07',
      score: '185.5',
    },
    cites: [{ kind: 'exhibit', sha256, file: 'web.log', at: { kind: 'whole' } }],
    text: 'The first step is on the web server sc-web-07.',
    grounds: [],
    producer: 'intrusion',
  }
}

test('from the first claim to a corrected statement: drafts, refused phrases, three signatures, versions, counsel first, sitrep', async () => {
  const { call, file, analyse, finding, verify } = await aCase()
  const ok = async (...args: Parameters<typeof call>): Promise<string> => {
    const made = await call(...args)
    expect(made.code, made.err).toBe(0)
    return made.out
  }
  await ok('08:05', 'Ana Lim', 'evidence', 'add', file('claim.txt', 'We are in.'), '--case', 'claim')
  analyse('08:10', (hash) => [claim(hash('claim.txt')), assessed('open', hash('claim.txt'))])

  const nothing = await call('08:11', 'Mei Tan', 'statement', 'draft', '--audience', 'press')
  expect([nothing.code, nothing.err]).toEqual([3, expect.stringContaining('adopt what is claimed first: breachline adopt F_')])
  await ok('08:12', 'Ana Lim', 'adopt', finding('claim-access'), '--reason', 'Read')

  // What was said before the case was opened, recorded; the agency's text is refused with what it would need.
  const early = file('early.txt', 'Our systems are not affected.\n')
  await ok(
    '08:15',
    'Mei Tan',
    'statement',
    'filed',
    early,
    '--audience',
    'press',
    '--at',
    '2026-10-06T15:00:00+08:00',
    '--to',
    'Press',
    '--reason',
    'Sent by the agency',
  )
  const agency = file('agency.txt', 'Our systems are unaffected.\nKami tidak menemui sebarang bukti pencerobohan.\n')
  const checked = await call('08:16', 'Mei Tan', 'statement', 'check', agency, '--json')
  const { ok: fit, refusals } = JSON.parse(checked.out) as StatementCheck
  expect([checked.code, fit, refusals.map(({ phrase, line }) => [phrase, line])]).toEqual([
    3,
    false,
    [
      ['systems-unaffected', 1],
      ['no-evidence', 2],
    ],
  ])
  expect((await call('08:16', 'Mei Tan', 'statement', 'submit', agency, '--audience', 'press')).err).toContain(
    '"systems are unaffected" may not be said',
  )
  expect((await call('08:17', 'Mei Tan', 'statement', 'check', file('plain.txt', 'We will say more tomorrow.'))).code).toBe(0)

  // A holding statement for customers, signed by three persons in their own roles.
  const draft = await call('08:20', 'Mei Tan', 'statement', 'draft', '--audience', 'customers', '--submit')
  expect(draft.code).toBe(10)
  expect(draft.out).toContain('We do not yet know whether systems of ours were entered.')
  expect(draft.out).toContain('S2 is put up for sign-off: legal, privacy, communications')
  const sign = (role: string, who: keyof typeof persons, name = 'S2', time = '08:30'): ReturnType<typeof run> =>
    call(time, who, 'statement', 'sign', name, '--for', role, '--reason', 'Read')
  expect((await sign('legal', 'Mei Tan')).err).toContain('not for legal')
  expect((await call('08:30', 'Mei Tan', 'statement', 'release', 'S2', '--to', 'Web', '--reason', 'x')).err).toContain(
    'is not signed off for legal, privacy, communications',
  )
  expect((await sign('legal', 'Priya Nair')).out).toContain('missing: privacy, communications')
  await sign('privacy', 'Farid Hamzah')
  expect((await sign('communications', 'Mei Tan')).out).toContain('it may leave')
  const first = await call('08:40', 'Mei Tan', 'statement', 'release', 'S2', '--to', 'Web', '--reason', 'x')
  expect(first.err).toContain('differs from what was said before')
  const left = await call(
    '08:40',
    'Mei Tan',
    'statement',
    'release',
    'S2',
    '--to',
    'Web',
    '--reason',
    'Asked',
    '--correcting',
    'S1 was too early',
  )
  expect([left.code, left.err]).toEqual([0, expect.stringMatching(/S2 released, SHA-256 [0-9a-f]{64}/)])
  expect((await sign('legal', 'Priya Nair')).err).toContain('S2 has left already')
  expect(await ok('08:41', 'Ana Lim', 'statement', 'list')).not.toContain('with counsel')

  // New evidence: the assessment has a second version, and what was said before is flagged to counsel first.
  await ok('09:00', 'Ana Lim', 'evidence', 'add', file('web.log', 'GET /upload'), '--case', 'claim')
  analyse('09:10', (hash) => [claim(hash('claim.txt')), assessed('supported', hash('web.log')), story(hash('web.log'))])
  const changes = await ok('09:11', 'Ana Lim', 'statement', 'changes', '--since', '2026-10-06T17:00:00+08:00')
  expect(changes).toContain('## Version 2 of the assessment, 2026-10-06 09:10 UTC')
  expect(changes).toMatch(
    /changed: thread:otter\/A1\. before: open: No logs .* now: supported: .* Why: rests on new evidence: E2\./,
  )
  expect(changes).not.toContain('Version 1')
  const seen = await ok('09:12', 'Mei Tan', 'statement', 'list')
  expect(seen).toContain('S1 has left and is with counsel: findings bear on it')
  expect(seen).not.toContain('sc-web-07')
  expect(await ok('09:12', 'Priya Nair', 'statement', 'list')).toContain(
    'S1 has left, and findings contradict it; waits for counsel',
  )
  expect((await call('09:13', 'Mei Tan', 'statement', 'counsel', 'S1', '--decide', 'stands', '--reason', 'x')).err).toContain(
    'not for legal',
  )
  await ok('09:14', 'Priya Nair', 'statement', 'counsel', 'S1', '--decide', 'correct', '--reason', 'Logs of 1 July')
  expect(await ok('09:15', 'Mei Tan', 'statement', 'list')).toContain('Priya Nair decided: to be corrected')

  // The next statement says it, once a person adopted it; a proposed finding does not stand in it.
  expect((await call('09:16', 'Mei Tan', 'statement', 'draft', '--audience', 'staff')).out).not.toContain('Logs show')
  await ok('09:17', 'Ana Lim', 'adopt', finding('attack-story'), '--reason', 'Read')
  const next = await call('09:18', 'Mei Tan', 'statement', 'draft', '--audience', 'customers', '--language', 'ms')
  expect(next.out).toContain('Kenyataan kami pada 6 Oktober 2026 tentang sistem kami sendiri ditarik balik')
  expect(next.out).toContain('Log menunjukkan capaian tanpa kebenaran ke sistem kami antara 1 Julai 2026 dan 2 Julai 2026.')
  expect(next.out).toContain('Ini menambah kenyataan kami pada 6 Oktober 2026.')
  expect(next.code).toBe(10)

  const report = await ok('09:20', 'Ana Lim', 'report', '--format', 'sitrep', '--since', '2026-10-06T17:00:00+08:00')
  expect(report).toMatch(
    /## Known[^]*- NEW The first step is on the web server sc-web-07\. \(adopted by Ana Lim, 2026-10-06 09:17 UTC\)/,
  )
  expect(report).toMatch(/## Decided since[^]*NEW Counsel on S1/)
  expect(report).not.toContain('signed off for legal')
  const sitrep = JSON.parse(await ok('09:20', 'Ana Lim', 'report', '--format', 'sitrep', '--json')) as Sitrep
  expect(sitrep.versions.map(({ version }) => version)).toEqual([1, 2])
  expect(sitrep.notKnown.map(({ text }) => text)).toEqual([expect.stringContaining('proposed: supported, nobody has adopted it')])

  // The text as released is kept, and the chain holds.
  const kept = JSON.parse(await ok('09:21', 'Ana Lim', 'statement', 'show', 'S2', '--json')) as KeptStatement
  expect(kept).toMatchObject({ state: 'released', released: { at: '2026-10-06T08:40:00.000Z', to: 'Web', by: 'Mei Tan' } })
  expect(kept.rests.find(({ sentence }) => sentence.startsWith('We know of a claim'))?.findings).toEqual([
    finding('claim-access'),
  ])
  const proof = await verify()
  expect(proof.code, proof.out).toBe(0)
})

test('what is wrong with a file or an option is said before anything is opened', async () => {
  const { call, file } = await aCase()
  expect((await call('08:01', 'Mei Tan', 'statement', 'check', '/nowhere.txt')).err).toContain('is no file')
  expect((await call('08:01', 'Mei Tan', 'statement', 'check', file('large.txt', 'a'.repeat(300 * 1024)))).err).toContain(
    'larger than 256 KiB',
  )
  expect((await call('08:01', 'Mei Tan', 'statement', 'draft', '--audience', 'everybody')).err).toContain(
    'customers, press, regulator',
  )
  expect((await call('08:01', 'Mei Tan', 'statement', 'list')).err).toContain('has not been investigated')
  expect((await call('08:01', 'Mei Tan', 'report', '--since', '2026-10-06T10:00:00Z')).err).toContain(
    '--since goes with --format sitrep',
  )
})
