/** The types whose booking and table a court adds columns to. */
export const customColumnTypes = ['hearing_exit_sentence_judge', 'hearing_exit_probation'] as const

/** More would not be read in a table. */
export const mostColumnsOfType = 4

/** The first type that has its columns already. */
export const fullType = (
  typeCodes: readonly string[],
  others: readonly { typeCodes: readonly string[] }[],
): string | undefined =>
  typeCodes.find(
    (code) => others.filter((other) => other.typeCodes.includes(code)).length >= mostColumnsOfType,
  )
