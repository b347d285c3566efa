import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { columnWidth, type Screen } from './screen.ts'

/** How a screen is drawn: width in pixels (the page is 1280 wide before), colours, JPEG or PNG. */
export interface Look {
  readonly width: 1280 | 1920
  readonly dark: boolean
  readonly page: 'side' | 'tabs' | 'table'
  /** JPEG of this quality ; else PNG. */
  readonly jpeg?: number
}

const page = { width: 1280, height: 800 } as const

/** Bytes of the picture of a screen. */
export async function drawn(screen: Screen, look: Look): Promise<Buffer> {
  const png = new Resvg(svgOf(screen, look), {
    fitTo: { mode: 'width', value: look.width },
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => join(fonts, name)),
      defaultFontFamily: 'DejaVu Sans',
    },
  })
    .render()
    .asPng()
  return look.jpeg === undefined ? Buffer.from(png) : sharp(png).jpeg({ quality: look.jpeg }).toBuffer()
}

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')

/** The looks in which every screen is drawn. */
export const looks: readonly Look[] = [
  { width: 1280, dark: false, page: 'side' },
  { width: 1280, dark: true, page: 'tabs', jpeg: 75 },
  { width: 1920, dark: true, page: 'side', jpeg: 60 },
  { width: 1920, dark: false, page: 'tabs' },
  { width: 1280, dark: false, page: 'table', jpeg: 75 },
]

function svgOf(screen: Screen, { dark, page: arrangement }: Look): string {
  const ink = dark ? '#d5dae0' : '#1b1f24'
  const colours: Colours = {
    paper: dark ? '#15191e' : '#ffffff',
    bar: dark ? '#0b2545' : '#1f3a5f',
    side: dark ? '#20262d' : '#eef1f5',
    band: dark ? '#2a323b' : '#dfe6ee',
    address: dark ? '#32373d' : '#e4e6e9',
    accent: '#2563a8',
  }
  const write: Write = (x, y, content, style = {}) =>
    `<text x="${x}" y="${y}" font-size="${style.size ?? 14}"${style.bold === true ? ' font-weight="bold"' : ''} fill="${style.fill ?? ink}">${escaped(content)}</text>`
  const parts = [box(0, 0, page.width, page.height, colours.paper), ...pages[arrangement](screen, { colours, write })]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${page.width}" height="${page.height}" font-family="DejaVu Sans">${parts.join('')}</svg>`
}

interface Colours {
  readonly paper: string
  readonly bar: string
  readonly side: string
  readonly band: string
  readonly address: string
  readonly accent: string
}

type Write = (x: number, y: number, content: string, style?: { size?: number; bold?: boolean; fill?: string }) => string

interface Pen {
  readonly colours: Colours
  readonly write: Write
}

