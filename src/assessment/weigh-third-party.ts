import type { Findings } from './findings.ts'
import { logs, other, vendor } from './need.ts'
import { storyStrength, verdictStrength } from './strength.ts'
import { agrees, decided, leaning, open, type Asserted, type Weight } from './weight.ts'

/** "It was a vendor's system" (A6): the copy that the sample agrees with, and where sessions of the story began. */
export function weighThirdParty(asserted: Asserted, findings: Findings): Weight {
  const winner = findings.provenance?.sources[0]
  const ownName = findings.operator?.toLowerCase()
  const several = findings.dayOne?.operators
  if (agrees(findings.provenance) && winner !== undefined && ownName !== undefined) {
    const own = winner.holder.toLowerCase() === ownName
    const cites = findings.provenance.grounds.flatMap((ground) => ground.cites).slice(0, 5)
    const strength = verdictStrength(findings.provenance)
    return own
      ? leaning('against', [{ text: `${findings.provenance.statement} It does not point to a copy held outside.`, cites }], {
          strength,
          needs: [other('the log of hand-overs: which other copies were cut from that system')],
        })
      : decided(
          'supported',
          [{ text: `${findings.provenance.statement} That copy was handed out; who took it from where is not shown.`, cites }],
          { strength, needs: [vendor('logs of the holder, for the time since the extract was cut', winner.holder)] },
        )
  }
  const began = findings.stories?.stories.find((story) => story.initialAccess?.kind === 'vendor-session')
  if (began?.initialAccess !== undefined)
    return decided('supported', [{ text: began.initialAccess.text, cites: began.initialAccess.cites }], {
      strength: storyStrength(began),
    })
  if (several?.several === true)
    return leaning(
      'for',
      [
        {
          text: `Numbers of ${several.shares.length} operators stand in the sample: a place where records of several operators come together fits, such as number portability, a clearing house or a regulator's service. Which one is not shown.`,
          cites: findings.dayOne?.cites ?? [asserted.cite],
        },
      ],
      {
        strength: 'weak',
        needs: [
          other('a list of the places to which several operators hand such records, with the fields and days of each'),
          vendor('which extracts it was handed and holds still, with the day of each'),
        ],
      },
    )
  const named = asserted.subject
  return open(asserted, 'Nothing at hand shows or excludes a system of a third party.', [
    other('the list of extracts handed out, also to ended vendors'),
    vendor('which extracts it was handed and holds still, with the day of each'),
    ...(named === undefined ? [] : [logs('logs of the vendor named, for the period of the claim', named)]),
    ...(named === undefined ? [logs('logs of the ways by which vendors come in, for the period of the claim')] : []),
  ])
}
