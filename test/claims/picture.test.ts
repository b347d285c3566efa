import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookAlike, nearlySame, shapeOf, shownIn } from '../../src/claims/index.ts'

const height = 12

/** A text at x and y, letters 12 pixels tall unless told. */
type Text = readonly [x: number, y: number, text: string, tall?: number]

/** Words as a text reader gives them; `text` at x, y, letters 8 pixels wide. */
function words(cells: readonly Text[]) {
  return cells.flatMap(([x, y, text, tall = height]) => {
    let left = x
    return text.split(' ').map((word) => {
      const region = { x: left, y, width: word.length * 8, height: tall }
      left += (word.length + 1) * 8
      return { text: word, confidence: 95, region }
    })
  })
}

function shown(cells: readonly Text[], hosts: readonly string[] = []) {
  return shownIn({ words: words(cells), width: 1280, height: 800 }, { hosts })
}

const page: readonly Text[] = [
  [20, 10, 'https://crm-01.meridian.example/desk'],
  [20, 50, 'Meridian Customer Desk', 20],
  [900, 50, 'Signed in: op.lim'],
  [20, 100, 'Contracts'],
  [300, 100, 'Service region:'],
  [500, 100, 'Kuala Lumpur'],
  [20, 140, 'Orders'],
  [300, 200, 'Account No'],
  [500, 200, 'Customer Name'],
  [700, 200, 'MSISDN'],
  [300, 230, 'A7280577'],
  [500, 230, 'Nadia Karim'],
  [700, 230, '60123456789'],
  [300, 260, 'A9734019'],
  [500, 260, 'Daniel Ooi'],
  [700, 260, '60198765432'],
  [300, 290, 'A0167336'],
  [500, 290, 'Ivy Tan'],
  [700, 290, '60111222333'],
  [1000, 780, '2026-03-11 14:25:59'],
]

test('a page is taken apart: title, labels, headings of columns, user, host, clock', () => {
  const all = shown(page)
  expect(all.title?.text).toBe('Meridian Customer Desk')
  expect(all.labels.filter((one) => one.as === 'column').map((one) => one.text)).toEqual([
    'Account No',
    'Customer Name',
    'MSISDN',
  ])
  expect(all.labels.filter((one) => one.as !== 'column').map((one) => one.text)).toEqual([
    'Signed in',
    'Contracts',
    'Service region',
    'Orders',
  ])
  expect(all.users.map((one) => one.text)).toEqual(['op.lim'])
  expect(all.hosts.map((one) => [one.kind, one.text])).toEqual([
    ['url', 'https://crm-01.meridian.example/desk'],
    ['host', 'crm-01.meridian.example'],
  ])
  expect(all.clock?.text).toBe('2026-03-11 14:25:59')
  expect(all.clock?.region).toMatchObject({ x: 1000, y: 780 })
})

test('names and numbers in the body of a table are data, never labels, hosts or users', () => {
  const all = shown(page)
  const values = all.values.map((one) => one.text)
  for (const name of ['Nadia Karim', 'Daniel Ooi', 'Ivy Tan', 'Kuala Lumpur', '60123456789']) {
    expect(values).toContain(name)
    expect([...all.labels, ...all.users, ...all.hosts].map((one) => one.text)).not.toContain(name)
  }
  expect(values.map(shapeOf)).toContain('Xxxxx Xxxxx')
  expect(values.map(shapeOf).join(' ')).not.toMatch(/Nadia|Ooi|60123/)
})

test('a menu beside cards is no table', () => {
  const all = shown([
    [20, 80, 'Topology'],
    [20, 116, 'Alarm history'],
    [20, 152, 'Maintenance'],
    [224, 82, 'Unacknowledged'],
    [224, 118, '182'],
    [486, 82, 'Sites affected'],
    [486, 118, '36.5%'],
  ])
  expect(all.labels.map((one) => one.text)).toEqual([
    'Topology',
    'Unacknowledged',
    'Sites affected',
    'Alarm history',
    'Maintenance',
  ])
  expect(all.values.map((one) => one.text)).toEqual(['182', '36.5%'])
})

