/** One cell of the power surface. */
export interface PowerCell {
  readonly unexplained: number
  readonly accounts: number
  readonly perWeek: number
  readonly found: number
  readonly of: number
  readonly clean: number
}

const [cellWidth, cellHeight, left, top] = [62, 34, 96, 74]

/** The power surface as a picture: a panel for each share of ordinary reads without a reason, figures in every cell. */
export function powerPicture(cells: readonly PowerCell[], size: number): string {
  const panels = [...new Set(cells.map((cell) => cell.unexplained))]
  const rows = [...new Set(cells.map((cell) => cell.accounts))]
  const columns = [...new Set(cells.map((cell) => cell.perWeek))]
  const width = columns.length * cellWidth + left + 16
  const height = top + rows.length * cellHeight + 34
  const drawn = panels.map((unexplained, panel) => {
    const heads = columns.map(
      (rate, at) => `<text x="${left + (at + 0.5) * cellWidth}" y="${top - 8}" text-anchor="middle">${rate}</text>`,
    )
    const lines = rows.map((accounts, row) => {
      const y = top + row * cellHeight
      const boxes = columns.map((rate, at) => {
        const cell = cells.find((one) => one.unexplained === unexplained && one.accounts === accounts && one.perWeek === rate)
        const share = cell === undefined || cell.of === 0 ? 0 : cell.found / cell.of
        const shade = Math.round(245 - share * 150)
        const x = left + at * cellWidth
        return `<rect x="${x}" y="${y}" width="${cellWidth - 2}" height="${cellHeight - 2}" fill="rgb(${shade},${shade + 6},${Math.min(255, shade + 20)})"/><text x="${x + cellWidth / 2 - 1}" y="${y + 21}" text-anchor="middle"${share > 0.5 ? ' fill="#fff"' : ''}>${cell?.found ?? ''}</text>`
      })
      return `<text x="${left - 10}" y="${y + 21}" text-anchor="end">${accounts}</text>${boxes.join('')}`
    })
    const title = `<text x="${left}" y="22" font-weight="bold">${unexplained * 100} % of ordinary reads have no recorded reason</text><text x="${left}" y="44">covert reads of a target in a week</text><text x="${left - 10}" y="${top - 8}" text-anchor="end">accounts</text>`
    return `<g transform="translate(${panel * width} 0)">${title}${heads.join('')}${lines.join('')}</g>`
  })
  const note = `<text x="12" y="${height - 8}" font-size="12">Targets found of 20, 90 days, 4,000 accounts, ${String(size).replace(/\B(?=(\d{3})+$)/g, ',')} subscribers, false discoveries held to 5 %.</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panels.length * width} ${height}" font-family="sans-serif" font-size="14" fill="#222"><rect width="100%" height="100%" fill="#fff"/>${drawn.join('')}${note}</svg>\n`
}
