import type { ReactElement } from 'react'
import type { Thread } from '../../../src/server/api.ts'
import { counted } from '../text/figures.ts'
import { Asserted } from './asserted.tsx'
import { Campaign } from './campaign.tsx'
import { Posts } from './posts.tsx'
import { Deadlines, QuotedList, Statements } from './quoted.tsx'
import { Readings } from './readings.tsx'

/** One thread: what one actor says, and what others say to it. */
export function ThreadSection(props: { readonly thread: Thread }): ReactElement {
  const { thread } = props
  const about = thread.victims.filter((one) => one.standing === 'named').map((one) => one.name)
  const earlier = thread.victims.filter((one) => one.standing === 'earlier').map((one) => one.name)
  return (
    <section className="thread" id={thread.id}>
      <h2>{thread.actor === '' ? 'Unnamed actor' : thread.actor}</h2>
      <p className="soft">
        About {about.length === 0 ? 'nobody named' : about.join(', ')}
        {earlier.length > 0 && `; earlier victims named: ${earlier.join(', ')}`}. {counted(thread.posts.length, 'post')},{' '}
        {counted(thread.assertions.length, 'assertion')}.
      </p>
      <Posts posts={thread.posts} />
      <div className="columns">
        <div>
          <QuotedList title="Demands" none="No demand was read." items={thread.demands} />
          <Deadlines deadlines={thread.clocks ?? thread.deadlines} />
          <QuotedList title="Third parties named" none="No third party was named." items={thread.thirdParties} />
        </div>
        <div>
          <Statements statements={thread.statements} />
          <Campaign thread={thread} />
        </div>
      </div>
      <Asserted assertions={thread.assertions} />
      <Readings readings={thread.readings ?? []} />
    </section>
  )
}
