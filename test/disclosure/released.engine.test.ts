import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { DeskState } from '../../src/app/index.ts'
import type { LookupReview } from '../../src/lookups/index.ts'
import { run } from '../cli/fake.ts'
import { deskAndAnalysts, done, operatorFiles, reviewArgs, twin } from './desk-flow.ts'

// Three targets read covertly by six accounts. One of them has a lawful order: in one run the desk withholds it, in the other an ordinary ticket explained it.

interface Seen {
  readonly before: string
  readonly after: string
  readonly state: DeskState
  readonly workspace: string
  readonly request: number
}

let home = ''
let folder = ''
let target = ''
let withheld: Seen
let ticketed: Seen

beforeAll(async () => {
  const made = await deskAndAnalysts()
  home = made.home
  folder = join(home, 'files')
  target = (await operatorFiles(folder)).target
  const go = async (name: string, contacts: string): Promise<Seen> => {
    // The same path for both runs: cites carry the path as given.
    const given = join(home, `given-${name}`, 'contacts.csv')
    mkdirSync(join(home, `given-${name}`))
    copyFileSync(join(folder, contacts), given)
    const [desk, workspace] = [twin(made.desk, name), twin(made.workspace, name)]
    const [request, answer] = [join(home, `${name}.request`), join(home, `${name}.answer`)]
    const review = reviewArgs({ folder, contacts: given, workspace })
    const atDesk = ['--workspace', desk, '--as', 'Farah Idris']
    const asAnalyst = ['--workspace', workspace, '--as', 'Aisha Rahman']
    const before = (await done(home, review)).out
    await done(home, ['disclosure', 'hand-over', '--out', request, ...asAnalyst])
    const state = JSON.parse(
      (await done(home, ['disclosure', 'receive', request, '--orders', join(folder, 'orders.csv'), '--json', ...atDesk])).out,
    ) as DeskState
    const named = state.items.filter((one) => one.orders.length > 0)
    for (const one of named) await done(home, ['disclosure', 'withhold', String(one.n), '--reason', 'order in force', ...atDesk])
    expect((await run(['disclosure', 'answer', ...atDesk], home)).err).toContain('for a decision')
    await done(home, ['disclosure', 'release', '--without-order', '--reason', 'no order in force', ...atDesk])
    await done(home, ['disclosure', 'answer', '--out', answer, ...atDesk])
    await done(home, ['disclosure', 'accept', answer, ...asAnalyst])
    return { before, after: (await done(home, review)).out, state, workspace, request: statSync(request).size }
  }
  withheld = await go('withheld', 'explain/contacts.csv')
  ticketed = await go('ticketed', 'ticketed/contacts.csv')
}, 240_000)

test('before an answer nobody flagged is shown, and the two runs show the same bytes', () => {
  expect((JSON.parse(withheld.before) as LookupReview).watched).toEqual([])
  expect(withheld.before).toBe(ticketed.before)
  expect(withheld.request).toBe(ticketed.request)
})

test('the desk alone sees which flagged pseudonym an order names', () => {
  const named = withheld.state.items.filter((one) => one.orders.length > 0)
  expect(named).toHaveLength(1)
  expect(named[0]?.flagged?.days).toBeGreaterThan(2)
  expect(named[0]?.orders[0]).toMatchObject({ reference: 'W-1', authority: 'Court of Meridian' })
  expect(ticketed.state.items.some((one) => one.flagged?.token === named[0]?.token)).toBe(false)
  expect(JSON.stringify(withheld.state)).not.toContain(target.slice(1))
})

test('what is withheld and what an ordinary ticket explained are the same bytes: review, numbers, power, notes', () => {
  const review = JSON.parse(withheld.after) as LookupReview
  const token = withheld.state.items.find((one) => one.orders.length > 0)?.token ?? 'none'
  expect(review.watched.length).toBeGreaterThan(0)
  expect(withheld.after).not.toContain(token)
  expect(withheld.after).toBe(ticketed.after)
})

test('nothing kept by the analysts says what was withheld: acts, and the file of what was released', () => {
  const token = withheld.state.items.find((one) => one.orders.length > 0)?.token ?? 'none'
  for (const name of ['acts.db', 'discretion.db', 'disclosure/files.parcel']) {
    const bytes = readFileSync(join(withheld.workspace, name))
    expect(bytes.includes(token)).toBe(false)
    expect(bytes.includes(target.slice(1))).toBe(false)
  }
})
