import { minuteText } from '../base/index.ts'
import type { Assertion } from '../claims/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { Story } from '../intrusion/index.ts'
import { agrees, open, storyFloor, type Findings, type Weight } from './weight.ts'

/** "We are inside": supported by an attack story of some weight, else open, never contradicted by silence. */
export function weighAccess(assertion: Assertion, findings: Findings): Weight {
  const story = strongest(findings)
  if (story !== undefined)
    return {
      status: 'supported',
      grounds: [storySentence(story), ...reachedSentences(story)],
      missing: story.initialAccess === undefined ? ['the way in: logs of internet-facing systems before the first step'] : [],
    }
  const provenance = findings.provenance
  if (agrees(provenance))
    return {
      status: 'open',
      grounds: [
        {
          text: `${provenance.statement} That is a copy, not proof of access to the system named.`,
          cites: provenance.grounds[0]?.cites ?? [assertion.cite],
        },
      ],
      missing: ['logs of the system named and of the holder of that copy, for the period before the first post'],
    }
  if (findings.stories === undefined)
    return open(assertion, 'No logs have been handed over in which such access could be seen.', [
      'logs of the system named, for the period before the first post',
    ])
  const lead = findings.stories.stories[0] ?? findings.stories.leads?.[0]
  if (lead !== undefined)
    return {
      status: 'open',
      grounds: [
        {
          text: `The logs hold leads, no story of weight; the strongest is "${lead.title}" (${Math.round(lead.score)} bits).`,
          cites: lead.steps.slice(0, 3).flatMap((step) => step.cites.slice(0, 2)),
        },
      ],
      missing: ['whether the steps of the leads were ordinary work', 'logs of the sources and periods missing under coverage'],
    }
  return open(assertion, 'The logs at hand show no such access; they do not show its absence where they do not reach.', [
    'logs of the sources and periods missing under coverage',
  ])
}

/** "We can shut you down": what was reached bounds it; it stays open without proof of control. */
export function weighCapability(assertion: Assertion, findings: Findings): Weight {
  const story = strongest(findings)
  const missing = [
    'which rights the accounts in the story held on the systems the threat names',
    'a test of the recovery of those systems',
  ]
  if (story === undefined) return open(assertion, 'Nothing at hand shows control over the systems the threat names.', missing)
  const hosts = story.hosts.filter((host) => host.status === 'compromised')
  return {
    status: 'open',
    grounds: [
      {
        text: `The story reaches ${hosts.map((host) => host.name).join(', ')}; whether that suffices for the threat is not shown.`,
        cites: hosts.flatMap((host) => host.cites.slice(0, 1)),
      },
    ],
    missing,
  }
}

const means: readonly { readonly words: RegExp; readonly kinds: readonly string[] }[] = [
  { words: /\b(web ?server|internet[- ](connected|facing)|web ?shell|website|web application)\b/i, kinds: ['web-server'] },
  { words: /\bvpn\b/i, kinds: ['vpn'] },
  { words: /\b(vendor|supplier|third[- ]party|partner)\b/i, kinds: ['vendor-session'] },
  { words: /\b(phish|e-?mail)/i, kinds: ['mail'] },
]

/** How it is said to have been done, against how the story begins. */
export function weighMethod(assertion: Assertion, findings: Findings): Weight {
  const story = strongest(findings)
  const said = means.find(({ words }) => words.test(assertion.text))
  const found = story?.initialAccess
  if (found === undefined || said === undefined)
    return open(assertion, 'Nothing at hand shows by which way access was gained in the manner said.', [
      'logs of the way in that is named',
    ])
  const same = said.kinds.includes(found.kind)
  return {
    status: same ? 'supported' : 'open',
    grounds: [{ text: `${found.text}${same ? '' : ' That is another way in than the one named.'}`, cites: found.cites }],
    missing: same ? [] : ['logs of the way in that is named'],
  }
}

/** "Nothing in our own systems": a story on own hosts contradicts it; silence never supports it. */
export function weighDenial(assertion: Assertion, findings: Findings): Weight {
  const story = strongest(findings)
  if (story !== undefined) return { status: 'contradicted', grounds: [storySentence(story)], missing: [] }
  return open(assertion, 'No finding at hand speaks against it; logs that are silent cannot confirm it.', [
    'logs of the sources and periods missing under coverage',
  ])
}

function strongest(findings: Findings): Story | undefined {
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

const reachedTold = 3

/** What was reached, the most telling first; the story tells the rest. */
function reachedSentences(story: Story): Sentence[] {
  const order = ['database object', 'transfer', 'collection']
  return story.reached
    .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
    .slice(0, reachedTold)
    .map((one) => ({ text: one.text, cites: one.cites }))
}
