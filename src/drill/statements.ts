import { calendar, hourMs, localIso, wallClock } from './calendar.ts'
import type { Output } from './output.ts'

/** Writes what the operator and the national centre said in public on the first day. */
export function writeStatements(actor: string, firstPost: number, out: Output): void {
  const operatorAt = firstPost + 3 * hourMs
  const centreAt = firstPost + 6 * hourMs
  out.write(
    'case/claim/statement.md',
    `# Public statements about the claim of ${actor}

Collected ${localIso(calendar.opened)}. Generated for an exercise; operator, vendors and actor are invented.

## Meridian Telekom, ${wallClock(operatorAt).slice(0, 16)} (+08:00)

Meridian Telekom said: "We are aware of the claims made today by a group calling itself ${actor}. We launched an investigation immediately and
did not identify anything related to our own systems. We have found a suspected incident involving unauthorised access to a system of one of our
third-party vendors that resides outside our internal network. We have informed the relevant authorities and are working with the vendor to
investigate further. The privacy of our customers is of the utmost importance to us."

## National Cyber Response Centre, advisory, ${wallClock(centreAt).slice(0, 16)} (+08:00)

The National Cyber Response Centre said: "We have been informed of the claim against Meridian Telekom. The group is known to exploit known
vulnerabilities in internet-facing servers, and to obtain assistance from insiders and disgruntled employees. Organisations are advised to apply
security updates, to review remote access of vendors and to preserve logs of at least 90 days."
`,
  )
}
