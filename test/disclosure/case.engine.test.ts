import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../src/app/index.ts'
import { sha256 } from '../../src/base/index.ts'
import { custody } from '../../src/evidence/index.ts'
import { openDb } from '../../src/store/index.ts'
import { run } from '../cli/fake.ts'
import { base } from '../lookups/case.ts'
import { deskAndAnalysts, done, operatorFiles, twin } from './desk-flow.ts'

// The same investigation twice, in a workspace with a disclosure desk: the desk withholds a target, or an ordinary ticket explained it. What the two runs show
// differs in the hashes of the one file that differs, and of the chain that holds it, and in nothing else.

interface Shown {
  readonly [name: string]: string
}

/** When the answer of the desk has come. */
const afterwards = '2026-10-07T06:00:00.000Z'

let home = ''
let folder = ''
let workspace = ''
let withheld: Shown
let ticketed: Shown
let token = ''
let answer: Answer

beforeAll(async () => {
  const made = await deskAndAnalysts()
  home = made.home
  folder = join(home, 'files')
  await operatorFiles(folder)
  const go = async (name: string, contacts: string): Promise<Shown> => {
    const caseFolder = join(home, 'case')
    rmSync(caseFolder, { recursive: true, force: true })
    cpSync(join(folder, 'audit'), join(caseFolder, 'audit'), { recursive: true })
    mkdirSync(join(caseFolder, 'explain'))
    copyFileSync(join(folder, contacts), join(caseFolder, 'explain/contacts.csv'))
    writeFileSync(
      join(caseFolder, 'breachline-case.toml'),
      `[case]\nid = "reads"\ntitle = "Reads"\noperator = "Meridian Telekom"\ncountry = "MY"\nzone = "+08:00"\nopened = "2026-10-01T00:00:00Z"\n
[[files]]\nglob = "audit/*.csv"\nrole = "audit"\n[[files]]\nglob = "explain/*.csv"\nrole = "explain"\n`,
    )
    writeFileSync(join(caseFolder, 'inventory.toml'), `[[subscriber_base]]\ncount = ${base}\nas_of = "2026-01-01"\n`)
    const [desk, own] = [twin(made.desk, name), twin(made.workspace, name)]
    workspace = own
    const [request, parcel] = [join(home, `${name}.request`), join(home, `${name}.answer`)]
    const atDesk = ['--workspace', desk, '--as', 'Farah Idris']
    const mine = ['--workspace', own, '--as', 'Aisha Rahman']
    await done(home, ['investigate', caseFolder, ...mine])
    await done(home, ['disclosure', 'hand-over', '--case', 'reads', '--out', request, ...mine])
    const state = JSON.parse(
      (await done(home, ['disclosure', 'receive', request, '--orders', join(folder, 'orders.csv'), '--json', ...atDesk])).out,
    ) as {
      items: { n: number; token: string; orders: unknown[] }[]
    }
    for (const one of state.items.filter((each) => each.orders.length > 0)) {
      token = one.token
      await done(home, ['disclosure', 'withhold', String(one.n), '--reason', 'order in force', ...atDesk])
    }
    await done(home, ['disclosure', 'release', '--without-order', '--reason', 'no order in force', ...atDesk])
    await done(home, ['disclosure', 'answer', '--out', parcel, ...atDesk])
    await done(home, ['disclosure', 'accept', parcel, ...mine])
    const again = ['--json', ...mine]
    const investigated = (await done(home, ['investigate', caseFolder, ...again], afterwards)).out
    answer = JSON.parse(investigated) as Answer
    const db = openDb(join(own, 'cases/reads/case.db'), [], { readonly: true })
    // What the entry on the one file that differs says of its bytes is left out; that it was acquired, when and by whom is not.
    const ofBytes = { acquisitionId: '', blocks: '', sha256: '' }
    const entries = custody(db).map(({ seq, at, act, exhibit, by, detail }) => {
      const differs = JSON.stringify(detail).includes('explain/contacts.csv')
      return { seq, at, act, exhibit, by, detail: differs ? { ...detail, ...ofBytes } : detail }
    })
    db.close()
    const contactsHash = sha256(readFileSync(join(caseFolder, 'explain/contacts.csv')))
    const chain = (): string[] => {
      const read = openDb(join(own, 'cases/reads/case.db'), [], { readonly: true })
      const hashes = custody(read).map((one) => one.hash)
      read.close()
      return hashes
    }
    const masked = (text: string, head: readonly string[]): string =>
      [...head, contactsHash].reduce((all, hash) => all.replaceAll(hash, 'HASH').replaceAll(hash.slice(0, 16), 'HASH'), text)
    const shown: Record<string, string> = { investigated, ledger: JSON.stringify(entries) }
    shown['acts'] = readActs(own)
    for (const format of ['json', 'html', 'sitrep'])
      shown[`report ${format}`] = (await done(home, ['report', '--case', 'reads', '--format', format, ...mine], afterwards)).out
    shown['case'] = (await done(home, ['case', 'show', 'reads', ...again], afterwards)).out
    const head = chain()
    return Object.fromEntries(Object.entries(shown).map(([key, text]) => [key, masked(text, head)]))
  }
  ticketed = await go('ticketed', 'ticketed/contacts.csv')
  withheld = await go('withheld', 'explain/contacts.csv')
}, 300_000)

