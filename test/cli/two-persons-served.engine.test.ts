import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signingAgent } from '../../src/cli/signing-agent.ts'
import { loadKey } from '../../src/evidence/index.ts'
import { makeKey, signerOf } from '../../src/evidence/signing-key.ts'
import { breachline, ownFolder } from '../flow/run-breachline.ts'
import { smallClaim } from './claim-case.ts'
import { fakePeer } from './fake-peer.ts'
import { run } from './fake.ts'
import { serving, type Serving } from './serving.ts'

// Aisha Rahman serves; Daniel Tan's key is in a folder that the process that serves never sees.
const own = ownFolder('two-persons')
const dpo = 'Aisha Rahman'
const lead = 'Daniel Tan'
const workspace = own.path('workspace')
let server: Serving | undefined
let id = ''

/** Gives a command in this process, with the keys of one folder. */
const as = (home: string, ...args: string[]): ReturnType<typeof run> =>
  run([...args, '--workspace', workspace], own.path(home), new Date().toISOString())
const ok = async (home: string, ...args: string[]): Promise<string> => {
  const ended = await as(home, ...args)
  expect([args.join(' '), ended.code, ended.err]).toEqual([args.join(' '), 0, expect.not.stringContaining('breachline:')])
  return ended.out
}
const says = async (home: string, code: number, text: string, ...args: string[]): Promise<void> => {
  const ended = await as(home, ...args)
  expect([args.join(' '), ended.code, ended.err]).toEqual([args.join(' '), code, expect.stringContaining(text)])
}

interface Signed {
  readonly seq: number
  readonly act: string
  readonly by: readonly { readonly name: string; readonly fingerprint: string }[]
}

/** The last entry of a chain of custody. */
function lastEntry(path: string): Signed {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const row = db.prepare('SELECT seq, act, by FROM custody ORDER BY seq DESC LIMIT 1').get() as {
      seq: number
      act: string
      by: string
    }
    return { seq: row.seq, act: row.act, by: JSON.parse(row.by) as Signed['by'] }
  } finally {
    db.close()
  }
}
const caseDb = (): string => own.path('workspace', 'cases', id, 'case.db')

beforeAll(async () => {
  const folder = smallClaim(own.path('claim'))
  for (const [home, name] of [
    ['dpo', dpo],
    ['lead', lead],
  ] as const)
    expect((await run(['key', 'new', name, '--role', 'analyst'], own.path(home))).code).toBe(0)
  await ok('dpo', 'investigate', folder)
  id = readdirSync(own.path('workspace', 'cases'))[0] ?? ''
  writeFileSync(own.path('workspace', 'breachline.toml'), 'reidentify = "two"\n')
  server = await serving(workspace, dpo, { BREACHLINE_KEYS: own.path('dpo', 'keys'), TZ: 'UTC' })
}, 400_000)

afterAll(async () => {
  await server?.stop()
  own.release()
})

test('one asks, the other approves, each with their own key; the same person twice is refused, as without a server', async () => {
  const other = loadKey({ directory: own.path('lead', 'keys'), name: lead })
  const { exhibits } = JSON.parse(await ok('dpo', 'case', 'show', id, '--json')) as {
    exhibits: { id: string; file: string }[]
  }
  const sample = exhibits.find(({ file }) => file.endsWith('sample.csv'))?.id ?? ''
  const cite = ['case', 'show', id, '--cite', `${sample} row 2`, '--purpose', 'To warn them']
  await says('dpo', 4, 'asked as Q1', ...cite)
  await says('dpo', 3, 'this very key', 'reidentify', 'approve', 'Q1', '--reason', 'mine')
  expect(await ok('lead', 'reidentify', 'approve', 'Q1', '--reason', 'They must be warned')).toContain('Q1 approved')
  expect(lastEntry(own.path('workspace', 'acts.db'))).toMatchObject({
    act: 're-identification-approved',
    by: [{ name: lead, role: 'analyst', fingerprint: other.fingerprint }],
  })
  expect(await ok('dpo', 'reidentify', 'list')).toContain(`approved by ${lead}`)
  await ok('dpo', ...cite)

  await ok('dpo', 'affected', 'approve', '--purpose', 'Letters', '--reason', 'Checked')
  await says('dpo', 3, 'who also exports', 'affected', 'export', '--out', own.path('told.csv'))
  await ok('lead', 'affected', 'export', '--out', own.path('told.csv'))
  expect(lastEntry(caseDb())).toMatchObject({ act: 'exported', by: [{ name: lead, fingerprint: other.fingerprint }] })
  expect(readFileSync(own.path('told.csv'), 'utf8')).toContain('7000000')
  expect(await ok('dpo', 'verify', id)).toContain('whole')
}, 400_000)

