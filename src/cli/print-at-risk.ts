import type { AtRiskQueue } from '../response/index.ts'
import { columns, counted, oneLine, wrapped } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** The queue by pseudonym, with what stands against telling each. */
export function printQueue(terminal: Terminal, queue: AtRiskQueue): void {
  const { persons, law, eviction, duties } = queue
  if (persons.length === 0)
    return terminal.out('nobody: no finding says that the records of single persons were read in secret\n')
  const rows = persons.map((one) => [
    `${one.pseudonym}${one.isProtected === true ? ' (protected)' : ''}`,
    one.state,
    one.authority === undefined
      ? ''
      : `${one.authority.answer ?? 'asked'}${one.authority.until === undefined ? '' : ` ${one.authority.until.slice(0, 16)}Z${one.authority.over === true ? ' OVER' : ''}`}`,
    one.channel?.kind ?? '',
    `${one.releasedBy.length} of 2`,
    one.told === undefined ? (one.blocks[0] ?? '') : `told ${one.told.at.slice(0, 16)}Z`,
  ])
  terminal.out(
    `${columns([['person', 'state', 'authority', 'channel', 'released', 'stands against it'], ...rows], terminal.width)}\n\n`,
  )
  const width = Math.min(110, terminal.width)
  const line = (text: string): void => terminal.out(`${wrapped(text, { width, indent: '', hang: 2 })}\n`)
  line(
    law === undefined
      ? 'Law: nobody has said whether an authority may be asked first ("at-risk law")'
      : `Law: an authority may be asked first: ${law.allows} (${law.by}: ${law.reason})`,
  )
  line(
    `Eviction: ${eviction.state}${eviction.at === undefined ? '' : `, ${eviction.at.slice(0, 16)}Z`}${eviction.by === undefined ? '' : ` (${eviction.by})`}`,
  )
  for (const one of duties)
    line(
      `Clock: ${oneLine(one.step)}, due ${one.due.slice(0, 16)}Z (${one.id})${one.before ? '; BEFORE the delay that was asked for ends: decide with counsel, "duty delay" where the law knows one' : ''}`,
    )
  const ready = persons.filter(({ state }) => state === 'ready').length
  if (ready > 0) line(`Ready and not told: ${ready}; tell them soon after the cut, not days later`)
  line(`${counted(persons.filter(({ state }) => state === 'told').length, 'person')} of ${persons.length} told`)
}
