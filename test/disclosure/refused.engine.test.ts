import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { run, scratch } from '../cli/fake.ts'
import { done, operatorFiles, reviewArgs } from './desk-flow.ts'

// Logs of lawful interception and disclosure in an ordinary workspace: refused, said what to do, nothing of them kept.

let home = ''
let workspace = ''
let folder = ''
const mine = (): string[] => ['--workspace', workspace, '--as', 'Aisha Rahman']

beforeAll(async () => {
  home = scratch()
  workspace = join(home, 'workspace')
  folder = join(home, 'files')
  await operatorFiles(folder)
  await done(home, ['key', 'new', 'Aisha Rahman'])
}, 60_000)

test('D3, D4: reasons that are orders are refused whole, with what to do', async () => {
  const contacts = join(home, 'mixed.csv')
  writeFileSync(
    contacts,
    `${readFileSync(join(folder, 'explain/contacts.csv'), 'utf8')}+60123000013,2026-01-05T10:00:00+08:00,legal,,,W-1\n`,
  )
  const refused = await run(reviewArgs({ folder, contacts, workspace }), home)
  expect(refused.code).toBe(3)
  expect(refused.err).toContain('reasons that are lawful orders')
  expect(refused.err).toContain('disclosure desk')
  expect(refused.err).not.toContain('W-1')
})

test('D3: a register in a case folder, loose or packed, is refused and leaves no exhibit; the other files are read', async () => {
  const given = join(home, 'case')
  rmSync(given, { recursive: true, force: true })
  cpSync(join(folder, 'audit'), join(given, 'audit'), { recursive: true })
  mkdirSync(join(given, 'orders'))
  const register = readFileSync(join(folder, 'orders.csv'))
  writeFileSync(join(given, 'orders/register.csv'), register)
  writeFileSync(join(given, 'orders/packed.csv.gz'), gzipSync(register))
  const { code, out } = await run(
    ['investigate', given, '--case', 'refused', '--role', 'audit/crm.csv=audit', '--role', 'orders/*=audit', '--json', ...mine()],
    home,
  )
  expect([0, 10]).toContain(code)
  const { faults } = JSON.parse(out) as { faults: { kept: { code: string; where: { file: string } }[] } }
  const refused = faults.kept.filter((one) => one.code === 'lawful-disclosure-refused').map((one) => one.where.file)
  expect(refused.map((name) => name.split('/').slice(0, 2).join('/')).sort()).toEqual([
    'orders/packed.csv.gz',
    'orders/register.csv',
  ])
  expect(out).not.toContain('W-1')
  const { exhibits } = JSON.parse((await done(home, ['case', 'show', 'refused', '--json', ...mine()])).out) as {
    exhibits: object[]
  }
  expect(JSON.stringify(exhibits)).toContain('crm.csv')
  expect(JSON.stringify(exhibits)).not.toContain('orders/')
  const kept = readdirSync(join(workspace, 'cases/refused/evidence'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  for (const one of kept) expect(readFileSync(join(one.parentPath, one.name)).includes('Court of Meridian')).toBe(false)
}, 60_000)

test('an article that speaks of interception is a claim, and is read', async () => {
  const article = join(home, 'article.md')
  writeFileSync(
    article,
    '# Wiretap systems read\n\nThe intruders reached the LEMF and the ADMF of Meridian Telekom, the operator said on 2026-09-01. 4,000 warrant records were taken.\n',
  )
  const { err } = await run(['claim', 'read', article, '--json'], home)
  expect(err).not.toContain('refused')
})

test('the workspace of a desk takes no other work, and an ordinary one reads no orders', async () => {
  const desk = join(home, 'desk')
  await done(home, [
    'disclosure',
    'open',
    'Disclosure desk',
    '--workspace',
    desk,
    '--as',
    'Aisha Rahman',
    '--card',
    join(home, 'desk.json'),
  ])
  const other = await run(['investigate', folder, '--workspace', desk], home)
  expect(other.code).toBe(2)
  expect(other.err).toContain('workspace of a disclosure desk')
  expect(existsSync(join(desk, 'cases'))).toBe(false)
  await done(home, ['key', 'new', 'Daniel Tan'])
  const stranger = await run(
    ['disclosure', 'receive', 'x.parcel', '--orders', join(folder, 'orders.csv'), '--workspace', desk, '--as', 'Daniel Tan'],
    home,
  )
  expect(stranger.err).toContain('Daniel Tan is not on the card')
  const ordinary = await run(['disclosure', 'receive', 'x.parcel', '--orders', join(folder, 'orders.csv'), ...mine()], home)
  expect(ordinary.err).toContain('is no workspace of a disclosure desk')
  expect((await run(['disclosure', 'open', 'Desk', ...mine()], home)).err).toContain('a folder of its own')
})
