import { useMemo, useState, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { Entries } from '../people/entries.tsx'
import { counted, percent, sentence } from '../text/figures.ts'
import { AttackStrip } from './attack-strip.tsx'
import { AttemptList } from './attempt-list.tsx'
import { ChangeStory } from './change-story.tsx'
import { Containment } from './containment.tsx'
import { DataReachedList } from './data-reached.tsx'
import { distinctCites } from './distinct-cites.ts'
import { Graph } from './graph.tsx'
import type { Ways } from './graph-shape.ts'
import { HostList } from './host-list.tsx'
import { HopTable } from './hop-table.tsx'
import { openIn } from './open-in.ts'
import { RangeBar, showRange } from './range-bar.tsx'
import { Records } from './records.tsx'
import { StepTable } from './step-table.tsx'
import { rangeOf, wholeOf, zoomed } from './time-range.ts'
import { Timeline } from './timeline.tsx'
import { useStoryView } from './use-story-view.ts'
import { WaysTable } from './ways.tsx'

/** One story: ways in side by side, then tactics, timeline, graph and steps over one time range, what was reached, how to end it, and what people do with it. */
export function StorySection(props: { readonly story: Story; readonly others: readonly Story[] }): ReactElement {
  const { story } = props
  const { query } = useAddress()
  const { view } = useCase()
  const { beside, failed } = useStoryView(story.id)
  const whole = useMemo(() => wholeOf(story), [story])
  const range = useMemo(() => rangeOf(query, whole), [query, whole])
  const open = useMemo(() => openIn(query.open), [query.open])
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set())
  const way = query.way === 'other' && beside?.ways.other !== undefined ? 'other' : 'told'
  // The graph waits for the ways in, so that it is laid out once; the same ways again are no new drawing.
  const chosen = beside?.ways[way]
  const text =
    beside === undefined && !failed ? undefined : JSON.stringify({ paths: chosen?.paths ?? [], links: chosen?.links ?? [] })
  const ways = useMemo(() => (text === undefined ? undefined : (JSON.parse(text) as Ways)), [text])
  const notes = beside?.notes ?? []
  const entry = story.initialAccess
  const about = notes.flatMap((one) => (one.steps.length === 0 ? [one.note] : []))
  const said = [...view.decisions, ...view.notes].filter(
    (one) => story.decisions?.includes(one.id) === true || about.includes(one.id),
  )
  return (
    <section className="story">
      <div className="box lead">
        <p className="verdict">{story.title}</p>
        <p>
          {entry === undefined ? (
            'Initial access: not established.'
          ) : (
            <>
              Initial access ({entry.kind.replaceAll('-', ' ')}): {sentence(entry.text)} {entry.where},{' '}
              <Instant at={entry.time} />, certainty {percent(entry.certainty)}. <Cites cites={distinctCites(entry.cites)} />
            </>
          )}
        </p>
        <p className="soft small">
          <Instant at={story.from} /> to <Instant at={story.to} />; {story.score.toFixed(1)} bits.
          {beside?.ways.other !== undefined && (
            <>
              {' '}
              <button type="button" className="plain" onClick={() => goTo('#ways')}>
                An alternative beginning explains {beside.ways.other.follows.length} of {counted(story.steps.length, 'step')}
              </button>
            </>
          )}
          {story.containment !== undefined && (
            <>
              {' '}
              <button type="button" className="plain" onClick={() => goTo('#containment')}>
                How to end it: {counted(story.containment.steps.length, 'act')}
              </button>
            </>
          )}
        </p>
      </div>
      <h2>When and where</h2>
      <RangeBar story={story} whole={whole} range={range} />
      <AttackStrip story={story} range={range} tactic={query.tactic} />
      <Timeline
        story={story}
        whole={whole}
        range={range}
        tactic={query.tactic}
        zoom={(factor, around) => showRange(zoomed(range, { whole, factor, around }))}
      />
      <Records />
      <Graph story={story} range={range} ways={ways} open={open} />
      <WaysTable
        story={story}
        ways={beside?.ways}
        failed={failed}
        shown={way}
        onCut={(steps) => {
          setMarked(new Set(steps))
          const form = document.querySelector<HTMLDetailsElement>('details.change-story')
          if (form !== null) form.open = true
          form?.scrollIntoView({ block: 'start' })
          form?.querySelector<HTMLElement>('input[name=steps]')?.focus({ preventScroll: true })
        }}
      />
      <HostList story={story} />
      <StepTable
        story={story}
        range={range}
        notes={notes}
        marked={marked}
        onMark={(n) => setMarked((before) => new Set(before.has(n) ? [...before].filter((one) => one !== n) : [...before, n]))}
      />
      <HopTable story={story} range={range} />
      <AttemptList story={story} range={range} />
      <h2>Data reached</h2>
      <DataReachedList story={story} />
      <h2>Where the logs are silent</h2>
      {story.gaps.length === 0 ? <p className="soft">No gap was noted for this story.</p> : <SaidList sentences={story.gaps} />}
      {story.containment !== undefined && <Containment plan={story.containment} />}
      {(story.decisions ?? []).length > 0 && (
        <p className="soft">Changed by {story.decisions?.join(', ')}. The assessment follows at the next investigation.</p>
      )}
      {said.length > 0 && <Entries caption="Notes and decisions about this story" entries={said} />}
      <ChangeStory story={story} others={props.others} marked={marked} />
    </section>
  )
}

/** Brings a heading further down into view, and the focus with it. */
function goTo(selector: string): void {
  const heading = document.querySelector<HTMLElement>(selector)
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}