test('a host is met in disguise of the reader: look-alike letters, commas, a space after a dot; the inventory gives its name', () => {
  const ours = ['hlr-01.meridian.example']
  expect(shown([[20, 300, 'hir-O1.meridian.example']], ours).hosts).toMatchObject([{ known: 'hlr-01.meridian.example' }])
  expect(shown([[20, 300, 'hlr-01,meridian.example']], ours).hosts).toMatchObject([{ known: 'hlr-01.meridian.example' }])
  expect(shown([[20, 300, 'hlr-01. meridian.example']], ours).hosts).toMatchObject([{ known: 'hlr-01.meridian.example' }])
  expect(shown([[20, 300, 'https: //hlr-01.meridian.example/prov']], ours).hosts.map((one) => one.kind)).toEqual(['url', 'host'])
  expect(shown([[20, 300, 'Node hlr-01']], ours).hosts).toMatchObject([{ text: 'hlr-01', known: 'hlr-01.meridian.example' }])
  expect(shown([[20, 300, 'hlr-07.meridian.example']], ours).hosts[0]?.known).toBeUndefined()
})

test('files, logins, amounts and versions are no hosts; a broken address is none', () => {
  const all = shown([
    [20, 300, 'op.lim'],
    [20, 330, 'report.pdf'],
    [20, 345, 'setup.sh'],
    [20, 360, '7,495.23'],
    [20, 390, '10.13.2316'],
    [20, 420, '1.2.3.999'],
    [20, 450, '10.44.133.214'],
    [20, 480, 'l0.44.133.2l5'],
  ])
  expect(all.hosts.map((one) => one.text)).toEqual(['10.44.133.214', '10.44.133.215'])
})

test('a letter read for a digit is put right by two hosts of the same make, and not by one', () => {
  const three = shown([
    [20, 300, 'edge-kull.net.example'],
    [20, 330, 'edge-jhb3.net.example'],
    [20, 360, 'agg-kch2.net.example'],
    [20, 390, 'portal.net.example'],
  ])
  expect(three.hosts[3]).toMatchObject({ text: 'portal.net.example' })
  expect(three.hosts[0]).toMatchObject({ text: 'edge-kul1.net.example', read: 'edge-kull.net.example' })
  const two = shown([
    [20, 300, 'edge-pool.net.example'],
    [20, 330, 'edge-jhb3.net.example'],
  ])
  expect(two.hosts[0]?.text).toBe('edge-pool.net.example')
})

test('a program names itself; a common word alone is none', () => {
  expect(shown([[20, 20, 'Grafana v10', 20]]).programs.map((one) => one.text)).toEqual(['Grafana'])
  expect(shown([[20, 20, 'Grafanatics meet', 20]]).programs).toEqual([])
})

test('texts are compared without the letters that a reader exchanges, and with one wrong letter when they are long', () => {
  expect(lookAlike('Account_No')).toBe(lookAlike('ACCOUNT N0'))
  expect(nearlySame('campa19n5', 'campaa1gns')).toBe(false)
  expect(nearlySame('pr1v11eges', 'pr1v11eaes')).toBe(true)
  expect(nearlySame('ic', 'id')).toBe(false)
})

test('any words give an answer without the text of data in it being lost or made up', () => {
  const word = fc.record({
    text: fc.string({ maxLength: 40 }),
    confidence: fc.integer({ min: 0, max: 100 }),
    region: fc.record({
      x: fc.integer({ min: 0, max: 2000 }),
      y: fc.integer({ min: 0, max: 2000 }),
      width: fc.integer({ min: 0, max: 300 }),
      height: fc.integer({ min: 0, max: 60 }),
    }),
  })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (list) => {
      const all = shownIn({ words: list, width: 2000, height: 2000 })
      for (const one of [...all.labels, ...all.values, ...all.hosts]) {
        expect(one.certainty).toBeGreaterThanOrEqual(0)
        expect(one.certainty).toBeLessThanOrEqual(100)
      }
    }),
    { numRuns: 100 },
  )
})

test('twenty thousand words are taken apart in seconds', () => {
  const list = Array.from({ length: 20_000 }, (_, at) => ({
    text: `${'a.'.repeat(20)}${at}`,
    confidence: 90,
    region: { x: (at % 20) * 100, y: Math.floor(at / 20) * 20, width: 60, height: 12 },
  }))
  const start = performance.now()
  shownIn({ words: list, width: 2000, height: 20_000 })
  expect(performance.now() - start).toBeLessThan(10_000)
})
