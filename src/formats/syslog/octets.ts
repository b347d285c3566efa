const counted = /^(\d{1,7}) (?=<\d{1,3}>)/

/**
 * The syslog messages of a line: one, or several when each is preceded by its length in bytes (RFC 6587 octet counting,
 * as written by a receiver that does not take the count away). A count that reaches beyond the line takes the rest of it.
 */
export function syslogFrames(line: string): readonly string[] {
  if (!counted.test(line)) return [line]
  const bytes = Buffer.from(line, 'utf8')
  const frames: string[] = []
  let at = 0
  while (at < bytes.length) {
    const found = counted.exec(bytes.toString('latin1', at, at + 16))
    if (found === null) {
      frames.push(bytes.toString('utf8', at))
      break
    }
    const from = at + found[0].length
    at = Math.min(bytes.length, from + Number(found[1]))
    if (at > from) frames.push(bytes.toString('utf8', from, at))
  }
  return frames
}