test('a key under a second name is no second person', async () => {
  for (const [from, to] of [
    ['dpo', 'dpo-again'],
    ['lead', 'lead-again'],
  ] as const) {
    cpSync(own.path(from, 'keys'), own.path(to, 'keys'), { recursive: true })
    const folder = readdirSync(own.path(to, 'keys')).find((one) => one !== 'tokens') ?? ''
    const file = own.path(to, 'keys', folder, 'person.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"name": "[^"]+"/, '"name": "Farid Hamzah"'))
  }
  // Nor is another key under the name of who serves that person.
  expect((await run(['key', 'new', dpo], own.path('impostor'))).code).toBe(0)
  const before = lastEntry(caseDb())
  await says('impostor', 3, 'one key is one person', 'note', 'As somebody else', '--case', id)
  await says('dpo-again', 3, 'one key is one person', 'note', 'Somebody else', '--case', id)
  await says('lead-again', 3, `stands in this chain as that of "${lead}"`, 'note', 'Somebody else', '--case', id)
  expect(lastEntry(caseDb())).toEqual(before)
}, 400_000)

test('a name without its key, a key without the token, a foreign signature: nobody is let in, nothing is written', async () => {
  const before = lastEntry(caseDb())
  const { port, token } = server as Serving
  const stranger = makeKey({ name: 'Mei Tan', role: 'analyst' })
  const wrong = makeKey({ name: 'Mei Tan', role: 'analyst' })
  const agent = await signingAgent(signerOf({ ...wrong.person, privateKey: wrong.privateKey }), () => new Date().toISOString())
  const person = {
    name: 'Mei Tan',
    role: 'analyst',
    publicKey: stranger.person.publicKey,
    port: agent.port,
    secret: agent.secret,
  }
  const ask = async (
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` },
  ): Promise<{ status: number; code: string }> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const { error } = (await response.json()) as { error?: { code: string } }
    return { status: response.status, code: error?.code ?? '' }
  }
  try {
    expect(await ask('/api/signers', person)).toEqual({ status: 400, code: 'signer-silent' })
    expect(await ask('/api/signers', person, {})).toEqual({ status: 401, code: 'not-let-in' })
    expect(await ask('/api/signers', { ...person, publicKey: 'x' })).toEqual({ status: 400, code: 'key-unreadable' })
    expect(await ask('/api/signers', { ...person, secret: 'short' })).toEqual({ status: 400, code: 'request-wrong' })
    // Nothing listens there.
    expect(await ask('/api/signers', { ...person, port: 1 })).toEqual({ status: 400, code: 'signer-silent' })
    const notes = `/api/cases/${id}/notes`
    const headers = { authorization: `Bearer ${token}`, 'x-breachline-signer': 'a'.repeat(43) }
    expect(await ask(notes, { text: 'As nobody' }, headers)).toEqual({ status: 404, code: 'signer-unknown' })
    expect(await ask(notes, { text: 'No token' }, { 'x-breachline-signer': 'a'.repeat(43) })).toMatchObject({ status: 401 })

    // The page's cookie lets nobody act for others, nor have files of this machine read.
    const opened = await fetch(server?.link ?? '', { redirect: 'manual' })
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect([opened.status, cookie]).toEqual([303, expect.stringContaining('breachline=')])
    expect(await ask(notes, { text: 'From the page' }, { cookie })).toEqual({ status: 200, code: '' })
    expect(await ask('/api/signers', person, { cookie })).toEqual({ status: 401, code: 'not-let-in' })
    const intake = { kind: 'file', file: '/etc/hostname', format: 'stix' }
    expect(await ask('/api/cases/-/intake', intake, { cookie })).toEqual({ status: 401, code: 'not-let-in' })
    // Nor does a command's token count beside a wrong one for whom it acts.
    expect(await ask(notes, { text: 'From the page' }, { cookie, 'x-breachline-signer': '' })).toEqual({
      status: 404,
      code: 'signer-unknown',
    })
  } finally {
    agent.close()
  }
  expect(lastEntry(caseDb())).toMatchObject({ seq: before.seq + 1, act: 'note', by: [{ name: dpo }] })
}, 60_000)

test('a key that goes away in the middle leaves nothing half written, and the server goes on', async () => {
  const { port, token } = server as Serving
  const made = makeKey({ name: 'Mei Tan', role: 'analyst' })
  const agent = await signingAgent(signerOf({ ...made.person, privateKey: made.privateKey }), () => new Date().toISOString())
  const post = (path: string, body: unknown, signer?: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(signer === undefined ? {} : { 'x-breachline-signer': signer }),
      },
      body: JSON.stringify(body),
    })
  const { publicKey } = made.person
  const admitted = await post('/api/signers', {
    name: 'Mei Tan',
    role: 'analyst',
    publicKey,
    port: agent.port,
    secret: agent.secret,
  })
  const { signer } = (await admitted.json()) as { signer: string }
  expect((await post(`/api/cases/${id}/notes`, { text: 'Read the post' }, signer)).status).toBe(200)
  const before = lastEntry(caseDb())
  expect(before.by).toMatchObject([{ name: 'Mei Tan', fingerprint: made.person.fingerprint }])
  agent.close()
  const gone = await post(`/api/cases/${id}/notes`, { text: 'Nobody signs this' }, signer)
  expect([gone.status, await gone.json()]).toMatchObject([400, { error: { code: 'signer-silent', exitCode: 4 } }])
  expect(lastEntry(caseDb())).toEqual(before)
  expect((await post(`/api/cases/${id}/notes`, { text: 'By who serves' })).status).toBe(200)
  expect(await ok('dpo', 'verify', id)).toContain('whole')
}, 120_000)

test('refusals end with the code they have without a server', async () => {
  const refused: readonly (readonly [number, ...string[]])[] = [
    [2, 'note', 'x', '--case', 'Not An Id'],
    [3, 'note', 'x', '--case', 'unknown'],
    [2, 'playbook', 'start', 'unknown', '--case', id],
    [3, 'notice', 'show', 'notice-9', '--case', id],
  ]
  const { port } = server as Serving
  const through: (readonly [number | null, string])[] = []
  for (const [, ...args] of refused) {
    const { code, err } = await as('dpo', ...args)
    through.push([code, err])
  }
  await server?.stop()
  for (const [at, [wanted, ...args]] of refused.entries()) {
    const { code, err } = await as('dpo', ...args)
    expect([args.join(' '), code, ...(through[at] ?? [])]).toEqual([args.join(' '), wanted, wanted, err])
  }
  server = await serving(workspace, dpo, { BREACHLINE_KEYS: own.path('dpo', 'keys'), TZ: 'UTC' })
  expect(server.port).not.toBe(port)
}, 400_000)

test('a bundle and a peer are taken in through the server, in the name of who asks; Ctrl-C stops them there', async () => {
  const bundle = own.path('october.stix.json')
  const indicator = {
    type: 'indicator',
    spec_version: '2.1',
    id: 'indicator--7b2f1a5e-3c8d-4a01-9d5e-0c1b2a3f4d5e',
    created: '2026-10-01T00:00:00.000Z',
    modified: '2026-10-01T00:00:00.000Z',
    name: 'Address of the way in',
    pattern: "[ipv4-addr:value = '203.0.113.9']",
    pattern_type: 'stix',
    valid_from: '2026-10-01T00:00:00Z',
  }
  writeFileSync(
    bundle,
    JSON.stringify({ type: 'bundle', id: 'bundle--7b2f1a5e-3c8d-4a01-9d5e-0c1b2a3f4d5e', objects: [indicator] }),
  )
  const read = await as('lead', 'import', bundle, '--json')
  expect([read.code, read.err]).toEqual([0, expect.not.stringContaining('in use')])
  expect(JSON.parse(read.out)).toMatchObject({ objects: 1, indicators: 1, kept: 1, whole: true })
  await says('dpo', 3, 'is no file', 'import', own.path('nowhere.json'))

  const peer = await fakePeer(indicator)
  try {
    const pulled = await as('dpo', 'subscribe', peer.url, '--json')
    expect([pulled.code, pulled.err]).toEqual([0, expect.stringContaining('asking the peer')])
    expect(JSON.parse(pulled.out)).toMatchObject({ objects: 1, pages: 1, collection: 'Released' })
    peer.hold()
    const stopped = await breachline(['subscribe', peer.url, '--workspace', workspace], {
      env: { BREACHLINE_KEYS: own.path('dpo', 'keys'), TZ: 'UTC' },
      onErrLine: (line, signal) => {
        if (line.includes('asking the peer')) void peer.asked.then(() => signal('SIGINT'))
      },
    })
    expect([stopped.code, stopped.err]).toEqual([130, expect.stringContaining('stopped')])
    // The process that serves let the peer go, and takes the next one.
    await peer.left
    await ok('dpo', 'import', bundle)

    // The server stops in the middle of a pull: both end, and the workspace is free.
    const cut = as('dpo', 'subscribe', peer.url)
    await peer.askedAgain
    await server?.stop()
    expect(await cut).toMatchObject({ code: 4, err: expect.stringContaining('ended before the work was done') })
    await ok('dpo', 'case', 'list')
  } finally {
    peer.close()
  }
}, 400_000)
