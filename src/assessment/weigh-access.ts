import { minuteText } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Story } from '../intrusion/index.ts'
import type { Findings } from './findings.ts'
import { logs, other, uncovered, vendor, type Need } from './need.ts'
import { storyFloor, storyStrength, verdictStrength } from './strength.ts'
import { agrees, decided, leaning, open, type Asserted, type Weight } from './weight.ts'

/** "We are inside" (A4): supported by an attack story of some weight, else open, never contradicted by silence. */
export function weighAccess(asserted: Asserted, findings: Findings): Weight {
  const story = strongest(findings)
  if (story !== undefined)
    return decided('supported', [storySentence(story), ...reachedSentences(story)], {
      strength: storyStrength(story),
      needs:
        story.initialAccess === undefined ? [logs('logs of internet-facing systems before the first step, for the way in')] : [],
    })
  const provenance = findings.provenance
  const named = asserted.subject
  if (agrees(provenance)) {
    const holder = provenance.sources[0]?.holder
    const own = holder === undefined || holder.toLowerCase() === findings.operator?.toLowerCase()
    const text = 'logs of the system named and of the holder of that copy, for the period before the first post'
    return leaning(
      'for',
      [
        {
          text: `${provenance.statement} That is a copy, not proof of access to the system named.`,
          cites: provenance.grounds[0]?.cites ?? [asserted.cite],
        },
      ],
      { strength: 'weak', needs: [logs(text, named), ...(own ? [] : [vendor('its logs since the extract was cut', holder)])] },
    )
  }
  if (findings.stories === undefined)
    return open(asserted, 'No logs have been handed over in which such access could be seen.', [
      logs('logs of the system named, for the period before the first post', named),
    ])
  const lead = findings.stories.stories[0] ?? findings.stories.leads?.[0]
  if (lead !== undefined)
    return leaning(
      'for',
      [
        {
          text: `The logs hold leads, no story of weight; the strongest is "${lead.title}" (${Math.round(lead.score)} bits).`,
          cites: lead.steps.slice(0, 3).flatMap((step) => step.cites.slice(0, 2)),
        },
      ],
      { strength: 'weak', needs: [other('whether the steps of the leads were ordinary work'), uncovered] },
    )
  return open(asserted, 'The logs at hand show no such access; they do not show its absence where they do not reach.', [
    uncovered,
  ])
}

/** "We can shut you down" (A10): what was reached bounds it; it stays open without proof of control. */
export function weighCapability(asserted: Asserted, findings: Findings): Weight {
  const story = strongest(findings)
  const needs: Need[] = [
    other('which rights the accounts in the story held on the systems the threat names'),
    other('a test of the recovery of those systems'),
  ]
  if (story === undefined) return open(asserted, 'Nothing at hand shows control over the systems the threat names.', needs)
  const hosts = story.hosts.filter((host) => host.status === 'compromised')
  return leaning(
    'for',
    [
      {
        text: `The story reaches ${hosts.map((host) => host.name).join(', ')}; whether that suffices for the threat is not shown.`,
        cites: hosts.flatMap((host) => host.cites.slice(0, 1)),
      },
    ],
    { strength: 'weak', needs },
  )
}

const means: readonly { readonly words: RegExp; readonly kinds: readonly string[] }[] = [
  { words: /\b(web ?server|internet[- ](connected|facing)|web ?shell|website|web application)\b/i, kinds: ['web-server'] },
  { words: /\bvpn\b/i, kinds: ['vpn'] },
  { words: /\b(vendor|supplier|third[- ]party|partner)\b/i, kinds: ['vendor-session', 'partner-network', 'roaming-network'] },
  { words: /\b(phish|e-?mail)/i, kinds: ['mail'] },
  { words: /\b(usb|removable|flash drive|thumb drive|memory stick)\b/i, kinds: ['removable-drive'] },
]

/** How it is said to have been done, against how the story begins (A4). */
export function weighMethod(asserted: Asserted, findings: Findings): Weight {
  const story = strongest(findings)
  const said = means.find(({ words }) => words.test(asserted.text))
  const found = story?.initialAccess
  const needs = [logs('logs of the way in that is named')]
  if (story === undefined || found === undefined || said === undefined)
    return open(asserted, 'Nothing at hand shows by which way access was gained in the manner said.', needs)
  if (said.kinds.includes(found.kind))
    return decided('supported', [{ text: found.text, cites: found.cites }], { strength: storyStrength(story) })
  const text = `${found.text} That is another way in than the one named.`
  return leaning('against', [{ text, cites: found.cites }], { strength: 'weak', needs })
}

/** "Nothing in our own systems" (A13): a story on own hosts contradicts it; silence never supports it. */
export function weighDenial(asserted: Asserted, findings: Findings): Weight {
  const story = strongest(findings)
  if (story !== undefined) return decided('contradicted', [storySentence(story)], { strength: storyStrength(story) })
  const { provenance, operator } = findings
  const winner = provenance?.sources[0]
  if (agrees(provenance) && winner !== undefined && winner.holder.toLowerCase() === operator?.toLowerCase()) {
    const text = `${provenance.statement} That is a copy of the operator's own; where it was taken from is not shown.`
    return leaning('against', [{ text, cites: provenance.grounds[0]?.cites ?? [asserted.cite] }], {
      strength: verdictStrength(provenance) === 'none' ? 'none' : 'weak',
      needs: [uncovered],
    })
  }
  return open(asserted, 'No finding at hand speaks against it; logs that are silent cannot confirm it.', [uncovered])
}

/** The story that counts as an intrusion: of weight, and with a host that was taken over. */
export function strongest(findings: Pick<Findings, 'stories'>): Story | undefined {
  return findings.stories?.stories.find(
    (story) => story.score >= storyFloor && story.hosts.some((host) => host.status === 'compromised'),
  )
}

function storySentence(story: Story): Sentence {
  const hosts = story.hosts.filter((host) => host.status === 'compromised').map((host) => host.name)
  const begin =
    story.initialAccess === undefined ? 'The logs show steps' : `The logs show a way in at ${story.initialAccess.where} and steps`
  const cites = [...(story.initialAccess?.cites ?? []), ...story.steps.slice(0, 3).flatMap((step) => step.cites)]
  return { text: `${begin} on ${hosts.join(', ')} between ${minuteText(story.from)} and ${minuteText(story.to)} UTC.`, cites }
}

/** What the logs show of data reached: beside what a sample shows of it, never a ground for what a sample holds. */
export function reachedBeside(findings: Pick<Findings, 'stories'>): Sentence[] {
  const story = strongest(findings)
  return story === undefined ? [] : reachedSentences(story)
}

const reachedTold = 3

/** What was reached, the most telling first; the story tells the rest. */
function reachedSentences(story: Story): Sentence[] {
  const order = ['database object', 'transfer', 'collection']
  return story.reached
    .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
    .slice(0, reachedTold)
    .map((one) => ({ text: one.text, cites: one.cites }))
}
