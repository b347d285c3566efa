/**
 * The words for a likelihood ratio (log10, either sign), after the scale of the ENFSI guideline for evaluative reporting in forensic
 * science (2015): support for one proposition over the other, never a probability of either.
 */
export function enfsiWords(log10LR: number): string {
  const size = Math.abs(log10LR)
  if (size < Math.log10(2)) return 'no support for one over the other'
  if (size < 1) return 'weak support'
  if (size < 2) return 'moderate support'
  if (size < 3) return 'moderately strong support'
  if (size < 4) return 'strong support'
  return size < 6 ? 'very strong support' : 'extremely strong support'
}
