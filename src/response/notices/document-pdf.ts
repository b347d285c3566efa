import type { Block, Line, NoticeDocument } from './document.ts'

/** The fonts that a PDF embeds, as bytes of TrueType files. */
export interface PdfFonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
}

/** Points. */
const margin = 56
const foot = 34
const labelWidth = 130
const gap = 12
const colours = { text: '#1a1a1a', open: '#8a2b06', quiet: '#595959', rule: '#a6a6a6' } as const

type Pdf = PDFKit.PDFDocument
type Drawn = { readonly doc: Pdf; readonly width: number; readonly shown: (text: string) => string }

/** A document as PDF (A4) with embedded fonts, the date of its content and no other. */
export async function documentPdf(document: NoticeDocument, fonts: PdfFonts): Promise<Uint8Array> {
  const { default: PdfDocument } = await import('pdfkit')
  const date = new Date(document.at)
  const doc = new PdfDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + foot },
    bufferPages: true,
    lang: document.lang === 'ms' ? 'ms-MY' : 'en-GB',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: document.title, Creator: 'Breachline', Producer: 'Breachline', CreationDate: date, ModDate: date },
  })
  const written: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => written.push(chunk))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  doc.registerFont('regular', Buffer.from(fonts.regular))
  doc.registerFont('bold', Buffer.from(fonts.bold))
  doc.font('regular')
  const drawn: Drawn = { doc, width: doc.page.width - 2 * margin, shown: glyphsOf(doc) }
  for (const block of document.blocks) drawBlock(drawn, block)
  numberPages(drawn, document)
  doc.end()
  await ended
  return new Uint8Array(Buffer.concat(written))
}

function drawBlock(drawn: Drawn, block: Block): void {
  const { doc, shown, width } = drawn
  doc.x = margin
  switch (block.kind) {
    case 'heading': {
      const size = block.level === 1 ? 16 : 12
      room(doc, 4 * size)
      doc.font('bold').fontSize(size).fillColor(colours.text)
      doc.text(shown(block.text), margin, doc.y + (block.level === 1 ? 2 : 8), { width, paragraphGap: 4 })
      return
    }
    case 'lines':
      for (const line of block.lines) drawLine(drawn, line, { x: margin, width })
      return
    case 'list':
      for (const line of block.items) {
        room(doc, 16)
        const y = doc.y
        doc.font('regular').fontSize(9.5).fillColor(colours.text).text('\u2022', margin, y, { width: 10, lineBreak: false })
        doc.y = y
        drawLine(drawn, line, { x: margin + 12, width: width - 12 })
      }
      return
    case 'table':
      drawTable(drawn, block)
      return
    case 'page':
      doc.addPage()
  }
}

function drawLine({ doc, shown }: Drawn, line: Line, at: { readonly x: number; readonly width: number }): void {
  const { style } = line
  doc
    .font(style === 'strong' ? 'bold' : 'regular')
    .fontSize(style === 'quiet' ? 8.5 : 9.5)
    .fillColor(style === 'open' || style === 'quiet' ? colours[style] : colours.text)
    .text(shown(line.text), at.x, doc.y, { width: at.width, lineGap: 1.5, paragraphGap: 3 })
}

function drawTable(drawn: Drawn, block: Block & { kind: 'table' }): void {
  const { doc, shown, width } = drawn
  const answerX = margin + labelWidth + gap
  const answerWidth = width - labelWidth - gap
  const rule = (): void => {
    doc
      .moveTo(margin, doc.y)
      .lineTo(margin + width, doc.y)
      .lineWidth(0.5)
      .strokeColor(colours.rule)
      .stroke()
    doc.y += 4
  }
  const row = (label: string, answer: readonly Line[], font: 'bold' | 'regular'): void => {
    doc.font(font).fontSize(9.5)
    room(doc, Math.max(28, doc.heightOfString(shown(label), { width: labelWidth, lineGap: 1.5 }) + 8))
    const y = doc.y
    doc.fillColor(colours.text).text(shown(label), margin, y, { width: labelWidth, lineGap: 1.5 })
    const below = doc.y
    const page = doc.page
    doc.y = y
    for (const line of answer) drawLine(drawn, line, { x: answerX, width: answerWidth })
    if (doc.page === page) doc.y = Math.max(doc.y, below)
    doc.y += 2
    rule()
  }
  // The head never stands alone at the foot of a page.
  room(doc, 90)
  rule()
  row(block.head[0], [{ text: block.head[1], style: 'strong' }], 'bold')
  for (const [label, answer] of block.rows) row(label, answer, 'regular')
  doc.y += 4
}

/** A new page unless `height` points are left on this one. */
function room(doc: Pdf, height: number): void {
  if (doc.y + height > doc.page.height - margin - foot) doc.addPage()
}

function numberPages({ doc, width, shown }: Drawn, document: NoticeDocument): void {
  const { start, count } = doc.bufferedPageRange()
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(start + at)
    // Text below the bottom margin would open a page of its own.
    doc.page.margins.bottom = 0
    const text = `${document.foot} \u00B7 ${document.page} ${at + 1} ${document.of} ${count}`
    doc.font('regular').fontSize(8).fillColor(colours.quiet)
    doc.text(shown(text), margin, doc.page.height - margin, { width, align: 'center', lineBreak: false })
  }
}

/** Text in which what the font cannot draw is written as its number: `[U+4E2D]`. */
function glyphsOf(doc: Pdf): (text: string) => string {
  doc.font('regular')
  const { font } = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font
  const known = new Map<number, boolean>()
  return (text) =>
    Array.from(text, (character) => {
      const code = character.codePointAt(0) ?? 0
      const has = known.get(code) ?? font.hasGlyphForCodePoint(code)
      known.set(code, has)
      return has ? character : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
    }).join('')
}
