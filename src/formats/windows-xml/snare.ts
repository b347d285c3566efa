import { limits } from '../../base/index.ts'
import { messageLabels } from './classic.ts'

/**
 * The fields of a Windows event as Snare's agent sends it (`MSWinEventLog`, then criticality, log, counter, time, event id,
 * provider, user, kind of user, type, computer, category, data and text, parted by tabs or by `#011`, as relays write
 * them; Snare for Windows user guide, "Event format"). Labels of the text stand under the names of EventData where they are
 * known. The time is the sender's own, as field `time`. Undefined for another text.
 */
export function readSnareEvent(text: string): Record<string, string> | undefined {
  if (!text.startsWith('MSWinEventLog')) return undefined
  const cells = text.split(text.includes('\t') ? '\t' : '#011', 16)
  const [, , channel = '', number = '', time = '', id = '', provider = '', user = '', , kind = '', computer = '', category = ''] =
    cells
  if (!/^\d{1,6}$/.test(id) || channel === '') return undefined
  const message = (cells[13] ?? '').slice(0, limits.fieldChars)
  const own: Record<string, string> = {
    Channel: channel,
    EventID: id,
    Provider_Name: provider,
    Computer: computer,
    EventRecordID: number,
    time,
    Keywords: kind,
    TaskCategory: category,
    Message: message,
  }
  if (user !== '' && user !== 'N/A') own['User'] = user
  return { ...messageLabels(linesOf(message)), ...own }
}

/** A label with its value behind one blank. */
const pair = /^[A-Z][A-Za-z ]{1,40}: \S/

/** The text has lost its line ends: a label, and the value behind it, are parted by two blanks or more. */
function linesOf(message: string): readonly string[] {
  const parts = message.split(/ {2,}/, 1_000)
  const lines: string[] = []
  parts.forEach((part, i) => {
    if (pair.test(part)) lines.push(` ${part}`)
    if (!part.endsWith(':')) return
    const next = parts[i + 1] ?? ''
    lines.push(next === '' || next.endsWith(':') || pair.test(next) ? part : ` ${part} ${next}`)
  })
  return lines
}
