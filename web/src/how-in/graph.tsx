import type { Core } from 'cytoscape'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted } from '../text/figures.ts'
import { drawGraph, keepInView, styleGraph } from './draw-graph.ts'
import { GraphDetail } from './graph-detail.tsx'
import { neighbour } from './graph-keys.ts'
import { graphOf } from './graph-parts.ts'
import type { Drawing, Ways } from './graph-shape.ts'
import { within, type TimeRange } from './time-range.ts'
import { useLayout } from './use-layout.ts'
import { useWidth } from './use-width.ts'

/**
 * Hosts and moves as a graph, the ways to the data drawn bold; a host unfolds to its accounts, tactics and data. What lies outside the shared range is
 * faint. Arrows choose a node, Enter unfolds it; what is chosen stands beside the drawing in words.
 */
export function Graph(props: {
  readonly story: Story
  readonly range: TimeRange
  /** Absent while they are not known yet: nothing is laid out before. */
  readonly ways: Ways | undefined
  readonly open: readonly string[]
}): ReactElement {
  const { story, range, ways, open } = props
  const drawing = useMemo(() => graphOf(story, { ...ways, open }), [story, ways, open])
  const box = useRef<HTMLDivElement>(null)
  const { positions, failed: notLaidOut } = useLayout(ways === undefined ? undefined : drawing, useWidth(box) < 560)
  const [core, setCore] = useState<Core | undefined>()
  const [chosen, setChosen] = useState<string | undefined>()
  const [failed, setFailed] = useState(false)
  const unfold = (id: string): void => {
    const next = open.includes(id) ? open.filter((one) => one !== id) : [...open, id].slice(-40)
    amend({ open: next.length === 0 ? undefined : JSON.stringify(next) }, { replace: true })
  }
  useEffect(() => {
    const place = box.current
    if (positions === undefined || place === null) return
    let drawn: Core | undefined
    let wanted = true
    drawGraph({ place, parts: drawing, positions, onChoose: setChosen }).then(
      (made) => {
        if (!wanted) return made.destroy()
        drawn = made
        setCore(made)
      },
      () => setFailed(true),
    )
    return () => {
      wanted = false
      drawn?.destroy()
      setCore(undefined)
    }
  }, [drawing, positions])
  useEffect(() => {
    if (core !== undefined) shade(core, { drawing, story, range })
  }, [core, drawing, range, story])
  useEffect(() => {
    if (core === undefined) return
    core.nodes().removeClass('chosen')
    if (chosen !== undefined) core.getElementById(chosen).addClass('chosen')
  }, [core, chosen])
  useEffect(() => {
    if (core === undefined) return
    const restyle = (): void => styleGraph(core)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', restyle)
    addEventListener('breachline-theme', restyle)
    return () => {
      scheme.removeEventListener('change', restyle)
      removeEventListener('breachline-theme', restyle)
    }
  }, [core])
  const node = drawing.nodes.find((one) => one.id === chosen)
  const press = (event: KeyboardEvent): void => {
    if (core === undefined || positions === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const start = drawing.nodes[0]?.id
    const to = node === undefined || event.key === 'Home' ? start : neighbour(positions, node.id, event.key)
    const act = { '+': () => zoom(core, 1.3), '-': () => zoom(core, 1 / 1.3), '0': () => core.fit(undefined, 24) }[event.key]
    if (event.key === 'Enter' && node?.folds === true) unfold(node.id)
    else if (act !== undefined) act()
    else if (to !== undefined && (event.key.startsWith('Arrow') || event.key === 'Home')) {
      setChosen(to)
      keepInView(core, to)
    } else return
    event.preventDefault()
  }
  const bold = drawing.edges.some((one) => one.path)
  return (
    <figure className="graph">
      <div className="beside">
        <div
          ref={box}
          className={`canvas __________cytoscape_container${drawing.nodes.length > 14 ? ' tall' : ''}`}
          role="application"
          tabIndex={0}
          onKeyDown={press}
          aria-label={`Graph of ${counted(drawing.nodes.length, 'node')} and ${counted(drawing.edges.length, 'edge')}. Arrows choose a node, Enter unfolds it; what is chosen is said beside it. Hosts and moves stand in the tables below too.`}
        />
        {node === undefined ? (
          <section className="detail soft" aria-label="Chosen in the graph">
            <p>
              Choose a node to see what is known of it and its evidence; unfold a host to see its accounts, tactics and data. With
              the focus on the graph: arrows choose, <kbd>Enter</kbd> unfolds, <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> zoom.
            </p>
          </section>
        ) : (
          <GraphDetail story={story} node={node} open={open.includes(node.id)} onUnfold={() => unfold(node.id)} />
        )}
      </div>
      <figcaption className="small soft">
        {(failed || notLaidOut) && 'The graph could not be drawn; hosts and moves stand in the tables below. '}
        {core === undefined && !failed && !notLaidOut && 'Laying out the graph ... '}
        Square compromised, round touched, diamond suspected, triangle the outside; unfolded: hexagon account, barrel data, tag
        tactic.
        {bold && ' Thick lines: the way to the data.'} Dotted: outside the range of time.{' '}
        {drawing.left > 0 && `${counted(drawing.left, 'host')} not drawn. `}
        {open.length > 0 && (
          <>
            <button type="button" className="plain" onClick={() => amend({ open: undefined }, { replace: true })}>
              Fold all
            </button>{' '}
          </>
        )}
        <button type="button" className="plain" disabled={core === undefined} onClick={() => core?.fit(undefined, 24)}>
          Fit
        </button>{' '}
        <button
          type="button"
          className="plain"
          disabled={core === undefined}
          onClick={() => core !== undefined && zoom(core, 1.3)}
        >
          Larger
        </button>{' '}
        <button
          type="button"
          className="plain"
          disabled={core === undefined}
          onClick={() => core !== undefined && zoom(core, 1 / 1.3)}
        >
          Smaller
        </button>
      </figcaption>
    </figure>
  )
}

/** Makes faint what lies outside the range: edges by their times, nodes by theirs or those of their edges and steps. */
function shade(
  core: Core,
  { drawing, story, range }: { readonly drawing: Drawing; readonly story: Story; readonly range: TimeRange },
): void {
  core.batch(() => {
    const live = new Set<string>()
    for (const edge of drawing.edges) {
      const shown = edge.times.some((time) => within(range, time))
      core.getElementById(edge.id).toggleClass('faint', !shown)
      if (shown) for (const end of [edge.from, edge.to]) live.add(end)
    }
    for (const step of story.steps) if (within(range, step.time)) live.add(`host:${step.host}`)
    for (const node of drawing.nodes) {
      const shown = node.times === undefined ? live.has(node.id) : node.times.some((time) => within(range, time))
      core.getElementById(node.id).toggleClass('faint', !shown && node.shape !== 'more')
    }
  })
}

function zoom(core: Core, factor: number): void {
  core.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } })
}
