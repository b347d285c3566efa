import type { Assertion } from '../claims/index.ts'
import { agrees, open, type Findings, type Weight } from './weight.ts'

/** "It was a vendor's system": the copy that the sample agrees with, and where sessions of the story began. */
export function weighThirdParty(assertion: Assertion, findings: Findings): Weight {
  const winner = findings.provenance?.sources[0]
  const ownName = findings.operator?.toLowerCase()
  if (agrees(findings.provenance) && winner !== undefined && ownName !== undefined) {
    const own = winner.holder.toLowerCase() === ownName
    const cites = findings.provenance.grounds.flatMap((ground) => ground.cites).slice(0, 5)
    return own
      ? {
          status: 'open',
          grounds: [{ text: `${findings.provenance.statement} It does not point to a copy held outside.`, cites }],
          missing: ['the log of hand-overs: which other copies were cut from that system'],
        }
      : {
          status: 'supported',
          grounds: [
            {
              text: `${findings.provenance.statement} That copy was handed out; who took it from where is not shown.`,
              cites,
            },
          ],
          missing: ['logs of the holder, for the time since the extract was cut'],
        }
  }
  const session = findings.stories?.stories.find((story) => story.initialAccess?.kind === 'vendor-session')?.initialAccess
  if (session !== undefined) return { status: 'supported', grounds: [{ text: session.text, cites: session.cites }], missing: [] }
  return open(assertion, 'Nothing at hand shows or excludes a system of a third party.', [
    'the list of extracts handed out, also to ended vendors',
    'logs of the vendor named, for the period of the claim',
  ])
}
