import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run as inThisProcess } from '../../cli/fake.ts'
import { ownFolder } from '../../flow/run-breachline.ts'

// Three operators on one machine, all invented: Meridian is hit, Straits was hit by the same actor without knowing, Kinabalu was not.
const own = ownFolder('loop')
let server: ChildProcess | undefined
let address = ''

type Ended = Awaited<ReturnType<typeof inThisProcess>>

/** Only the operator that serves is a process of its own: what is tested is what passes between the three. */
const run = (args: readonly string[]): Promise<Ended> => inThisProcess(args, own.path(), new Date().toISOString())
const at = (name: string): string[] => ['--workspace', own.path(name)]
const done = async (args: readonly string[]): Promise<Ended> => {
  const ended = await run(args)
  expect([args[0], ended.code, ended.err.slice(-500)]).toEqual([args[0], 0, expect.anything()])
  return ended
}
const json = <T>(ended: Ended): T => JSON.parse(ended.out) as T

interface Pulled {
  readonly objects: number
  readonly indicators: number
  readonly rules: number
  readonly hits: readonly {
    readonly what: string
    readonly by: string
    readonly records: number
    readonly first: string
    readonly tlp?: string
    readonly pap?: string
  }[]
  readonly case?: string
  readonly reported: number
  readonly prepared: number
}
interface Truth {
  readonly operator: string
  readonly intrusion: {
    readonly entry: string
    readonly hosts: readonly string[]
    readonly accounts: readonly string[]
    readonly madeAccount: string
    readonly addresses: readonly string[]
  }
}
let truth: Truth
/** Addresses of the actor that the logs of the web server show. */
let shownThere: readonly string[] = []

function folder(name: string, operator: string, files: readonly string[]): string {
  const to = own.path(`${name}-case`)
  mkdirSync(join(to, 'logs'), { recursive: true })
  for (const file of files) cpSync(own.path('drill', 'case', 'logs', file), join(to, 'logs', file))
  writeFileSync(
    join(to, 'breachline-case.toml'),
    [
      `[case]\ntitle = "${operator} logs"\noperator = "${operator}"\nzone = "+08:00"\n`,
      // Access logs do not say whose they are.
      ...files.flatMap((file) => {
        const host = /^(.+)-access\.log$/.exec(file)?.[1]
        return host === undefined ? [] : [`[[files]]\nglob = "logs/${file}"\nrole = "logs"\nhost = "${host}"\n`]
      }),
    ].join('\n'),
  )
  return to
}

beforeAll(async () => {
  await done(['drill', 'new', '--seed', '1', '--size', '1000', '--out', own.path('drill')])
  truth = JSON.parse(readFileSync(own.path('drill', 'truth.json'), 'utf8')) as Truth
  const logs = readdirSync(own.path('drill', 'case', 'logs'))
  const web = logs
    .filter((one) => one.startsWith(truth.intrusion.entry))
    .map((one) => readFileSync(own.path('drill', 'case', 'logs', one), 'utf8'))
  shownThere = truth.intrusion.addresses.filter((one) => web.some((text) => text.includes(one))).toSorted()
  const meridian = folder('meridian', truth.operator, logs)
  cpSync(own.path('drill', 'case', 'inventory.toml'), join(meridian, 'inventory.toml'))
  await done(['investigate', meridian, ...at('meridian')])
  await done([
    'investigate',
    folder(
      'straits',
      'Straits Mobile',
      logs.filter((one) => one.startsWith(truth.intrusion.entry)),
    ),
    ...at('straits'),
  ])
  await done([
    'investigate',
    folder(
      'kinabalu',
      'Kinabalu Mobile',
      logs.filter((one) => one.startsWith('ws-')),
    ),
    ...at('kinabalu'),
  ])
}, 240_000)

afterAll(async () => {
  if (server !== undefined && server.exitCode === null) {
    const ended = new Promise((resolved) => server?.once('exit', resolved))
    server.kill('SIGINT')
    await ended
  }
  own.release()
})

test('what nobody adopted or released does not leave', async () => {
  const early = await run(['share', ...at('meridian')])
  expect(early.code).toBe(3)
  const finding = /breachline adopt (F_[0-9a-f]+)/.exec(early.err)?.[1] ?? ''
  await done(['adopt', finding, '--reason', 'Read from step 1 to the end', ...at('meridian')])
  const shown = await done(['share', ...at('meridian')])
  expect(shown.out).toContain('not released. Nothing left.')
  const out = own.path('early.json')
  const refused = await run(['share', '--format', 'stix', '--out', out, ...at('meridian')])
  expect(refused.code).toBe(3)
  expect(refused.err).toContain('no named person released')
  expect((await run(['share', '--publish', ...at('meridian')])).code).toBe(3)
  expect(existsSync(out)).toBe(false)
}, 240_000)

test('a release holds for exactly its content and marking, and names nobody of ours in any format', async () => {
  await done(['share', '--release', 'Agreed with the CISO', '--publish', ...at('meridian')])
  // Another marking is another content.
  expect((await run(['share', '--tlp', 'green', '--format', 'stix', ...at('meridian')])).code).toBe(3)
  const { hosts, accounts, entry, madeAccount } = truth.intrusion
  const kept = [...hosts, entry, ...accounts.map((one) => one.replace(/^.*\\/, '')), madeAccount, 'meridian', 'Telekom', '10.53.']
  for (const format of ['stix', 'misp', 'ocsf']) {
    const file = own.path(`share.${format}`)
    await done(['share', '--format', format, '--out', file, ...at('meridian')])
    const text = readFileSync(file, 'utf8').toLowerCase()
    expect(text.length).toBeGreaterThan(500)
    for (const word of kept) expect([format, word, text.includes(word.toLowerCase())]).toEqual([format, word, false])
  }
  // The addresses the actor came from, and the one its program spoke to.
  const stix = readFileSync(own.path('share.stix'), 'utf8')
  expect(truth.intrusion.addresses.filter((one) => stix.includes(one))).toEqual(truth.intrusion.addresses)
}, 240_000)

