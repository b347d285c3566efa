import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { pictureFiles } from '../../src/app/index.ts'
import { matchCopies } from '../../src/app/picture-copies.ts'
import { screensOf } from '../../src/app/picture-estate.ts'
import { editingOf } from '../../src/app/picture-marks.ts'
import { matchSystems } from '../../src/app/picture-match.ts'
import { keepPictures, knownPictures, seenBefore } from '../../src/app/picture-seen.ts'
import type { PictureShown } from '../../src/claims/index.ts'
import { inventoryToml, readInventoryToml } from '../../src/inventory/index.ts'

const inventory = `
[[system]]
id = "crm"
name = "Customer Desk"
hosts = ["crm-01.meridian.example"]
screen_labels = ["Account No", "Rate Plan", "Line Status", "Dealer code", "Campaigns", "Contracts"]
[[system]]
id = "noc"
name = "Alarm Console"
hosts = ["noc-01.meridian.example"]
screen_labels = ["Severity", "Raised At", "Network Element", "Probable Cause", "Occurrences", "Topology"]
`
const systems = screensOf(readInventoryToml(inventory, 'inventory.toml').entries)

const region = { x: 10, y: 20, width: 100, height: 12 }

function shownWith(labels: readonly string[], more: Partial<PictureShown> = {}): PictureShown {
  return {
    programs: [],
    hosts: [],
    users: [],
    values: [],
    labels: labels.map((text) => ({ text, region, certainty: 90, as: 'column' })),
    ...more,
  }
}

const crmPage = ['Account No', 'Rate Plan', 'Line Status', 'Contracts', 'Home City']

test('a system whose labels were read can show the picture, one whose were not cannot', () => {
  const { answer, systems: matches } = matchSystems(shownWith(crmPage), systems)
  expect(answer).toMatchObject({ kind: 'ours', systems: ['crm'] })
  expect(matches.map((one) => [one.system, one.can])).toEqual([
    ['crm', 'can show'],
    ['noc', 'cannot show'],
  ])
  expect(matches[0]?.reasons[0]?.text).toBe('4 of 5 labels read are among the 6 stated for it.')
  expect(matches[0]?.reasons[0]?.places).toHaveLength(4)
})

test('labels of nobody are none of ours, but only where every system is described', () => {
  const foreign = ['Turbines', 'Pumps', 'Tank level', 'Shift log', 'Severity', 'Output now']
  expect(matchSystems(shownWith(foreign), systems).answer.kind).toBe('none of ours')
  const undescribed = { id: 'erp', name: 'Ledger', entry: 'system:erp', revision: 1, hosts: [], names: ['Ledger'], labels: [] }
  const { answer } = matchSystems(shownWith(foreign), [...systems, undescribed])
  expect(answer.kind).toBe('open')
  expect(answer.text).toContain('Ledger')
})

test('a few common words name and exclude nothing', () => {
  expect(matchSystems(shownWith(['Search', 'Status', 'Name']), systems).answer.kind).toBe('open')
  expect(matchSystems(shownWith([]), systems).answer.kind).toBe('open')
  expect(matchSystems(shownWith(crmPage), []).answer).toMatchObject({ kind: 'open', systems: [] })
})

test('our labels under an address of another domain leave it open', () => {
  const host = { kind: 'host', text: 'crm-01.harrow.example', region, certainty: 90, inUrl: true } as const
  const { answer, systems: matches } = matchSystems(shownWith(crmPage, { hosts: [host] }), systems)
  expect(answer.kind).toBe('open')
  expect(answer.text).toContain('crm-01.harrow.example')
  expect(matches.some((one) => one.can === 'can show')).toBe(false)
  const ours = { ...host, text: 'crm-09.meridlan.example' }
  expect(matchSystems(shownWith(crmPage, { hosts: [ours] }), systems).answer.kind).toBe('ours')
})

test('copies are compared by headings of columns', () => {
  const copies = [
    {
      copy: 'crm-2026-03',
      holder: 'Meridian Telekom',
      system: 'CRM',
      columns: ['account_no', 'customer_name', 'msisdn', 'city'],
    },
    { copy: 'cdr-2026-03', holder: 'Meridian Telekom', system: 'CDR', columns: ['a_number', 'b_number', 'started', 'seconds'] },
  ]
  const shown = shownWith(['Account No', 'Customer Name', 'MSISDN', 'Home City'])
  expect(matchCopies(shown, copies).map((one) => [one.copy, one.can, one.places.length])).toEqual([
    ['crm-2026-03', 'can show', 4],
    ['cdr-2026-03', 'cannot show', 0],
  ])
  expect(matchCopies(shownWith(['MSISDN']), copies).map((one) => one.can)).toEqual(['not known', 'not known'])
})

