import type { Core, EdgeSingular, NodeSingular, StylesheetJson } from 'cytoscape'
import type { GraphEdge, GraphNode, Positions } from './graph-shape.ts'

/** From so many nodes on, edges besides the path are thin and without names: the words beside the drawing have them. */
const crowd = 45

/** Draws the graph at the positions given; the library is loaded only now. No animation, the wheel stays with the page. */
export async function drawGraph(options: {
  readonly place: HTMLElement
  readonly parts: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }
  readonly positions: Positions
  /** A node was pressed, or the ground beside them. */
  onChoose(id: string | undefined): void
}): Promise<Core> {
  const { default: cytoscape } = await import('cytoscape')
  const crowded = options.parts.nodes.length > crowd
  const core = cytoscape({
    container: options.place,
    elements: {
      nodes: options.parts.nodes.map((node) => ({
        data: { id: node.id, label: node.label },
        classes: node.shape,
        position: { ...(options.positions[node.id] ?? { x: 0, y: 0 }) },
      })),
      edges: options.parts.edges.map((edge) => ({
        data: { id: edge.id, source: edge.from, target: edge.to, label: edge.label },
        classes: edge.path ? 'path' : crowded ? 'crowd' : '',
      })),
    },
    style: sheet(),
    layout: { name: 'preset', padding: 16 },
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    autounselectify: true,
    minZoom: 0.1,
    maxZoom: 2,
  })
  if (core.zoom() > 1.2) {
    core.zoom(1.2)
    core.center()
  }
  core.on('tap', (event) =>
    options.onChoose(event.target === core ? undefined : chosenBy(event.target as NodeSingular | EdgeSingular)),
  )
  return core
}

/** A pressed edge chooses the node it leads to. */
function chosenBy(element: NodeSingular | EdgeSingular): string {
  return element.isEdge() ? element.target().id() : element.id()
}

/** Moves the drawing when a node that was chosen by a key lies outside of what is seen. */
export function keepInView(core: Core, id: string): void {
  const node = core.getElementById(id)
  const { x1, x2, y1, y2 } = core.extent()
  const { x, y } = node.position()
  if (x < x1 || x > x2 || y < y1 || y > y2) core.center(node)
}

/** Takes the colours of the page again, after light or dark was chosen. */
export function styleGraph(core: Core): void {
  core.style(sheet())
}

/** A name beside its node instead of under it: many of them stand one below the other. */
function aside(side: 'left' | 'right'): object {
  return { 'text-halign': side, 'text-valign': 'center', 'text-margin-y': 0, 'text-margin-x': side === 'left' ? -5 : 5 }
}

function sheet(): StylesheetJson {
  // The value of a colour as the page shows it: custom properties with light-dark() are not resolved by themselves.
  const probe = document.createElement('span')
  document.body.append(probe)
  const colour = (name: string): string => {
    probe.className = `probe ${name}`
    return getComputedStyle(probe).color
  }
  const [ink, soft, accent, paper, line] = [colour('ink'), colour('soft'), colour('accent'), colour('paper'), colour('line')]
  probe.remove()
  return [
    {
      selector: 'node',
      style: {
        label: 'data(label)',
        'font-family': 'system-ui, sans-serif',
        'font-size': 14,
        color: ink,
        'text-valign': 'bottom',
        'text-margin-y': 5,
        'min-zoomed-font-size': 6,
        'text-background-color': paper,
        'text-background-opacity': 0.85,
        width: 22,
        height: 22,
        'background-color': paper,
        'border-width': 2,
        'border-color': ink,
      },
    },
    { selector: 'node.compromised', style: { shape: 'rectangle', 'background-color': accent, 'border-color': accent } },
    { selector: 'node.touched', style: { shape: 'ellipse' } },
    { selector: 'node.suspected', style: { shape: 'diamond', width: 26, height: 26 } },
    { selector: 'node.account', style: { shape: 'hexagon', width: 20, height: 20, ...aside('left') } },
    { selector: 'node.data', style: { shape: 'barrel', width: 24, height: 20, ...aside('right') } },
    { selector: 'node.tactic', style: { shape: 'tag', width: 24, height: 16, 'border-color': soft, ...aside('right') } },
    { selector: 'node.more', style: { shape: 'round-rectangle', 'border-style': 'double', 'border-width': 5 } },
    { selector: 'node.outside', style: { shape: 'triangle', 'border-style': 'dashed', 'border-color': soft } },
    {
      selector: 'edge',
      style: {
        label: 'data(label)',
        'font-family': 'system-ui, sans-serif',
        'font-size': 13,
        color: ink,
        'min-zoomed-font-size': 6,
        'text-background-color': paper,
        'text-background-opacity': 1,
        'text-background-padding': '2px',
        width: 1.5,
        'line-color': soft,
        'target-arrow-color': soft,
        'target-arrow-shape': 'triangle',
        'curve-style': 'bezier',
      },
    },
    { selector: 'edge.crowd', style: { label: '', width: 1, opacity: 0.45, 'curve-style': 'straight', 'arrow-scale': 0.7 } },
    {
      selector: 'edge.path',
      style: { width: 4, 'line-color': accent, 'target-arrow-color': accent, 'arrow-scale': 0.8, 'font-weight': 'bold' },
    },
    { selector: 'node.faint', style: { 'border-color': line, 'background-color': paper, color: soft, 'border-style': 'dotted' } },
    { selector: 'edge.faint', style: { 'line-style': 'dotted', 'line-color': line, 'target-arrow-color': line, color: soft } },
    {
      selector: 'node.chosen',
      style: {
        'underlay-color': accent,
        'underlay-opacity': 0.3,
        'underlay-padding': 9,
        'font-weight': 'bold',
        'text-wrap': 'none',
      },
    },
  ]
}
