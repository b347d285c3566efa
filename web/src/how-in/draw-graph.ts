import type { Core, StylesheetJson } from 'cytoscape'
import type { GraphEdge, GraphNode, Positions } from './graph-parts.ts'

/** Draws the graph at the positions given; the library is loaded only now. No animation, the wheel stays with the page. */
export async function drawGraph(options: {
  readonly place: HTMLElement
  readonly parts: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }
  readonly positions: Positions
  onHost(host: string): void
}): Promise<Core> {
  const { default: cytoscape } = await import('cytoscape')
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
      })),
    },
    style: sheet(),
    layout: { name: 'preset', padding: 24 },
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
  core.on('tap', 'node', (event) => {
    const id = (event.target as { id(): string }).id()
    if (id.startsWith('host:')) options.onHost(id.slice('host:'.length))
  })
  return core
}

/** Takes the colours of the page again, after light or dark was chosen. */
export function styleGraph(core: Core): void {
  core.style(sheet())
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
        'font-size': 12,
        color: ink,
        'text-valign': 'bottom',
        'text-margin-y': 5,
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
    { selector: 'node.outside', style: { shape: 'triangle', 'border-style': 'dashed', 'border-color': soft } },
    {
      selector: 'edge',
      style: {
        label: 'data(label)',
        'font-family': 'system-ui, sans-serif',
        'font-size': 11,
        color: ink,
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
    { selector: 'node.faint', style: { 'border-color': line, 'background-color': paper, color: soft, 'border-style': 'dotted' } },
    { selector: 'edge.faint', style: { 'line-style': 'dotted', 'line-color': line, 'target-arrow-color': line, color: soft } },
  ]
}
