import { fixed, minuteText } from '../base/index.ts'
import type { Proposal } from '../casefile/index.ts'
import type { StoryAnswer } from './story.ts'

/** One finding per story; its identity rests on hosts, accounts, entry and cites, not on the score's last digit. */
export function proposeStories(answer: StoryAnswer): Proposal[] {
  return answer.stories.map((story): Proposal => {
    const hosts = story.hosts.filter((host) => host.status === 'compromised').map((host) => host.name)
    const entry = story.initialAccess
    const text = `${entry === undefined ? 'Steps of an intrusion' : entry.text} ${story.lateralMovement.length} moves over ${hosts.length} hosts (${hosts.join(', ')}) between ${minuteText(story.from)} and ${minuteText(story.to)} UTC.`
    return {
      kind: 'story',
      subject: `story:${story.id}`,
      code: 'attack-story',
      params: { from: story.from, to: story.to, hosts: hosts.toSorted(), entry: entry?.where, score: fixed(story.score, 1) },
      cites: [...(entry?.cites ?? []), ...story.lateralMovement.flatMap((hop) => hop.cites.slice(0, 1))].slice(0, 50),
      text,
      confidence: story.score >= 80 ? 'high' : story.score >= 30 ? 'moderate' : 'low',
      grounds: story.steps.slice(0, 20).map((step) => ({ text: step.text, cites: step.cites })),
      producer: 'intrusion',
      value: story,
    }
  })
}
