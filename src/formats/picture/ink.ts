/**
 * Writes light text on dark ground, dark on light, and text on coloured bars all as dark text on white paper. The ground at a place is
 * the median of the pixels around it; what differs from it is ink. In: grey pixels, row by row, one byte each. Out: as many.
 */
export function inkOnPaper(grey: Uint8Array, size: { readonly width: number; readonly height: number }): Uint8Array {
  const { width, height } = size
  const tile = Math.max(8, Math.round(width / 160))
  const across = Math.ceil(width / tile)
  const down = Math.ceil(height / tile)
  const counts = new Uint16Array(across * down * shades)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / tile) * across
    for (let x = 0; x < width; x++) {
      const at = (row + Math.floor(x / tile)) * shades + ((grey[y * width + x] ?? 0) >> 2)
      const count = counts[at] ?? 0
      if (count < 60_000) counts[at] = count + 1
    }
  }
  const ground = new Uint8Array(across * down)
  const around = new Uint32Array(shades)
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      around.fill(0)
      for (let y = Math.max(0, row - 1); y <= Math.min(down - 1, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(across - 1, column + 1); x++)
          for (let shade = 0; shade < shades; shade++)
            around[shade] = (around[shade] ?? 0) + (counts[(y * across + x) * shades + shade] ?? 0)
      ground[row * across + column] = median(around) * 4 + 2
    }
  // At the edge of a bar a pixel may be of either side: it is ink only where it differs from the grounds of the tiles nearest to it.
  const paper = new Uint8Array(grey.length)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / tile)
    const other = Math.max(0, Math.min(down - 1, (y % tile) * 2 < tile ? row - 1 : row + 1))
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / tile)
      const beside = Math.max(0, Math.min(across - 1, (x % tile) * 2 < tile ? column - 1 : column + 1))
      const shade = grey[y * width + x] ?? 0
      const far = Math.min(
        Math.abs(shade - (ground[row * across + column] ?? 0)),
        Math.abs(shade - (ground[row * across + beside] ?? 0)),
        Math.abs(shade - (ground[other * across + column] ?? 0)),
        Math.abs(shade - (ground[other * across + beside] ?? 0)),
      )
      paper[y * width + x] = 255 - Math.min(255, Math.round((Math.max(0, far - noise) * 255) / (full - noise)))
    }
  }
  return withoutBars(paper, { width, height, thick: tile, long: tile * 5 })
}

/** Edges of buttons and bars, rules of tables: ink that is thicker or longer than strokes of letters becomes paper. */
function withoutBars(
  paper: Uint8Array,
  size: { readonly width: number; readonly height: number; readonly thick: number; readonly long: number },
): Uint8Array {
  const { width, height, thick, long } = size
  const isInk = (at: number): boolean => (paper[at] ?? 255) < inkBelow
  const bars = new Uint8Array(paper.length)
  let above = new Uint16Array(width)
  for (let y = 0; y < height; y++) {
    const squares = new Uint16Array(width)
    let run = 0
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      if (!isInk(at)) {
        run = 0
        continue
      }
      run += 1
      if (run >= long) bars.fill(1, run === long ? at - run + 1 : at, at + 1)
      squares[x] = Math.min(x === 0 ? 0 : (squares[x - 1] ?? 0), above[x] ?? 0, x === 0 ? 0 : (above[x - 1] ?? 0)) + 1
      if ((squares[x] ?? 0) >= thick)
        for (let up = 0; up < thick; up++) bars.fill(1, at - up * width - thick + 1, at - up * width + 1)
    }
    above = squares
  }
  for (let x = 0; x < width; x++) {
    let run = 0
    for (let y = 0; y < height; y++) {
      run = isInk(y * width + x) ? run + 1 : 0
      if (run >= long) for (let up = run === long ? run - 1 : 0; up >= 0; up--) bars[(y - up) * width + x] = 1
    }
  }
  for (const [at, bar] of bars.entries()) if (bar === 1) paper[at] = 255
  return paper
}

/** Shades of grey told apart. */
const shades = 64
/** A difference up to `noise` is ground (grain of JPEG), one from `full` on is ink. */
const noise = 6
const full = 150
/** Darker than this counts as ink when bars are looked for. */
const inkBelow = 225

function median(counts: Uint32Array): number {
  let all = 0
  for (const count of counts) all += count
  let below = 0
  for (const [shade, count] of counts.entries()) {
    below += count
    if (below * 2 >= all) return shade
  }
  return 0
}
