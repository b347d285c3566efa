import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepExposure, whatStandsOpen } from '../../src/app/exposure-kept.ts'
import { exposureView } from '../../src/app/exposure-view.ts'
import { sha256 } from '../../src/base/index.ts'
import type { OpenHole } from '../../src/exposure/index.ts'

let directory: string
const workspace = { path: (...parts: readonly string[]) => join(directory, ...parts) }

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'breachline-exposure-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const source = { kind: 'list', name: 'Invented list', file: 'list.txt', sha256: 'a'.repeat(64), date: '2026-10-01' } as const

function hole(cve: string): OpenHole {
  return {
    cve,
    title: cve,
    product: 'product:vpn',
    revision: 1,
    name: 'Edge VPN',
    status: 'affected',
    grounds: [{ source, entry: 1, basis: 'cpe', status: 'affected', why: '9.1 is below 9.2' }],
    exploited: true,
    ransomware: false,
    actions: [],
    exposedBy: ['endpoint:vpn'],
    path: [],
    data: [],
  }
}

/** A page as it was taken, in the form in which the workspace keeps it. Invented. */
function taken(url: string, at: string, html: string): void {
  const folder = workspace.path('pages', `${new URL(url).host}-${sha256(url).slice(0, 12)}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'page.json'), JSON.stringify({ url }))
  const stem = join(folder, at.replaceAll(/[:.]/g, '-'))
  writeFileSync(`${stem}.html`, html)
  writeFileSync(
    `${stem}.json`,
    JSON.stringify({ url, answeredBy: url, status: 200, headers: {}, at, sha256: sha256(html), bytes: html.length }),
  )
}

test('never asked and nothing watched: nothing is shown, and nothing is weighed', () => {
  expect(exposureView(workspace)).toEqual({ pages: [] })
  expect(whatStandsOpen(workspace)).toEqual({})
})

test('what is kept of a comparison is shown with its sources and counts; the assessment weighs the holes alone', () => {
  const open = Array.from({ length: 600 }, (_, n) => hole(`CVE-2026-${10_000 + n}`))
  const excluded = [{ cve: 'CVE-2026-1', product: 'product:db', why: 'fixed in 3', source, entry: 2 }]
  const at = '2026-10-08T01:00:00.000000Z'
  keepExposure(workspace, { open, excluded, unmatched: [], unnamed: [], products: 4, advisories: 700, at, sources: [source] })
  const { exposure } = exposureView(workspace)
  expect(exposure?.open).toHaveLength(500)
  expect(exposure).toMatchObject({ at, products: 4, found: { open: 600, excluded: 1 }, excluded, sources: [source] })
  expect(Object.keys(whatStandsOpen(workspace).exposure ?? {})).toEqual(['open'])
})

test('what was kept before sources were told is still shown', () => {
  writeFileSync(workspace.path('exposure.json'), JSON.stringify({ open: [hole('CVE-2026-2')] }))
  expect(exposureView(workspace).exposure?.open).toHaveLength(1)
  expect(exposureView(workspace).exposure?.sources).toBeUndefined()
})

test('the last state of a page stands beside the one before it, as words, with what became of it', () => {
  const words = 'Queue at our branches: take a ticket, choose your branch, see how long it takes until your turn comes today.'
  const page = (title: string, text: string): string =>
    `<html><head><title>${title}</title><script>steal()</script></head><body><p>${text}</p></body></html>`
  const url = 'https://queue.meridian.example/'
  taken(url, '2026-09-01T00:00:00.000000Z', page('Queue', words))
  expect(exposureView(workspace).pages[0]?.change).toBeUndefined()
  taken(url, '2026-10-06T00:00:00.000000Z', page('Hacked', `Hacked by GREY KESTREL ${'and more '.repeat(200)}`))
  const [one] = exposureView(workspace).pages
  expect(one?.taken.map(({ at }) => at)).toEqual(['2026-09-01T00:00:00.000000Z', '2026-10-06T00:00:00.000000Z'])
  expect(one?.change).toMatchObject({
    kind: 'defacement',
    before: { title: 'Queue', more: false },
    after: { title: 'Hacked', more: true },
  })
  expect(one?.change?.before.words).toContain('take a ticket')
  expect(JSON.stringify(one)).not.toMatch(/steal|</)
})
