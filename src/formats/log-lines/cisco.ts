/** A message of a Cisco device: `%FACILITY-SEVERITY-MNEMONIC: text`. */
export interface CiscoMessage {
  /** `ASA-6-302013`, `SYS-5-CONFIG_I`, `MGBL-SYS-5-CONFIG_I`. */
  readonly id: string
  readonly facility: string
  readonly severity: string
  readonly mnemonic: string
  readonly text: string
  /** The device's own time in front of it, as written; '' when there is none. */
  readonly time: string
  /** Process that IOS-XR names in front of it. */
  readonly process: string
}

const ownTime =
  /(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} (?:\d{4} )?\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [A-Z]{3,5})?(?: \d{4})?(?=[ :])/
const ownProcess = /([a-z][\w-]{0,63})\[\d{1,10}\]: {0,2}$/

/** The Cisco message in a line, whatever stands in front of it within 300 characters; undefined when there is none. */
export function ciscoMessage(text: string): CiscoMessage | undefined {
  for (let at = text.indexOf('%'); at !== -1 && at < 300; at = text.indexOf('%', at + 1)) {
    const id = idAt(text, at + 1)
    if (id === undefined) continue
    const parts = id.split('-')
    const level = parts.findIndex((part, i) => i > 0 && /^[0-7]$/.test(part))
    if (level === -1 || level === parts.length - 1) continue
    const before = text.slice(0, at)
    return {
      id,
      facility: parts.slice(0, level).join('-'),
      severity: parts[level] ?? '',
      mnemonic: parts.slice(level + 1).join('-'),
      text: text.slice(at + 1 + id.length).replace(/^ ?: {0,2}/, ''),
      time: ownTime.exec(before)?.[0] ?? '',
      process: ownProcess.exec(before)?.[1] ?? '',
    }
  }
  return undefined
}

function idAt(text: string, from: number): string | undefined {
  let end = from
  while (end < text.length && end - from < 100 && /[A-Z\d_-]/.test(text[end] ?? '')) end += 1
  return end > from && /^ ?:/.test(text.slice(end, end + 2)) ? text.slice(from, end) : undefined
}
