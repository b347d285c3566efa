import type { AccuracyResult } from './accuracy.ts'

const side = 400
const left = 64
const top = 76

/** The reliability picture as SVG: mean posterior of the likeliest answer against the share that was right, ten bins of equal mass. */
export function reliabilityPicture({ score, seeds }: AccuracyResult): string {
  const { calibration } = score
  const x = (value: number): string => (left + value * side).toFixed(1)
  const y = (value: number): string => (top + (1 - value) * side).toFixed(1)
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const marks = calibration.bins.map(
    ({ posterior, right }) =>
      `  <path d="M${x(posterior)} ${y(right.from)}V${y(right.to)}" class="interval"/><circle cx="${x(posterior)}" cy="${y(right.share)}" r="4" class="bin"/>`,
  )
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + side + 24} ${top + side + 64}" font-family="system-ui, sans-serif" font-size="12">`,
    '  <rect width="100%" height="100%" fill="#fff"/>',
    '  <title>Reliability of provenance posteriors on generated leaks</title>',
    '  <style>text{fill:#222}.axis,.diagonal,.interval{fill:none;stroke:#888}.diagonal{stroke-dasharray:4 4}.interval{stroke:#1f5fa8;stroke-width:2}.bin{fill:#1f5fa8}</style>',
    `  <text x="${left}" y="22" font-size="14" font-weight="600">Posterior of the likeliest answer, and how often it was right</text>`,
    `  <text x="${left}" y="40">${calibration.n} generated leaks, seeds ${seeds[0]}-${seeds.at(-1)}; expected calibration error ${calibration.expectedError.toFixed(3)}</text>`,
    `  <text x="${left}" y="58">Bars: 95 % intervals (Wilson). Calibrated on generated leaks, not in the field.</text>`,
    `  <path d="M${x(0)} ${y(1)}V${y(0)}H${x(1)}" class="axis"/>`,
    `  <path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" class="diagonal"/>`,
    ...ticks.map(
      (tick) =>
        `  <text x="${x(tick)}" y="${top + side + 18}" text-anchor="middle">${tick}</text><text x="${left - 8}" y="${Number(y(tick)) + 4}" text-anchor="end">${tick}</text>`,
    ),
    ...marks,
    `  <text x="${x(0.5)}" y="${top + side + 42}" text-anchor="middle">mean posterior of the bin (ten bins of equal mass)</text>`,
    `  <text transform="translate(18 ${y(0.5)}) rotate(-90)" text-anchor="middle">share right</text>`,
    '</svg>',
  ].join('\n')}\n`
}
