import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { dayText } from './calendar.ts'
import type { Extract } from './extracts.ts'
import { historyOf, versionOn } from './history.ts'
import type { Output } from './output.ts'
import { Random } from './random.ts'
import type { Agent, Team } from './staff.ts'
import type { Population } from './subscribers.ts'

const width = 1280
const height = 800

/** Draws the two screenshots of the claim: a view of customer records, and a dashboard of employees. */
export function writePictures(options: {
  readonly people: Population
  readonly source: Extract
  readonly subscribers: readonly number[]
  readonly staff: ReadonlyMap<Team, readonly Agent[]>
  readonly out: Output
}): void {
  options.out.write('case/claim/photos/photo_1.png', drawn(customerView(options)))
  options.out.write('case/claim/photos/photo_2.png', drawn(dashboard(options)))
}

function customerView(options: {
  readonly people: Population
  readonly source: Extract
  readonly subscribers: readonly number[]
}): string {
  const { people, source } = options
  const columns = [
    { x: 40, title: 'Account' },
    { x: 170, title: 'Customer' },
    { x: 520, title: 'MSISDN' },
    { x: 700, title: 'Plan' },
    { x: 900, title: 'Status' },
    { x: 1030, title: 'City' },
  ]
  const rows = options.subscribers.slice(0, 14).map((index) => {
    const who = people.at(index)
    const version = versionOn(historyOf(people, who), source.cut)
    return [
      who.accountNo,
      who.name.trim().slice(0, 28),
      `60${who.number}`,
      version?.plan ?? '',
      version?.status ?? '',
      version?.place.city ?? '',
    ]
  })
  return page(
    'Meridian Customer Desk - Subscriber search',
    [
      text(40, 118, 22, 'Subscriber search', 'bold'),
      text(40, 152, 18, `Filter: city = ${rows[0]?.[5] ?? ''}     Page 1     Snapshot ${dayText(source.cut)}`),
      `<rect x="24" y="172" width="1232" height="38" fill="#dfe6ee"/>`,
      ...columns.map((column) => text(column.x, 198, 19, column.title, 'bold')),
      ...rows.flatMap((row, at) => [
        at % 2 === 1 ? `<rect x="24" y="${218 + at * 38}" width="1232" height="38" fill="#f4f6f9"/>` : '',
        ...row.map((cell, column) => text(columns[column]?.x ?? 0, 244 + at * 38, 18, cell)),
      ]),
      text(40, 784, 17, `${rows.length} records shown`),
    ].join(''),
  )
}

function dashboard(options: { readonly people: Population; readonly staff: ReadonlyMap<Team, readonly Agent[]> }): string {
  const random = new Random(options.people.seed, 'dashboard')
  const agents = [...options.staff.values()].flat()
  const cards = [
    ['Subscribers', options.people.size.toLocaleString('en-US')],
    ['Employees online', String(random.between(90, 240))],
    ['Open tickets', random.between(1_200, 4_800).toLocaleString('en-US')],
    ['Queue tokens today', random.between(300, 2_900).toLocaleString('en-US')],
  ]
  const rows = Array.from({ length: 9 }, () => random.pick(agents))
  return page(
    'Meridian Telekom - Admin dashboard',
    [
      ...cards.flatMap(([title = '', value = ''], at) => [
        `<rect x="${24 + at * 312}" y="90" width="296" height="120" rx="6" fill="#eef2f7" stroke="#c6d0dc"/>`,
        text(44 + at * 312, 126, 19, title),
        text(44 + at * 312, 182, 38, value, 'bold'),
      ]),
      text(40, 262, 22, 'Employee sessions', 'bold'),
      `<rect x="24" y="282" width="1232" height="38" fill="#dfe6ee"/>`,
      ...['Login', 'Team', 'Terminal', 'Records read today'].map((title, at) =>
        text([40, 420, 640, 900][at] ?? 0, 308, 19, title, 'bold'),
      ),
      ...rows.flatMap((agent, at) =>
        [agent.account, agent.team, `CC-T${String(agent.terminal).padStart(4, '0')}`, String(random.between(4, 88))].map(
          (cell, column) => text([40, 420, 640, 900][column] ?? 0, 356 + at * 44, 19, cell),
        ),
      ),
      text(40, 784, 17, 'Internal use only'),
    ].join(''),
  )
}

/** A window of the pictured program; the letter spacing keeps the font from joining `fi`. */
function page(title: string, body: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans" letter-spacing="0.2">` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/><rect width="${width}" height="56" fill="#1f3a5f"/>` +
    `<text x="40" y="37" font-size="22" font-weight="bold" fill="#ffffff">${escaped(title)}</text>${body}</svg>`
  )
}

function text(x: number, y: number, size: number, content: string, weight: 'bold' | 'normal' = 'normal'): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="#1b1f24">${escaped(content)}</text>`
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** PNG bytes; the font comes with the package, the machine's fonts are not looked at, so the bytes are the same everywhere. */
function drawn(svg: string): Uint8Array {
  const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  return new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: [join(fonts, 'DejaVuSans.ttf'), join(fonts, 'DejaVuSans-Bold.ttf')],
      defaultFontFamily: 'DejaVu Sans',
    },
  })
    .render()
    .asPng()
}
