/** Level of the false-discovery control. */
export const level = 0.05
