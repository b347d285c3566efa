import { Random } from '../../src/drill/index.ts'

/** A tree as columns: the attribute drawn in a node (-1 in a leaf), where it is split, what follows; a leaf's path length. */
interface Tree {
  readonly attribute: number[]
  readonly split: number[]
  readonly left: number[]
  readonly right: number[]
  readonly length: number[]
}

/**
 * How easily each row is told from all others, from 0 to 1, by an isolation forest: Liu, Ting and Zhou 2008 (ICDM), algorithms 1 to 3, score
 * 2^(-E(h) / c(n)). `columns` hold one number a row each. Draws attributes that differ among the rows of a node alone: one that does not
 * cannot split it. The same seed gives the same scores.
 */
export function isolationScores(
  columns: readonly Float64Array[],
  { seed, trees = 100, sample = 256 }: { readonly seed: number; readonly trees?: number; readonly sample?: number },
): Float64Array {
  const rows = columns[0]?.length ?? 0
  const drawn = Math.min(sample, rows)
  const random = new Random(seed, 'isolation forest')
  const order = Uint32Array.from({ length: rows }, (_one, at) => at)
  const lengths = new Float64Array(rows)
  for (let tree = 0; tree < trees; tree += 1)
    addLengths(treeOf(columns, { rows: drawSome(order, drawn, random), random }), columns, lengths)
  const usual = averagePath(drawn)
  // A single row is told from nothing.
  return lengths.map((sum) => (usual === 0 ? 0.5 : 2 ** (-sum / trees / usual)))
}

/** Average path length of an unsuccessful search in a binary search tree of `n` rows: c(n) of the paper; 1 for two rows. */
export function averagePath(n: number): number {
  if (n <= 1) return 0
  return n === 2 ? 1 : 2 * (Math.log(n - 1) + euler) - (2 * (n - 1)) / n
}

const euler = 0.5772156649015329

/** Rows drawn without putting back: the first of `order`, which is shuffled so far. */
function drawSome(order: Uint32Array, count: number, random: Random): Uint32Array {
  for (let at = 0; at < count; at += 1) {
    const other = at + random.below(order.length - at)
    const held = order[at] as number
    order[at] = order[other] as number
    order[other] = held
  }
  return order.slice(0, count)
}

function treeOf(
  columns: readonly Float64Array[],
  { rows, random }: { readonly rows: Uint32Array; readonly random: Random },
): Tree {
  const tree: Tree = { attribute: [], split: [], left: [], right: [], length: [] }
  const limit = Math.ceil(Math.log2(Math.max(1, rows.length)))
  const grow = (some: Uint32Array, height: number): number => {
    const node = tree.attribute.length
    const differing = height >= limit || some.length <= 1 ? [] : columns.flatMap((column, at) => rangeOf(column, some, at))
    const leaf = differing.length === 0
    const { attribute, least, most } = leaf ? { attribute: -1, least: 0, most: 0 } : random.pick(differing)
    const within = least + (1 - random.unit()) * (most - least)
    // Rounding may give the least, which splits nothing off.
    const split = within > least ? within : most
    tree.attribute.push(attribute)
    tree.split.push(split)
    tree.left.push(-1)
    tree.right.push(-1)
    tree.length.push(height + averagePath(some.length))
    if (leaf) return node
    const column = columns[attribute] as Float64Array
    tree.left[node] = grow(
      some.filter((row) => (column[row] as number) < split),
      height + 1,
    )
    tree.right[node] = grow(
      some.filter((row) => (column[row] as number) >= split),
      height + 1,
    )
    return node
  }
  grow(rows, 0)
  return tree
}

interface Range {
  readonly attribute: number
  readonly least: number
  readonly most: number
}

/** Least and most of an attribute among some rows; nothing where all are the same. */
function rangeOf(column: Float64Array, some: Uint32Array, attribute: number): readonly Range[] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of some) {
    const value = column[row] as number
    if (value < least) least = value
    if (value > most) most = value
  }
  return least < most ? [{ attribute, least, most }] : []
}

/** Adds to `lengths` the path that each row takes through a tree. */
function addLengths(tree: Tree, columns: readonly Float64Array[], lengths: Float64Array): void {
  for (let row = 0; row < lengths.length; row += 1) {
    let node = 0
    for (let attribute = tree.attribute[0] as number; attribute !== -1; attribute = tree.attribute[node] as number) {
      const value = (columns[attribute] as Float64Array)[row] as number
      node = (value < (tree.split[node] as number) ? tree.left[node] : tree.right[node]) as number
    }
    lengths[row] = (lengths[row] as number) + (tree.length[node] as number)
  }
}
