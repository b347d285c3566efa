import type { Story } from '../../../src/server/api.ts'

type HostStatus = Story['hosts'][number]['status']

/** The sign of a host's status in text and in the timeline; the graph draws the same shapes. */
export const hostShape: Readonly<Record<HostStatus, string>> = { compromised: '■', touched: '●', suspected: '◆' }

/** Status of a host in a story; `suspected` when the story names it only in passing. */
export function statusOf(story: Story, host: string): HostStatus {
  return story.hosts.find((one) => one.name === host)?.status ?? 'suspected'
}
