/** A node of the story's graph. */
export interface GraphNode {
  readonly id: string
  readonly label: string
  /** Status of a host, or what else it is; the drawing has a shape for each. */
  readonly shape: 'compromised' | 'touched' | 'suspected' | 'outside' | 'account' | 'data' | 'tactic' | 'more'
  /** Host that it is, or belongs to. */
  readonly host?: string
  /** When it shows: outside the range it is faint. Absent: it goes with its edges. */
  readonly times?: readonly string[]
  /** Whether there is more to see of it. */
  readonly folds: boolean
}

/** Moves between two hosts by one account, or what ties an unfolded thing to its host. */
export interface GraphEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string
  readonly times: readonly string[]
  /** On the way from the way in to the data. */
  readonly path: boolean
}

/** Positions by node id, from the layout worker. */
export type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/** What the layout worker is given: `down` for narrow windows, else from left to right. */
export interface LayoutTask {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly down: boolean
}

/** What is known of a way in: hosts in order to each place of data, and how each host was reached first. */
export interface Ways {
  readonly paths: readonly (readonly string[])[]
  readonly links: readonly { readonly from: string; readonly to: string; readonly time: string; readonly means: string }[]
}

/** What is drawn, and how many hosts are not. */
export interface Drawing {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly left: number
}

/** An account as its edge names it: the domain, which mostly is the same for all, stands in the words beside the drawing. */
export function withoutDomain(account: string): string {
  return account.slice(account.lastIndexOf('\\') + 1)
}

/** A name that fits under a node. */
export function short(text: string): string {
  return text.length > 28 ? `${text.slice(0, 27)}…` : text
}