test('marks of editing: a named editor, a change after taking; a program that only takes pictures is none', () => {
  const mark = (what: 'software' | 'taken' | 'changed', text: string) => ({ what, from: 'exif', text }) as const
  expect(editingOf({ marks: [mark('software', 'Adobe Photoshop 25.0')] }).kind).toBe('marked')
  expect(editingOf({ marks: [mark('taken', '2026:03:01 10:00:00'), mark('changed', '2026:03:02 10:00:00')] }).kind).toBe('marked')
  expect(editingOf({ marks: [mark('taken', '2026:03:01 10:00:00'), mark('changed', '2026:03:01 10:00:00')] }).kind).toBe(
    'no mark',
  )
  expect(editingOf({ marks: [mark('software', 'gnome-screenshot')] }).kind).toBe('no mark')
  expect(editingOf({}).kind).toBe('no mark')
})

test('a picture is seen again by its bytes or its hash, and another is not', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'pictures-')), 'kept', 'pictures.jsonl')
  expect(await knownPictures(file)).toEqual([])
  const one = { hash: 'ff00ff00ff00ff00', sha256: 'a'.repeat(64), file: 'one.png', at: '2026-03-01T00:00:00Z' }
  await keepPictures(file, [one])
  await keepPictures(file, [one])
  writeFileSync(file, `${readFileSync(file, 'utf8')}no json\n{"hash":"x"}\n`)
  const known = await knownPictures(file)
  expect(known).toEqual([one])
  expect(seenBefore({ hash: 'ff00ff00ff00ff03', sha256: 'b' }, known)).toMatchObject([{ bits: 2, same: false }])
  expect(seenBefore({ hash: '00ff00ff00ff00ff', sha256: 'a'.repeat(64) }, known)).toMatchObject([{ same: true }])
  expect(seenBefore({ hash: 'ff00ff00ff0000ff', sha256: 'b' }, known)).toEqual([])
})

test('labels of a system survive being written as TOML', () => {
  const { entries, faults } = readInventoryToml(inventory, 'inventory.toml')
  expect(faults).toEqual([])
  expect(readInventoryToml(inventoryToml(entries), 'again.toml').entries).toEqual(
    entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
})

test('a picture is read, answered and masked; what is no picture is a fault beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  const rows = [
    ['Account No', 'Customer Name', 'Rate Plan', 'Line Status'],
    ['A7280577', 'Nadia Karim', 'Family 128', 'Active'],
    ['A9734019', 'Daniel Ooi', 'Prepaid 10', 'Barred'],
    ['A0167336', 'Hafiz Omar', 'Family 128', 'Active'],
  ]
  const text = rows.flatMap((row, line) =>
    row.map((cell, at) => `<text x="${30 + at * 200}" y="${60 + line * 34}">${cell}</text>`),
  )
  const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="860" height="220"><rect width="860" height="220" fill="#fff"/><g font-family="DejaVu Sans" font-size="16">${text.join('')}<text x="30" y="200">Contracts</text><text x="230" y="200">Campaigns</text></g></svg>`
  const png = new Resvg(svg, { font: { fontFiles: [join(fonts, 'DejaVuSans.ttf')], loadSystemFonts: false } }).render().asPng()
  writeFileSync(join(folder, 'shot.png'), png)
  writeFileSync(join(folder, 'notes.png'), 'not a picture')
  writeFileSync(join(folder, 'inventory.toml'), inventory)
  const answer = await pictureFiles({
    paths: [join(folder, 'shot.png'), join(folder, 'notes.png'), join(folder, 'missing.png')],
    inventory: join(folder, 'inventory.toml'),
    at: '2026-03-01T00:00:00Z',
    watch: {},
  })
  expect(answer.faults.map((one) => one.where.file)).toEqual([join(folder, 'notes.png'), join(folder, 'missing.png')])
  const [picture] = answer.pictures
  expect(picture?.answer).toMatchObject({ kind: 'ours', systems: ['crm'] })
  expect(picture?.systems[0]?.reasons.at(-1)?.cites[0]).toMatchObject({ kind: 'exhibit', at: { kind: 'region' } })
  expect(JSON.stringify(answer)).not.toMatch(/Nadia|Daniel|Hafiz|7280577|9734019/)
  expect(picture?.shown.values.map((one) => one.text)).toContain('Xxxxx Xxxxx')
})
