/** Numbers of rules: none; the same list everywhere, so that two that are empty are told to be equal at once. */
export const noNumbers: readonly number[] = []

/** Each number once, in a list of its own. */
export function distinct(numbers: readonly number[]): readonly number[] {
  if (numbers.length === 0) return noNumbers
  return numbers.length === 1 ? [numbers[0] as number] : [...new Set(numbers)]
}
