import { localText } from '../calendar.ts'
import type { Block, NoticeDocument } from './document.ts'
import { filled, type Letter } from './letter.ts'
import type { Filing } from './notice-input.ts'
import { plain } from './plain.ts'
import type { NoticeTexts } from './texts.ts'

const rests = {
  entry: 'written by a named person',
  standard: 'standing text',
  data: 'found in the data of these persons',
} as const

/** A letter as a document. A draft carries a page for the desk: what each part rests on, and what is missing. */
export function letterDocument(
  letter: Letter,
  options: { readonly texts: NoticeTexts; readonly zone: string; readonly filing?: Filing },
): NoticeDocument {
  const { filing } = options
  const words = options.texts.languages[letter.lang]
  const operator = plain(letter.operator)
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: words.title },
    ...(filing === undefined ? [{ kind: 'lines', lines: [{ text: `${words.draft}.`, style: 'strong' }] } as const] : []),
    { kind: 'lines', lines: [{ text: words.greeting }, { text: filled(words.opening, { operator }) }] },
    ...letter.sections.flatMap((section): Block[] => {
      const heading: Block = { kind: 'heading', level: 2, text: section.heading }
      if (section.lines.length === 0) return [heading, { kind: 'lines', lines: [{ text: `[${words.missing}]`, style: 'open' }] }]
      const lines = section.lines.map((one) => ({ text: plain(one.text) }))
      if (section.key !== 'data-nature') return [heading, { kind: 'lines', lines }]
      return [
        heading,
        { kind: 'lines', lines: [{ text: words.data }] },
        { kind: 'list', items: lines },
        { kind: 'lines', lines: [{ text: words.onlyYours }] },
      ]
    }),
    {
      kind: 'lines',
      lines: [{ text: filled(words.reference, { text: letter.caseId }) }, { text: filled(words.closing, { operator }) }],
    },
    ...(filing === undefined ? deskBlocks(letter) : []),
  ]
  return {
    lang: letter.lang,
    title: words.title,
    foot: filing === undefined ? words.draft : `${filing.number}, ${localText(filing.at, options.zone)}`,
    page: words.page,
    of: words.of,
    at: filing?.at ?? letter.asOf,
    blocks,
  }
}

function deskBlocks(letter: Letter): Block[] {
  const open = letter.points.filter((one) => one.state !== 'answered')
  const list = (title: string, items: readonly string[]): Block[] =>
    items.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: title },
          { kind: 'list', items: items.map((text) => ({ text: plain(text) })) },
        ]
  return [
    { kind: 'page' },
    { kind: 'heading', level: 1, text: 'For the desk: no part of the letter' },
    {
      kind: 'lines',
      lines: [
        { text: `${plain(letter.duty.law)}: ${plain(letter.duty.step)} (${letter.duty.id}).` },
        { text: `${letter.points.length - open.length} of ${letter.points.length} points answered.` },
        ...(letter.pointsFrom === undefined ? [] : [{ text: `Points: ${plain(letter.pointsFrom)}.`, style: 'quiet' } as const]),
      ],
    },
    ...list(
      'Missing',
      open.map((one) => `${one.point}: ${one.todo ?? ''}`),
    ),
    ...list(
      'Does not fit together',
      letter.contradictions.map((one) => one.text),
    ),
    ...list(
      'Not plain enough',
      letter.remarks.map((one) => `${one.where}: ${one.text}`),
    ),
    ...list(
      'What each part rests on',
      letter.sections.flatMap((section) =>
        section.lines.length === 0
          ? [`${section.heading}: nothing yet; ${section.todo ?? ''}`]
          : [`${section.heading}: ${[...new Set(section.lines.map((one) => rests[one.rests]))].join(', ')}`],
      ),
    ),
  ]
}