function box(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`
}

const pages: Readonly<Record<Look['page'], (screen: Screen, pen: Pen) => string[]>> = {
  side: sidePage,
  tabs: tabsPage,
  table: tablePage,
}

/** A part cut out of a page: heading, table and buttons. */
function tablePage(screen: Screen, { colours, write }: Pen): string[] {
  return [
    write(30, 60, screen.heading, { size: 18, bold: true }),
    ...tableParts(screen, { colours, write }, { x: 30, y: 120, pitch: 36 }),
    ...buttonParts(screen, { colours, write }, { x: 30, y: 540 }),
  ]
}

/** Menu at the side, cards on top, fields with colons, table below. */
function sidePage(screen: Screen, { colours, write }: Pen): string[] {
  const top = screen.url === undefined ? 0 : 34
  const table = top + 300
  return [
    screen.url === undefined ? '' : box(0, 0, page.width, 34, colours.address) + write(80, 23, screen.url),
    box(0, top, page.width, 46, colours.bar),
    write(24, top + 30, screen.title, { size: 18, bold: true, fill: '#ffffff' }),
    write(1010, top + 29, `Signed in: ${screen.user}`, { size: 13, fill: '#ffffff' }),
    box(0, top + 46, 190, page.height, colours.side),
    ...screen.menu.map((text, at) => write(20, top + 84 + at * 36, text)),
    ...screen.cards.flatMap(([label, value], at) => [
      box(210 + at * 262, top + 62, 246, 76, colours.side),
      write(224 + at * 262, top + 86, label, { size: 13 }),
      write(224 + at * 262, top + 122, value, { size: 24, bold: true }),
    ]),
    ...screen.form.flatMap(([label, value], at) => [
      write(214 + (at % 2) * 520, top + 172 + Math.floor(at / 2) * 30, `${label}:`),
      write(390 + (at % 2) * 520, top + 172 + Math.floor(at / 2) * 30, value),
    ]),
    write(214, table - 50, screen.heading, { size: 18, bold: true }),
    ...tableParts(screen, { colours, write }, { x: 214, y: table, pitch: 30 }),
    ...buttonParts(screen, { colours, write }, { x: 214, y: table + 336 }),
    write(1090, 788, screen.clock, { size: 12 }),
  ]
}

/** Menu as tabs on top, buttons above the table with its rules drawn, cards and fields in a strip at the foot, clock at the top. */
function tabsPage(screen: Screen, { colours, write }: Pen): string[] {
  const top = screen.url === undefined ? 0 : 30
  const foot = 640
  return [
    screen.url === undefined ? '' : box(0, 0, page.width, 30, colours.address) + write(120, 20, screen.url, { size: 13 }),
    write(30, top + 34, screen.title, { size: 20, bold: true }),
    write(700, top + 32, screen.clock, { size: 13 }),
    write(1040, top + 32, `Signed in: ${screen.user}`, { size: 13 }),
    box(0, top + 52, page.width, 34, colours.bar),
    ...screen.menu.map((text, at) => write(30 + at * 170, top + 74, text, { fill: '#ffffff' })),
    write(30, top + 124, screen.heading, { size: 17, bold: true }),
    ...buttonParts(screen, { colours, write }, { x: 640, y: top + 102 }),
    ...tableParts(screen, { colours, write }, { x: 30, y: top + 186, pitch: 34 }),
    ...screen.rows.map((_, at) => box(20, top + 216 + at * 34, 1240, 1, colours.band)),
    box(0, foot, page.width, 160, colours.side),
    ...screen.cards.flatMap(([label, value], at) => [
      write(30 + at * 300, foot + 40, value, { size: 22, bold: true }),
      write(30 + at * 300, foot + 62, label, { size: 13 }),
    ]),
    ...screen.form.flatMap(([label, value], at) => [
      write(30 + at * 300, foot + 108, `${label}:`, { size: 13 }),
      write(30 + at * 300, foot + 130, value, { size: 13 }),
    ]),
  ]
}

function tableParts(
  screen: Screen,
  { colours, write }: Pen,
  at: { readonly x: number; readonly y: number; readonly pitch: number },
): string[] {
  let right = at.x
  const lefts = screen.columns.map((name, column) => {
    const left = right
    right += columnWidth(
      name,
      screen.rows.map((row) => row[column] ?? ''),
    )
    return left
  })
  return [
    box(at.x - 8, at.y - 34, 1060, 30, colours.band),
    ...screen.columns.map((name, column) => write(lefts[column] ?? 0, at.y - 13, name, { bold: true })),
    ...screen.rows.flatMap((row, line) =>
      row.map((cell, column) => write(lefts[column] ?? 0, at.y + 20 + line * at.pitch, cell, { size: 13 })),
    ),
  ]
}

function buttonParts(screen: Screen, { colours, write }: Pen, { x, y }: { readonly x: number; readonly y: number }): string[] {
  return screen.buttons.flatMap((text, at) => [
    box(x + at * 190, y, 170, 34, colours.accent),
    write(x + 16 + at * 190, y + 22, text, { fill: '#ffffff' }),
  ])
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
