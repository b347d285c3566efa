import type { Block, Line, NoticeDocument } from './document.ts'

const width = 100

/** A document as plain text, at most 100 characters wide. */
export function documentText(document: NoticeDocument): string {
  const lines = document.blocks.flatMap((block, at) => [...(at === 0 ? [] : ['']), ...blockLines(block)])
  return `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n\n${document.foot}\n`
}

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text, (block.level === 1 ? '=' : '-').repeat(Math.min(width, block.text.length))]
    case 'lines':
      return block.lines.flatMap((one) => wrapped(one, ''))
    case 'list':
      return block.items.flatMap((one) => wrapped(one, '  ', '- '))
    case 'table':
      return block.rows.flatMap(([label, answer]) => [
        ...wrapped({ text: label }, ''),
        ...answer.flatMap((one) => wrapped(one, '    ')),
      ])
    case 'page':
      return ['', '']
  }
}

/** Words on lines of at most `width` characters; a longer word stands alone. */
function wrapped({ text }: Line, indent: string, first = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const room = width - indent.length
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines.map((one, at) => `${at === 0 && first !== '' ? first : indent}${one}`)
}