function readActs(own: string): string {
  const db = openDb(join(own, 'acts.db'), [], { readonly: true })
  try {
    return JSON.stringify(custody(db).map(({ seq, at, act, by, detail }) => ({ seq, at, act, by, detail })))
  } finally {
    db.close()
  }
}

test('findings, page data, reports, ledger and acts are the same bytes', () => {
  expect(token).not.toBe('')
  expect(answer.lookups?.watched.length).toBeGreaterThan(0)
  for (const name of Object.keys(withheld)) {
    expect(withheld[name], name).not.toContain(token)
    expect(withheld[name], name).toBe(ticketed[name])
  }
})

test('rows open for what was released, without their neighbours, and for nothing else', async () => {
  const mine = ['--case', 'reads', '--workspace', workspace, '--as', 'Aisha Rahman', '--json']
  const cite = answer.lookups?.watched[0]?.cites.find((one) => one.kind === 'exhibit' && one.file.endsWith('cdr.log'))
  expect(cite?.kind).toBe('exhibit')
  const exhibits = (JSON.parse(withheld['case'] ?? '{}') as { exhibits: { id: string; file: string }[] }).exhibits
  const log = exhibits.find((one) => one.file.endsWith('cdr.log'))?.id ?? ''
  const n = cite?.kind === 'exhibit' && 'n' in cite.at ? Number(cite.at.n) : 0
  const opened = await run(['case', 'show', 'reads', '--cite', `${log} record ${n}`, ...mine.slice(2)], home)
  expect(opened.err).toBe('')
  expect(JSON.parse(opened.out)).toMatchObject({ lines: [{ cited: true }] })
  // Of the file as a whole nothing of its rows is shown.
  const whole = await run(['case', 'show', 'reads', '--cite', log, ...mine.slice(2)], home)
  expect(JSON.parse(whole.out)).toMatchObject({ exhibit: { number: log }, lines: [] })
  const cited = new Set(
    answer.lookups?.watched.flatMap((one) =>
      one.cites.map((each) => (each.kind === 'exhibit' && 'n' in each.at ? Number(each.at.n) : 0)),
    ),
  )
  const other = Array.from({ length: 21 }, (_, at) => at + 1).find((one) => !cited.has(one)) ?? 0
  const refused = await run(['case', 'show', 'reads', '--cite', `${log} record ${other}`, ...mine.slice(2)], home)
  expect(refused.code).toBe(3)
  expect(refused.err).toContain('disclosure desk')
})
