import { citesText, type CiteNames } from './cite-names.ts'
import type { Block, Line } from './document.ts'
import type { Notice } from './notice.ts'
import { plain } from './plain.ts'

/** For the desk only: what is missing, what does not fit together, what is proposed. No part of what is filed. */
export function deskPage(notice: Notice, names: CiteNames): Block[] {
  const { points, contradictions, apart, duty } = notice
  const open = points.filter((one) => one.state !== 'answered')
  const list = (title: string, items: readonly Line[]): Block[] =>
    items.length === 0
      ? []
      : [
          { kind: 'heading', level: 2, text: title },
          { kind: 'list', items },
        ]
  return [
    { kind: 'page' },
    { kind: 'heading', level: 1, text: 'For the desk: no part of the notice' },
    {
      kind: 'lines',
      lines: [
        { text: `${points.length - open.length} of ${points.length} points answered.` },
        ...(notice.pointsFrom === undefined ? [] : [{ text: `Points: ${plain(notice.pointsFrom)}.`, style: 'quiet' } as const]),
      ],
    },
    ...list(
      'Missing',
      open.map((one) => ({
        text: `${plain(one.point)}${one.state === 'may-follow' ? ' (may follow in a later notice)' : ''}: ${plain(one.todo ?? '')}`,
      })),
    ),
    ...list(
      'Does not fit together',
      contradictions.map((one) => ({ text: `${plain(one.text)}${one.said === true ? ' This notice says the change.' : ''}` })),
    ),
    ...list('How the rule stands', [
      ...duty.thresholds.map((one) => ({ text: `Threshold, met: ${one.met}: ${plain(one.text)}` })),
      ...duty.exemptions.map((one) => ({ text: `Exemption, not decided: ${plain(one.text)}` })),
    ]),
    ...list(
      'Proposed, not adopted',
      apart.map((one) => ({
        text: `${plain(one.text)}${one.cites.length === 0 ? '' : ` (${citesText(one.cites, names)})`}`,
      })),
    ),
  ]
}