test('rules made from the story find records of it and nothing else in the case', async () => {
  const { view } = json<{ view: { rules: { title: string; found: number; triedOn: number; yaml: string }[] } }>(
    await done(['share', '--json', ...at('meridian')]),
  )
  expect(view.rules.length).toBeGreaterThan(3)
  for (const one of view.rules) expect(one.found).toBeGreaterThan(0)
  const rules = own.path('shared-rules.yml')
  writeFileSync(rules, view.rules.map((one) => one.yaml).join('---\n'))
  expect((await run(['rules', 'lint', rules])).code).toBe(0)
  const quiet = await run(['detect', own.path('kinabalu-case', 'logs'), '--rules', rules, '--json'])
  const ids = new Set(
    readFileSync(rules, 'utf8')
      .match(/^id: .*$/gm)
      ?.map((line) => line.slice(4)),
  )
  expect(
    quiet.out.split('\n').filter((line) => line !== '' && ids.has((JSON.parse(line) as { rule?: string }).rule ?? '')),
  ).toEqual([])
}, 240_000)

test('a peer pulls, finds the actor in its own logs at once, opens a case, and reports when a person says so', async () => {
  const { token } = json<{ token: string }>(await done(['peer', 'add', 'Straits Mobile', '--json', ...at('meridian')]))
  const second = json<{ token: string }>(await done(['peer', 'add', 'Kinabalu Mobile', '--json', ...at('meridian')]))
  writeFileSync(own.path('straits.token'), token)
  writeFileSync(own.path('kinabalu.token'), second.token)
  address = await serve()
  const refused = await run(['subscribe', address, ...at('straits')])
  expect(refused.code).toBe(3)
  expect(refused.err).toContain('refuses the token')
  const pull = ['subscribe', address, '--token-file', own.path('straits.token'), '--json', ...at('straits')]
  const first = json<Pulled>(await done(pull))
  expect(first.indicators).toBeGreaterThan(3)
  const addresses = first.hits.filter((one) => one.what.startsWith('ip ')).map((one) => one.what.slice(3))
  expect(shownThere.length).toBeGreaterThan(1)
  expect(addresses.sort()).toEqual(shownThere)
  expect(first.hits.every((one) => one.by === 'rule' || (one.tlp === 'amber' && one.pap === 'amber'))).toBe(true)
  expect(first).toMatchObject({ reported: 0 })
  expect(first.prepared).toBeGreaterThan(3)
  const shown = await done(['case', 'show', first.case ?? '', ...at('straits')])
  expect(shown.out).toContain('A hit is a lead')
  expect(shown.out).toContain('shared-')
  // Again: nothing new is pulled, no second note is written; now the sightings may go.
  const again = json<Pulled>(await done([...pull, '--report-sightings', 'Agreed among the operators']))
  expect(again).toMatchObject({ objects: 0, reported: first.prepared, prepared: 0 })
  expect(again.case).toBeUndefined()
  expect(json<Pulled>(await done(pull))).toMatchObject({ objects: 0, reported: 0, prepared: 0 })
  // They are kept for later logs, with their markings.
  const kept = json<{ hits: { indicator: string; tlp: string; pap: string; source: string }[] }>(
    await done(['hunt', '--kept', '--json', ...at('straits')]),
  )
  expect(kept.hits.find((one) => one.indicator === shownThere[0])).toMatchObject({ tlp: 'amber', source: 'An operator' })
}, 240_000)

test('a peer that was not hit sees nothing, opens no case and reports nothing', async () => {
  const pulled = json<Pulled>(
    await done([
      'subscribe',
      address,
      '--token-file',
      own.path('kinabalu.token'),
      '--report-sightings',
      'Agreed',
      '--json',
      ...at('kinabalu'),
    ]),
  )
  expect(pulled.indicators).toBeGreaterThan(3)
  expect(pulled).toMatchObject({ hits: [], reported: 0, prepared: 0 })
  expect(pulled.case).toBeUndefined()
}, 240_000)

test('the operator that shared learns who saw what, and its chain of custody names every release and export', async () => {
  const ended = new Promise((resolved) => server?.once('exit', resolved))
  server?.kill('SIGINT')
  await ended
  const { sightings } = json<{ sightings: { peer: string; sighting: { sighting_of_ref: string; count: number } }[] }>(
    await done(['peer', 'sightings', '--json', ...at('meridian')]),
  )
  expect(new Set(sightings.map((one) => one.peer))).toEqual(new Set(['Straits Mobile']))
  expect(JSON.stringify(sightings)).not.toContain(truth.intrusion.entry)
  const [id = ''] = readdirSync(own.path('meridian', 'cases'))
  expect((await done(['verify', id, ...at('meridian')])).code).toBe(0)
  const again = await done(['import', own.path('share.stix'), ...at('kinabalu')])
  expect(again.out).toContain('does not mean clean')
}, 240_000)

async function serve(): Promise<string> {
  server = spawn(process.execPath, [resolve(import.meta.dirname, '../../../bin/breachline'), 'serve', ...at('meridian')], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', BREACHLINE_NO_INSTALL: '1', ...own.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  for await (const chunk of server.stdout ?? []) {
    told += String(chunk)
    const found = /For peers: (\S+)/.exec(told)?.[1]
    if (found !== undefined && told.includes('Ctrl-C')) return found
  }
  throw new Error(`the server ended: ${told}`)
}
