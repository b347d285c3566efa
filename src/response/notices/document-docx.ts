import type * as DocxLibrary from 'docx'
import type { Paragraph, Table } from 'docx'
import type { Block, Line, NoticeDocument } from './document.ts'

const font = 'Arial'
/** Twentieths of a point. */
const page = { width: 11_906, height: 16_838, margin: { top: 1_134, bottom: 1_134, left: 1_134, right: 1_134 } } as const
const columns = [2_900, 6_738] as const

/** A document as DOCX. The library stamps the hour of writing into the archive; it is packed again with the date of the content alone. */
export async function documentDocx(document: NoticeDocument): Promise<Uint8Array> {
  const docx = await import('docx')
  const { unzipSync, zipSync, strFromU8, strToU8 } = await import('fflate')
  const made = new docx.Document({
    title: document.title,
    creator: 'Breachline',
    lastModifiedBy: 'Breachline',
    styles: {
      default: {
        document: {
          run: { font, size: 20, language: { value: document.lang === 'ms' ? 'ms-MY' : 'en-GB' } },
          paragraph: { spacing: { after: 80 } },
        },
        heading1: { run: { font, size: 32, bold: true, color: '1A1A1A' }, paragraph: { spacing: { before: 120, after: 120 } } },
        heading2: { run: { font, size: 24, bold: true, color: '1A1A1A' }, paragraph: { spacing: { before: 240, after: 80 } } },
      },
    },
    sections: [
      {
        properties: { page: { size: { width: page.width, height: page.height }, margin: page.margin } },
        footers: { default: footer(docx, document) },
        children: document.blocks.flatMap((block) => blockOf(docx, block)),
      },
    ],
  })
  const parts = unzipSync(await docx.Packer.toBuffer(made))
  const core = parts['docProps/core.xml']
  if (core !== undefined) {
    const stamp = new Date(document.at).toISOString()
    parts['docProps/core.xml'] = strToU8(strFromU8(core).replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z/g, stamp))
  }
  // A zip holds wall-clock time: one made of its parts is the same in every zone.
  const mtime = new Date(1980, 0, 1)
  return zipSync(Object.fromEntries(Object.entries(parts).toSorted(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))), {
    mtime,
  })
}

/** Readers expect the list of parts first. */
function order(name: string): number {
  return name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2
}

type Docx = typeof DocxLibrary

function footer(docx: Docx, document: NoticeDocument): InstanceType<Docx['Footer']> {
  const { PageNumber } = docx
  const numbers = [`${document.foot} \u00B7 ${document.page} `, PageNumber.CURRENT, ` ${document.of} `, PageNumber.TOTAL_PAGES]
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        alignment: docx.AlignmentType.CENTER,
        children: [new docx.TextRun({ children: numbers, size: 16, color: '595959' })],
      }),
    ],
  })
}

function blockOf(docx: Docx, block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading': {
      const heading = block.level === 1 ? docx.HeadingLevel.HEADING_1 : docx.HeadingLevel.HEADING_2
      return [new docx.Paragraph({ heading, keepNext: true, children: [new docx.TextRun(block.text)] })]
    }
    case 'lines':
      return block.lines.map((line) => paragraph(docx, line))
    case 'list':
      return block.items.map((line) => paragraph(docx, line, true))
    case 'table':
      return [table(docx, block), new docx.Paragraph({ spacing: { after: 0 }, children: [] })]
    case 'page':
      return [new docx.Paragraph({ children: [new docx.PageBreak()] })]
  }
}

function paragraph(docx: Docx, line: Line, bullet = false): Paragraph {
  const style = {
    ...(line.style === 'strong' ? { bold: true } : {}),
    ...(line.style === 'open' ? { italics: true, color: '8A2B06' } : {}),
    ...(line.style === 'quiet' ? { size: 17, color: '595959' } : {}),
  }
  return new docx.Paragraph({
    ...(bullet ? { bullet: { level: 0 } } : {}),
    children: [new docx.TextRun({ text: line.text, ...style })],
  })
}

function table(docx: Docx, block: Block & { kind: 'table' }): Table {
  const border = { style: docx.BorderStyle.SINGLE, size: 4, color: 'A6A6A6' }
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'FFFFFF' }
  const margins = { top: 60, bottom: 40, left: 80, right: 80 }
  const cell = (at: 0 | 1, children: Paragraph[]): InstanceType<Docx['TableCell']> =>
    new docx.TableCell({ width: { size: columns[at], type: docx.WidthType.DXA }, margins, children })
  const head = block.head.map((text, at) => cell(at === 0 ? 0 : 1, [paragraph(docx, { text, style: 'strong' })]))
  return new docx.Table({
    width: { size: columns[0] + columns[1], type: docx.WidthType.DXA },
    columnWidths: [...columns],
    borders: { top: border, bottom: border, left: none, right: none, insideHorizontal: border, insideVertical: none },
    rows: [
      new docx.TableRow({ tableHeader: true, cantSplit: true, children: head }),
      ...block.rows.map(
        ([label, answer]) =>
          new docx.TableRow({
            children: [
              cell(0, [paragraph(docx, { text: label })]),
              cell(
                1,
                answer.map((line) => paragraph(docx, line)),
              ),
            ],
          }),
      ),
    ],
  })
}
