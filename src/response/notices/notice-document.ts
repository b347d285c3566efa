import { localText } from '../calendar.ts'
import type { FieldAnswer } from '../field-answers.ts'
import { citesText, type CiteNames } from './cite-names.ts'
import { deskPage } from './desk-page.ts'
import type { Block, Line, NoticeDocument } from './document.ts'
import type { Phase } from './filed.ts'
import type { Notice } from './notice.ts'
import { plain } from './plain.ts'

const phaseWords: Readonly<Record<Phase, string>> = {
  initial: 'First notice',
  intermediate: 'Further notice',
  final: 'Final notice',
}
const changeWords = { new: 'new', changed: 'changed', 'no-longer': 'no longer stated' } as const

/** A notice as a document: head, fields as a table in the law's order with numbered notes, what changed; in a draft also what is missing. */
export function noticeDocument(notice: Notice, names: CiteNames = {}): NoticeDocument {
  const { duty, filing } = notice
  const notes: string[] = []
  const mark = (answer: FieldAnswer): string => {
    const text = noteText(answer, names)
    if (text === '') return ''
    const at = notes.indexOf(text)
    return ` [${at === -1 ? notes.push(text) : at + 1}]`
  }
  const table: Block = {
    kind: 'table',
    head: ['Field', 'Answer'],
    rows: notice.fields.map(({ label, answers, open, notNeeded }): readonly [string, readonly Line[]] => [
      plain(label),
      answers.length > 0
        ? answers.map((one) => ({ text: `${plain(one.text)}${mark(one)}` }))
        : [
            notNeeded === undefined
              ? { text: `Not known yet: ${plain(open ?? '')}.`, style: 'open' }
              : { text: notNeeded, style: 'quiet' },
          ],
    ]),
  }
  const status =
    filing === undefined
      ? 'Draft, not sent. Not legal advice.'
      : `Filed as ${filing.number} on ${localText(filing.at, notice.zone)} by ${plain(filing.by)}${filing.ref === undefined ? '' : `, reference ${plain(filing.ref)}`}.`
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: `${phaseWords[notice.phase]}: ${plain(duty.step)}` },
    { kind: 'lines', lines: [{ text: status, style: 'strong' }] },
    { kind: 'table', head: ['About', 'This notice'], rows: headRows(notice) },
    { kind: 'heading', level: 2, text: 'Fields' },
    table,
    ...changeBlocks(notice),
    ...(notes.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: 'Notes' } as const,
          { kind: 'lines', lines: notes.map((text, at): Line => ({ text: `[${at + 1}] ${text}`, style: 'quiet' })) } as const,
        ]),
    ...(filing === undefined ? deskPage(notice, names) : []),
  ]
  return {
    lang: 'en',
    title: `${phaseWords[notice.phase]}: ${plain(duty.step)}`,
    foot: filing === undefined ? 'Draft, not legal advice' : `${filing.number}, as filed`,
    page: 'Page',
    of: 'of',
    at: filing?.at ?? notice.asOf,
    blocks,
  }
}

function headRows(notice: Notice): (readonly [string, readonly Line[]])[] {
  const { duty, follows, zone } = notice
  const { source } = duty
  return [
    ['Law', [{ text: plain(duty.law) }]],
    ['To', [{ text: plain(duty.recipient) }]],
    ['From', [{ text: plain(notice.operator === '' ? 'not stated in the case' : notice.operator) }]],
    ['Case', [{ text: `${plain(notice.caseTitle)} (${notice.caseId})` }]],
    ['Due', [{ text: duty.due === undefined ? 'without a fixed end, or not counted yet' : localText(duty.due, zone) }]],
    ['State of', [{ text: localText(notice.asOf, zone) }]],
    ...(follows === undefined
      ? []
      : [
          [
            'Follows',
            [
              {
                text: `${follows.number}, ${localText(follows.at, zone)}${follows.ref === undefined ? '' : `, reference ${plain(follows.ref)}`}; SHA-256 ${follows.sha256}`,
              },
            ],
          ] as const,
        ]),
    ['Rule', [{ text: `${plain(duty.lawStatus)}; ${plain(source.text)}, read ${source.read}`, style: 'quiet' }]],
  ]
}

function changeBlocks({ changes, follows }: Notice): Block[] {
  if (follows === undefined) return []
  const heading: Block = { kind: 'heading', level: 2, text: `What changed since ${follows.number}` }
  if (changes.length === 0) return [heading, { kind: 'lines', lines: [{ text: 'Nothing that was stated changed.' }] }]
  const said = (label: string, texts: readonly string[]): Line[] => texts.map((text) => ({ text: `${label}: ${plain(text)}` }))
  return [
    heading,
    {
      kind: 'table',
      head: ['Field', 'Change'],
      rows: changes.map(({ label, kind, before, now }) => [
        plain(label),
        [{ text: changeWords[kind], style: 'strong' }, ...said('Before', before), ...said('Now', now)],
      ]),
    },
  ]
}

/** What an answer rests on, in words, with its cites. */
function noteText(answer: FieldAnswer, names: CiteNames): string {
  const cites = answer.cites.length === 0 ? '' : citesText(answer.cites, names)
  switch (answer.rests) {
    case 'finding': {
      const adopted =
        answer.by === undefined
          ? 'adopted'
          : `adopted by ${plain(answer.by)}${answer.at === undefined ? '' : `, ${answer.at.slice(0, 10)}`}`
      return [`Finding ${(answer.id ?? '').slice(0, 14)}, ${adopted}`, cites].filter((one) => one !== '').join('; ')
    }
    case 'decision':
      return [`Decision of ${plain(answer.by ?? 'a named person')}`, cites].filter((one) => one !== '').join('; ')
    case 'entry':
      return ['Entered by a named person', cites].filter((one) => one !== '').join('; ')
    case 'case':
      return 'Settings of the case'
    case 'filing':
      return ''
  }
}
